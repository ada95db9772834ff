"""An editor's click is answered from by every web process at once: the very next question gets the new text."""

import asyncio

import pytest

from tests.editor import Editor
from tests.stage import ON_SERVICES, PASSWORD, Stage, Web
from tests.wire import Customer

pytestmark = pytest.mark.xdist_group("stage")

PROCESSES = 4 if ON_SERVICES else 1
PUBLISHES = 50
ARTICLE = "logistics-carrier"


def article(stage: Stage) -> tuple[int, str]:
    """The article's id and standard question."""
    told = stage.manage(
        "shell", "-v", "0", "-c",
        "from kb.models import Article; "
        f"a = Article.objects.select_related('live_version').get(shop__key='shanye', key='{ARTICLE}'); "
        "print(a.pk, a.live_version.question)",
    )  # fmt: skip
    number, question = told.strip().split(" ", 1)
    return int(number), question


async def ask(web: Web, question: str) -> str:
    async with Customer(web.ws) as customer:
        return str((await customer.ask(question))["body"])


async def ask_all(webs: list[Web], question: str) -> list[str]:
    return list(await asyncio.gather(*(ask(web, question) for web in webs)))


def test_fifty_publishes_are_answered_from_by_every_process_at_the_next_question(stage: Stage) -> None:
    webs = [stage.web() for _ in range(PROCESSES)]
    stage.worker()
    number, question = article(stage)

    with Editor(webs[0].url, "editor", PASSWORD) as editor:
        for edition in range(1, PUBLISHES + 1):
            text = f"第 {edition} 版：默认发中通或圆通，您可以在备注里写明想用的快递。"
            editor.save_and_publish(number, answer=text)

            assert asyncio.run(ask_all(webs, question)) == [text] * PROCESSES
