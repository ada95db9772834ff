"""People's search in articles: how long it takes to answer, and to make its index anew.

Part of `make bench-kb`; run alone it prints one JSON object. 1,000 and 10,000 articles of our own making, half of
them Chinese and half English, in a database of their own; every question goes the whole way, rows and marking
included. A third of the questions are as an article words them, a third have a slip, a third are two or three words.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
SIZES: Final = {"1k": 1_000, "10k": 10_000}
QUESTIONS: Final = 600

_THINGS = ("帐篷 睡袋 保温杯 背包 炉具 露营灯 折叠椅 毛毯 登山鞋 冲锋衣 雨衣 茶具 餐具 枕头 床垫 书架 台灯 耳机 键盘 手表",
           "tent;sleeping bag;travel mug;backpack;camp stove;lantern;folding chair;blanket;hiking boot;rain jacket;"
           "tea set;cutlery;pillow;mattress;bookshelf;desk lamp;headphone;keyboard;watch;notebook")  # fmt: skip
_COLOURS = ("红色 蓝色 黑色 白色 军绿 米白 灰色 橙色", "red;blue;black;white;green;beige;grey;orange")
_MATTERS = (
    ("怎么申请退货", "多久能发货", "可以开发票吗", "运费由谁承担", "怎么修改收货地址", "尺码怎么选", "保修期多长",
     "可以指定快递吗", "付款失败怎么办", "优惠券怎么用", "能换一个颜色吗", "少发了配件怎么办"),
    ("How do I return the {}?", "When is the {} shipped?", "Can I get an invoice for the {}?",
     "Who pays the postage of the {}?", "How do I change the address for my {}?", "Which size of the {} fits me?",
     "How long is the warranty of the {}?", "Which carrier brings the {}?", "My payment for the {} failed",
     "How do I use a voucher for the {}?", "Can I exchange the colour of the {}?", "A part of my {} is missing"),
)  # fmt: skip
_SENTENCES = (
    ("请在「我的订单」里点开对应的订单。", "我们会在两个工作日内处理。", "签收后七天内可以办理。", "运费以结算页显示的金额为准。",
     "如果页面没有按钮，请把订单号发给客服。", "电子发票会发送到您的邮箱。", "仓库每天下午四点前的订单当天出库。",
     "商品需要保持完好，吊牌和包装齐全。", "退款会原路退回，一般三天内到账。", "质量问题由我们承担来回运费。"),
    ("Open the order under My orders. ", "We look at it within two working days. ", "You have seven days after delivery. ",
     "The checkout shows what the carrier charges. ", "Send us the number of the order if there is no button. ",
     "The invoice goes to your e-mail address. ", "Orders placed before four leave the warehouse on the same day. ",
     "Keep the labels and the box, please. ", "The money goes back the way it came, mostly within three days. ",
     "If the goods are faulty we pay the postage both ways. "),
)  # fmt: skip


def measure() -> dict[str, float]:
    """Milliseconds per search, seconds per index; in a process and on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "cscore.settings", "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, __file__], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def written(number: int, rng: random.Random) -> tuple[str, list[str], str]:
    """Question, phrasings and answer of one article."""
    english = number % 2
    parted = ";" if english else " "
    thing, colour = (rng.choice(words[english].split(parted)) for words in (_THINGS, _COLOURS))
    matters = rng.sample(_MATTERS[english], 4)
    name = f"{colour} {thing} M{number}" if english else f"{colour}{thing}{number}"
    asked = [matter.format(name) if english else f"{name}{matter}" for matter in matters]
    return asked[0], asked[1:], "".join(rng.sample(_SENTENCES[english], 5))


def questions(texts: list[tuple[str, list[str], str]], rng: random.Random) -> Iterator[str]:
    """As worded, with a slip, and a few words of it."""
    for number in range(QUESTIONS):
        question, phrasings, _ = rng.choice(texts)
        text = rng.choice([question, *phrasings])
        if number % 3 == 1:
            place = rng.randrange(1, len(text) - 2)
            text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        elif number % 3 == 2:
            pieces = (
                text.split() if " " in text else [text[start : start + 3] for start in range(0, len(text), 3)]
            )
            text = " ".join(rng.sample(pieces, min(len(pieces), 3)))
        yield text


def _run() -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, size in SIZES.items():
        rng = random.Random(size)
        texts = [written(number, rng) for number in range(size)]
        shop = _shop(name, texts)
        began = time.perf_counter()
        make(shop, "live")
        figures[f"search_{name}_build_s"] = round(time.perf_counter() - began, 2)
        taken = []
        for text in questions(texts, rng):
            began = time.perf_counter()
            found = search(shop, text, 10, audience=Audience.AGENTS)
            taken.append((time.perf_counter() - began) * 1000)
            if not found.indexed:
                raise RuntimeError("The index was not used.")
        taken.sort()
        figures[f"search_{name}_p50_ms"] = round(taken[len(taken) // 2], 2)
        figures[f"search_{name}_p99_ms"] = round(taken[int(len(taken) * 0.99)], 2)
    return figures


def _shop(name: str, texts: list[tuple[str, list[str], str]]) -> int:
    """A shop with these articles live, written as rows."""
    at: Any = clock.now()
    shop = Shop.objects.create(key=name, name=name, identity_key="k" * 48)
    rows = [
        Article(shop=shop, key=f"a{number}", created_at=at, updated_at=at) for number in range(len(texts))
    ]
    articles = Article.objects.bulk_create(rows, batch_size=500)
    versions = ArticleVersion.objects.bulk_create(
        [
            ArticleVersion(article=article, number=1, question=q, phrasings=p, answer=a, created_at=at)
            for article, (q, p, a) in zip(articles, texts, strict=True)
        ],
        batch_size=500,
    )
    for article, version in zip(articles, versions, strict=True):
        article.live_version = article.latest_version = version
        article.published_at = at
    Article.objects.bulk_update(articles, ["live_version", "latest_version", "published_at"], batch_size=200)
    Release.objects.create(
        shop=shop, number=1, article=articles[0], version=versions[0], verb="publish", at=at
    )
    return shop.pk


if __name__ == "__main__":
    if "VAR_DIR" not in os.environ:
        print(json.dumps(measure()))
        sys.exit()
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    from cscore.commerce.models import Shop
    from cscore.common import clock
    from kb.models import Article, ArticleVersion, Release
    from kb.search import Audience, search
    from kb.search.shelves import make

    call_command("migrate", verbosity=0)
    print(json.dumps(_run()))
