"""A csv of 100,000 articles taken in as from the page Import: read, judged by the wording rules, stored as drafts.

Part of `make bench-kb`; run alone, with a number of rows or without, it prints one JSON object. The database is a fresh
one, SQLite in a folder of its own or, with DATABASE_URL and REDIS_URL, a new one beside it on PostgreSQL.

Meanwhile another process says a customer's messages, a few each second: what the slowest of them waited is what an
import costs everybody else.
"""

import csv
import io
import json
import os
import random
import resource
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

ROWS: Final = 100_000
_BETWEEN_MESSAGES_S: Final = 0.2
_THINGS: Final = [
    "帐篷",
    "睡袋",
    "保温杯",
    "背包",
    "炉具",
    "露营灯",
    "折叠椅",
    "毛毯",
    "登山鞋",
    "冲锋衣",
    "雨衣",
    "茶具",
    "餐具",
    "枕头",
    "床垫",
    "书架",
]
_MATTERS: Final = [
    "怎么申请退货",
    "多久能发货",
    "可以开发票吗",
    "运费由谁承担",
    "怎么修改地址",
    "尺码怎么选",
    "保修期多长",
    "能换颜色吗",
]
_SENTENCES: Final = (
    "请在「我的订单」里点开对应的订单。", "我们会在两个工作日内处理。", "签收后七天内可以办理。", "运费以结算页显示的金额为准。",
    "如果页面没有按钮，请把订单号发给客服。", "电子发票会发送到您的邮箱。", "仓库每天下午四点前的订单当天出库。",
    "商品需要保持完好，吊牌和包装齐全。", "退款会原路退回，一般三天内到账。", "质量问题由我们承担来回运费。",
)  # fmt: skip


def measure(rows: int = ROWS) -> dict[str, float]:
    """`import_rows_per_s`, with the seconds of each step and the memory; in a process of its own."""
    from tests import stage  # noqa: PLC0415 - it wants the project's folder

    name = stage.template_name()
    with tempfile.TemporaryDirectory() as folder:
        if stage.ON_SERVICES:
            stage._server(f"CREATE DATABASE {name}")
        address = stage._beside(name) if stage.ON_SERVICES else f"sqlite:///{folder}/bench.sqlite3"
        environment = os.environ | {
            "VAR_DIR": folder, "DATABASE_URL": address, "DEMO": "0", "DJANGO_SETTINGS_MODULE": "cscore.settings",
        }  # fmt: skip
        try:
            done = subprocess.run(
                [sys.executable, __file__, "inside", str(rows)],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
            )
        finally:
            if stage.ON_SERVICES:
                stage._server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def written(rows: int = ROWS) -> bytes:
    """The file: its questions are all different, its answers three sentences long."""
    rng, text = random.Random(7), io.StringIO()
    table = csv.writer(text)
    table.writerow(["编号", "分类", "标准问", "相似问", "答案"])
    for number in range(rows):
        thing = f"{rng.choice(_THINGS)}{number}"
        first, *others = rng.sample(_MATTERS, 3)
        phrasings = "\n".join(f"{thing}{other}" for other in others)
        table.writerow(
            [f"a{number}", thing[:2], f"{thing}{first}", phrasings, "".join(rng.sample(_SENTENCES, 3))]
        )
    return text.getvalue().encode()


class _Lock:
    """Since when the shop's lock is held, told by the statement that takes it."""

    def __init__(self) -> None:
        self.since = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if "kb_knowledgebase" in sql and connection.in_atomic_block:
            self.since = time.perf_counter()
        return done


def _run(rows: int) -> dict[str, float]:
    shop = commerce.save_shop(key="bench", name="Bench", language="zh-hans", by=None, at=clock.now())
    data = written(rows)
    customer = subprocess.Popen(
        [sys.executable, __file__, "customer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    if customer.stdout:
        # It has said its first message, and the bot has loaded what it answers from.
        customer.stdout.readline()
    lock = _Lock()
    began = time.perf_counter()
    sheet = sheet_of(read_csv(data))
    read = time.perf_counter()
    with connection.execute_wrapper(lock):
        done = actions.import_articles(shop=shop, sheet=sheet, by=None, at=clock.now())
    ended = time.perf_counter()
    waited = json.loads(customer.communicate("enough\n")[0])
    if done.new != rows:
        raise RuntimeError(f"{done.new} of {rows} articles were taken in.")
    return {
        "import_rows_per_s": round(rows / (ended - began)),
        "import_read_s": round(read - began, 1),
        "import_store_s": round(ended - read, 1),
        "import_lock_s": round(ended - lock.since, 1),
        "import_messages_failed": waited["failed"],
        "import_message_wait_s": round(waited["longest"], 1),
        "import_peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _say_messages() -> None:
    """A customer's messages, one after another until a line comes in; then the longest wait, and how many failed."""
    shop = Shop.objects.get(key="bench")
    visitor = chat.meet(shop=shop, token=None, identity=None, at=clock.now()).visitor
    chat.hear_customer(visitor=visitor, client_id=uuid4(), body="在吗", at=clock.now())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    longest, failed = 0.0, 0
    while not select.select([sys.stdin], [], [], _BETWEEN_MESSAGES_S)[0]:
        began = time.perf_counter()
        try:
            chat.hear_customer(visitor=visitor, client_id=uuid4(), body="在吗", at=clock.now())
        except DatabaseError:
            failed += 1
        longest = max(longest, time.perf_counter() - began)
    sys.stdout.write(json.dumps({"longest": longest, "failed": failed}))


if __name__ == "__main__":
    if sys.argv[1:2] not in (["inside"], ["customer"]):
        print(json.dumps(measure(*map(int, sys.argv[1:]))))
        sys.exit()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    from chat import actions as chat
    from cscore.commerce import actions as commerce
    from cscore.commerce.models import Shop
    from cscore.common import clock
    from kb import actions
    from kb.tables import read_csv, sheet_of

    if sys.argv[1] == "customer":
        _say_messages()
    else:
        call_command("migrate", verbosity=0)
        print(json.dumps(_run(int(sys.argv[2]))))
