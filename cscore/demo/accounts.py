"""The demo's staff, and what `make run` prints about them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

HERE = Path(__file__).parent


@cache
def team() -> list[dict[str, Any]]:
    """The staff of the demo shops as team.json lists them."""
    return list(json.loads((HERE / "team.json").read_text(encoding="utf-8")))


def welcome(address: str) -> str:
    """Where to go and as whom; without the demo only the address of the admin."""
    if not settings.DEMO:
        return (
            f"cscore serves on {address}/ (admin: {address}/admin/, desk: {address}/desk/). Ctrl-C ends it."
        )
    lines = [
        "",
        "cscore is ready / 已就绪",
        f"  shop   商店页面   {address}/shop/",
        f"  desk   客服工作台 {address}/desk/",
        f"  admin  管理后台   {address}/admin/",
        "",
        f"  demo accounts / 演示账号 (password 密码: {settings.DEMO_PASSWORD})",
        *(f"    {person['username']:<8} {person['role']:<14} {person['display_name']}" for person in team()),
        "",
        "Ctrl-C ends it. 按 Ctrl-C 结束。",
    ]
    return "\n".join(lines)
