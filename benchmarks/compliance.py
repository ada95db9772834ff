"""How long the wording checker takes: a message of 500 characters against the starter rules and against 5,000.

    .venv/bin/python benchmarks/compliance.py

Prints a table; the last line is one JSON object with `compliance_us`, the median microseconds of processor time for
ordinary service talk against 5,000 rules. Near misses and unlawful sentences, forty to a message, are the dear cases. The rules beyond the starter set are made up: two words apart, and single words, drawn from
the characters of the messages themselves, so that parts of them do stand in the text.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from cscore.compliance.checker import Checker  # noqa: E402  the project is not installed
from cscore.compliance.rules import Action, Family, Rule, Scope, Severity  # noqa: E402
from cscore.compliance.starter import starter_rules  # noqa: E402

DAY = date(2026, 1, 1)
LENGTH = 500
ORDINARY = """
您好，很高兴为您服务，请问有什么可以帮到您的呢
麻烦您稍等一下，我先帮您核对一下订单里的商品和收货信息
查到了，您的包裹昨天晚上已经从仓库发出，现在正在运往您所在的城市，预计后天下午可以送到
如果您不方便收货，可以在物流页面预约其他时间，也可以请快递员放到小区门口的驿站
关于您说的尺码问题，这款外套是宽松版型，按照您的身高和体重建议选择中号，喜欢宽松一点的话可以选大号
面料是棉和聚酯纤维混纺的，第一次清洗建议用冷水单独洗，不要长时间浸泡，晾干的时候避免阳光直射
优惠券在付款的时候会自动抵扣，每个订单只能使用一张，和店铺满减可以一起用
退货的话请保持吊牌完整，收到商品之后七天以内都可以申请，退回来的运费有运费险
仓库收到退回的商品并检查没有问题之后，钱会按照原来的付款方式退给您，一般需要一到三个工作日
电子发票会在确认收货以后发到您填写的邮箱，如果需要修改抬头请提前告诉我们
还有其他需要我帮忙的地方吗，没有的话祝您生活愉快，欢迎下次再来
""".splitlines()[1:]
ROUNDS = 300


def sentences(name: str) -> list[str]:
    lines = (ROOT / "tests" / "compliance" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def messages(source: list[str], chance: random.Random) -> Iterator[str]:
    while True:
        text = ""
        while len(text) < LENGTH:
            text += chance.choice(source) + "。"
        yield text[:LENGTH]


def invented(count: int, alphabet: str, chance: random.Random) -> Iterator[Rule]:
    for number in range(count):
        word = "".join(chance.choices(alphabet, k=chance.randint(2, 5)))
        other = "".join(chance.choices(alphabet, k=chance.randint(2, 4)))
        yield Rule(
            key=f"invented-{number}",
            family=Family.PRICE,
            words=(word, f"{word}{{0-8}}({other}|{word[::-1]})"),
            exceptions=(f"{word}{other}",),
            action=Action.WARN,
            severity=Severity.MINOR,
            clause="",
            suggestion="",
            negation=4,
        )


def microseconds(checker: Checker, texts: list[str]) -> list[float]:
    taken = []
    for text in texts:
        begun = time.thread_time()
        checker.find(text, scope=Scope.AGENT, on=DAY)
        taken.append((time.thread_time() - begun) * 1e6)
    return sorted(taken)


def table() -> Iterator[str]:
    """The lines of the table, then the figure."""
    chance = random.Random(7)
    lawful, unlawful = sentences("lawful.jsonl"), sentences("unlawful.jsonl")
    starter = starter_rules()
    alphabet = "".join(filter(str.isalpha, "".join(lawful + unlawful)))
    checkers = [Checker(starter), Checker([*starter, *invented(5_000 - len(starter), alphabet, chance)])]
    medians = {}
    yield f"{'rules':>6} {'talk':<10} {'median us':>10} {'p99 us':>10}"
    for checker in checkers:
        for talk, source in (("ordinary", ORDINARY), ("near miss", lawful), ("unlawful", unlawful)):
            stream = messages(source, chance)
            taken = microseconds(checker, [next(stream) for _ in range(ROUNDS)])
            medians[len(checker.rules), talk] = statistics.median(taken)
            yield f"{len(checker.rules):>6} {talk:<10} {statistics.median(taken):>10.0f} {taken[-3]:>10.0f}"
    yield json.dumps({"compliance_us": round(medians[5_000, "ordinary"])})


if __name__ == "__main__":
    for line in table():
        sys.stdout.write(f"{line}\n")
