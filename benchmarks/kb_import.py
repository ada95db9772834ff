"""A csv of 100,000 articles taken in as from the page Import: read, judged by the wording rules, stored as drafts.

Part of `make bench-kb`; run alone it prints one JSON object. The database is a fresh one, SQLite in a folder of its
own or, with DATABASE_URL and REDIS_URL, a new one beside it on PostgreSQL.
"""

import csv
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

ROWS: Final = 100_000
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


def measure() -> dict[str, float]:
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
                [sys.executable, __file__, "inside"],
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


def written() -> bytes:
    """The file: its questions are all different, its answers three sentences long."""
    rng, text = random.Random(7), io.StringIO()
    table = csv.writer(text)
    table.writerow(["编号", "分类", "标准问", "相似问", "答案"])
    for number in range(ROWS):
        thing = f"{rng.choice(_THINGS)}{number}"
        first, *others = rng.sample(_MATTERS, 3)
        phrasings = "\n".join(f"{thing}{other}" for other in others)
        table.writerow(
            [f"a{number}", thing[:2], f"{thing}{first}", phrasings, "".join(rng.sample(_SENTENCES, 3))]
        )
    return text.getvalue().encode()


def _run() -> dict[str, float]:
    shop = commerce.save_shop(key="bench", name="Bench", language="zh-hans", by=None, at=clock.now())
    data = written()
    began = time.perf_counter()
    sheet = sheet_of(read_csv(data))
    read = time.perf_counter()
    done = actions.import_articles(shop=shop, sheet=sheet, by=None, at=clock.now())
    ended = time.perf_counter()
    if done.new != ROWS:
        raise RuntimeError(f"{done.new} of {ROWS} articles were taken in.")
    return {
        "import_rows_per_s": round(ROWS / (ended - began)),
        "import_read_s": round(read - began, 1),
        "import_store_s": round(ended - read, 1),
        "import_peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


if __name__ == "__main__":
    if sys.argv[1:] != ["inside"]:
        print(json.dumps(measure()))
        sys.exit()
    import django

    django.setup()
    from django.core.management import call_command

    from cscore.commerce import actions as commerce
    from cscore.common import clock
    from kb import actions
    from kb.tables import read_csv, sheet_of

    call_command("migrate", verbosity=0)
    print(json.dumps(_run()))
