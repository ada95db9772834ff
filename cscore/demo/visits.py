"""A month of visits, played through the verbs that sockets call, each at its own time."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chat import actions
from chat.models import Conversation, Message, State, Visitor
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce import identity
from cscore.commerce.models import Order, Shop
from cscore.common.errors import NotFound
from cscore.demo import files, stock
from cscore.demo.files import Row
from cscore.demo.stock import World

# Names the message ids of the demo, so that loading twice meets the same messages.
NAMESPACE = uuid.UUID("5b0a2c0e-3d53-4f43-9d0b-6f6d2f2b7d10")
TYPING = timedelta(seconds=12)
LONGEST_WAIT_S = 150
OPENS_AT, CLOSES_AT = 8, 24
# Every so many visits the customer says with a thumb whether the answers were right.
JUDGING = 3


@dataclass
class Visit:
    """One scripted visit while it is played; `at` is the moment that is being played."""

    world: World
    shop: Shop
    row: Row
    number: int
    at: datetime
    visitor: Visitor = field(init=False)
    conversation: Conversation = field(init=False)
    steps: int = 0

    def __post_init__(self) -> None:
        customer = self.row["customer"]
        token = identity.sign(shop=self.shop, external_id=customer, at=self.at) if customer else None
        self.visitor = actions.meet(shop=self.shop, token=None, identity=token, at=self.at).visitor
        self.conversation = actions.start(visitor=self.visitor, at=self.at)

    def play(self) -> None:
        """Every turn in order."""
        for turn in self.row["turns"]:
            self.steps += 1
            attend(self.world, self.shop, self.at)
            kind = next(name for name in TURNS if name in turn)
            TURNS[kind](self, turn)
            self.conversation.refresh_from_db()
        if self.number % JUDGING == 0:
            self.judge()

    def judge(self) -> None:
        """Thumbs on the bot's answers, by what the script says the questions were about."""
        meant = {turn["say"]: turn["about"] for turn in self.row["turns"] if turn.get("about")}
        answers = self.conversation.messages.filter(
            answers__message__body__in=meant, article_version__isnull=False
        )
        for answer in answers.select_related("answers__message", "article_version__article"):
            told = answer.article_version.article.key if answer.article_version else ""
            actions.thumb(
                visitor=self.visitor,
                conversation=self.conversation,
                seq=answer.seq,
                up=told == meant[answer.answers.message.body],
                at=self.later(seconds=5),
            )

    def id(self) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, f"{self.shop.key} {self.number} {self.steps}")

    def later(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at

    def agent(self) -> User:
        """Who has the chat; whoever is on duty takes it when it waits."""
        if self.conversation.state != State.HUMAN or self.conversation.agent is None:
            crew = on_duty(self.world, self.shop)
            by = crew[self.number % len(crew)]
            self.conversation = actions.take(conversation=self.conversation, by=by, at=self.at)
            return by
        return self.conversation.agent

    def say(self, turn: Row) -> None:
        at = self.later(seconds=TYPING.seconds + 2 * len(turn["say"]))
        actions.hear_customer(visitor=self.visitor, client_id=self.id(), body=turn["say"], at=at)

        self.conversation.refresh_from_db()
        # A customer who is offered what he meant takes it.
        self.choose_where(lambda option: option["value"] == f"article:{turn.get('about')}")

    def choose(self, turn: Row) -> None:
        """One of the options that the bot offers now, by its place."""
        options = offered(self.conversation)
        self.choose_where(lambda option: option in options[turn["choose"] : turn["choose"] + 1])

    def choose_where(self, meant: Callable[[dict[str, Any]], bool]) -> None:
        """The first option that is meant; nothing when the bot offers none such."""
        option = next(filter(meant, offered(self.conversation)), None)
        if option:
            self.steps += 1
            actions.choose(
                visitor=self.visitor, client_id=self.id(), choice=option["value"], at=self.later(seconds=6)
            )

    def ask_for_person(self, _turn: Row) -> None:
        actions.ask_for_person(visitor=self.visitor, client_id=self.id(), at=self.later(seconds=8))

    def answer(self, turn: Row) -> None:
        """What the agent says; a chat that the bot kept in spite of the script is first asked into a person's hands."""
        if self.conversation.state == State.BOT:
            self.ask_for_person(turn)
            self.steps += 1
            self.conversation.refresh_from_db()
        self.later(seconds=min(turn.get("after_s", 40), LONGEST_WAIT_S))
        by = self.agent()
        actions.say(
            conversation=self.conversation,
            by=by,
            client_id=self.id(),
            body=turn["agent"],
            at=self.later(seconds=8 + len(turn["agent"]) // 3),
        )

    def note(self, turn: Row) -> None:
        by = self.agent()
        actions.note(
            conversation=self.conversation,
            by=by,
            client_id=self.id(),
            body=turn["note"],
            at=self.later(seconds=20),
        )

    def ticket(self, turn: Row) -> None:
        wish, by = turn["ticket"], self.agent()
        order = Order.objects.filter(shop=self.shop, number=wish.get("order")).first()
        actions.open_ticket_for(
            conversation=self.conversation,
            kind=wish["kind"],
            order=order.number if order else None,
            item=order.lines.values_list("pk", flat=True).first() if order else None,
            reason=wish["reason"],
            client_id=self.id(),
            by=by,
            at=self.later(seconds=45),
        )

    def close(self, _turn: Row) -> None:
        if self.conversation.state != State.CLOSED:
            actions.close(
                conversation=self.conversation, by=self.conversation.agent, at=self.later(seconds=60)
            )

    def rate(self, turn: Row) -> None:
        with suppress(NotFound):
            actions.rate(
                visitor=self.visitor,
                stars=turn["rate"],
                comment=turn.get("comment", ""),
                at=self.later(seconds=15),
            )


TURNS: dict[str, Callable[[Visit, Row], None]] = {
    "say": Visit.say,
    "choose": Visit.choose,
    "human": Visit.ask_for_person,
    "agent": Visit.answer,
    "note": Visit.note,
    "ticket": Visit.ticket,
    "close": Visit.close,
    "rate": Visit.rate,
}


def offered(conversation: Conversation) -> list[dict[str, Any]]:
    """The options of the newest message that has any, if it is the last one."""
    last = Message.objects.filter(conversation=conversation).order_by("-seq").first()
    parts = last.parts if last else []
    return next((part["options"] for part in parts if part.get("options")), [])


def on_duty(world: World, shop: Shop) -> list[User]:
    """The shop's agents, in the order of their names."""
    staff = shop.staff.filter(is_superuser=False).order_by("username")
    return [person for person in staff if person.may(Permission.CHAT_SERVE)]


def attend(world: World, shop: Shop, at: datetime) -> None:
    """The shop's agents are at the desk in working hours, with room for many chats: nobody is turned away."""
    open_now = OPENS_AT <= at.astimezone(stock.LOCAL).hour < CLOSES_AT or world.now - at < timedelta(hours=1)
    for agent in on_duty(world, shop):
        actions.set_presence(agent=agent, available=open_now, capacity=20, at=at)


def leave(world: World) -> None:
    """The script is over: whoever signs in says himself whether he takes chats."""
    for shop in world.shops.values():
        for agent in on_duty(world, shop):
            actions.set_presence(agent=agent, available=False, capacity=8, at=world.now - timedelta(hours=1))


def scripted(world: World) -> Iterator[tuple[datetime, Shop, Row]]:
    """Every visit of the files with its time: finished ones of the month, and those that wait right now."""
    for name, key in (("conversations.jsonl", "shanye"), ("conversations_en.jsonl", "harbor")):
        for row in files.rows(name):
            yield world.ago(row["days_ago"], row["time"]), world.shops[key], row
    for row in files.rows("open_visits.jsonl"):
        yield world.now - timedelta(minutes=row["minutes_ago"] + 3), world.shops["shanye"], row


def load(world: World, *, most: int | None, say: Callable[[int, int], None]) -> int:
    """Plays the newest `most` visits (None: all) in order of time; `say` hears how many of how many are done."""
    visits = sorted(scripted(world), key=lambda visit: visit[0])
    visits = visits if most is None else visits[-most:]
    orders = {row["number"]: row for row in files.rows("orders.json")}
    for number, (at, shop, row) in enumerate(visits, start=1):
        visit = Visit(world, shop, row, number, at)
        visit.play()
        if row.get("buys"):
            placed_at = min(visit.at + timedelta(minutes=10 + number % 30), world.now)
            stock.save_order(orders[row["buys"]], world, placed_at=placed_at)
        say(number, len(visits))
    leave(world)
    return len(visits)
