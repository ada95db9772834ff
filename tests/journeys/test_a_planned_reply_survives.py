"""The web process is killed while a language model thinks: the customer still gets the answer, and gets it once."""

import asyncio

import pytest

from tests.chat.strange_server import StrangeServer, Talk, strange_server
from tests.stage import Stage
from tests.wire import Customer, Frame

pytestmark = pytest.mark.xdist_group("stage")

QUESTION = "怎么申请退货"
SWITCH_ON = (
    "from chat.models import BotSettings; from cscore.commerce.models import Shop;"
    "BotSettings.objects.update_or_create(shop=Shop.objects.get(key='shanye'), defaults={'language_model': True})"
)


async def thinks_for_ever(talk: Talk) -> None:
    await talk.forever()


async def killed_in_between(stage: Stage, model: StrangeServer) -> tuple[Frame, list[Frame]]:
    """The acknowledgement of the question, and the conversation as it reads after the restart and one more message."""
    web = await asyncio.to_thread(stage.web)
    customer = Customer(web.ws)
    await customer.hello()
    ack = await customer.say(QUESTION)
    assert await asyncio.to_thread(model.asked.wait, 60)
    await asyncio.to_thread(web.kill)
    await customer.leave()
    web = await asyncio.to_thread(stage.web, web.port)
    await customer.hello()
    await customer.ask("谢谢")
    while len(customer.seen) < 4:
        await customer.receive()
    await customer.leave()
    return ack, [frame for _, frame in sorted(customer.seen.items())]


def test_a_kill_between_the_acknowledgement_and_the_reply_costs_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.manage("shell", "-c", SWITCH_ON)
    with strange_server(thinks_for_ever) as model:
        for name, value in {"BASE_URL": model.url, "MODEL": "tiny", "PRIVATE": "1"}.items():
            monkeypatch.setenv(f"LLM_{name}", value)

        ack, said = asyncio.run(killed_in_between(stage, model))

    assert len(model.requests) == 1
    assert [frame["author"] for frame in said] == ["customer", "bot", "customer", "bot"]
    assert (said[0]["seq"], said[0]["id"]) == (ack["seq"], ack["id"])
    assert [part["kind"] for part in said[1]["parts"]].count("source") == 1
    assert said[1]["body"]
