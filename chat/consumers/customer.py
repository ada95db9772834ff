"""The customer's door."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from chat import access, actions, events
from chat.actions import Met
from chat.consumers.limits import Places, Rates
from chat.consumers.origin import allowed, header, own_origin
from chat.consumers.reader import News, Reader, news_of
from chat.consumers.socket import FORBIDDEN, LIMITS, NO_SUCH_SHOP, OVERLOADED, POLICY, Socket
from chat.consumers.watch import watch
from chat.consumers.wording import begin, wait
from chat.models import Author, Conversation, State, Visitor
from chat.protocol import answering, customer, outgoing
from chat.queries.verdicts import given_in
from chat.writer.draft import visitor_key
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import NotFound, Refusal

message_rates = Rates(per_minute=LIMITS["messages_per_minute"], burst=LIMITS["burst"])
# Typing and reading cost little and are dropped silently when there is too much of them.
signal_rates = Rates(per_minute=240, burst=40)
# New visitors of one address: many people may share one, robots ask for more.
newcomer_rates = Rates(per_minute=60, burst=LIMITS["sockets_per_address"])
visitors = Places(LIMITS["sockets_per_visitor"])


class CustomerConsumer(Socket):
    frames = customer.FRAMES
    shop: Shop
    visitor: Visitor
    reader: Reader | None = None

    async def refuse_at_door(self) -> int:
        try:
            self.shop = await self.ask(access.shop_by_key, self.scope["url_route"]["kwargs"]["key"])
        except NotFound:
            return NO_SUCH_SHOP
        origin = header(self.scope, b"origin")
        own = own_origin(self.scope)
        return 0 if allowed(origin, own=own, others=self.shop.widget_origins) else FORBIDDEN

    async def on_hello(self, hello: customer.Hello) -> None:
        if not hello.token:
            newcomer_rates.check((self.scope.get("client") or ("",))[0], now=time.monotonic())
        self.locale = hello.locale
        met = await self.ask(
            actions.meet, shop=self.shop, token=hello.token, identity=hello.identity, at=clock.now()
        )
        self.visitor, self.greeted = met.visitor, True
        self.credential = met.visitor.token_hash
        if not visitors.enter(self.visitor.pk):
            await self.end(OVERLOADED)
            return
        self.at_the_end(lambda: visitors.leave(self.visitor.pk))
        conversation = await self.ask(self._conversation, hello)
        same = hello.conversation in {None, conversation.pk} and hello.since <= conversation.last_seq
        await self.enter(conversation, since=hello.since if same else 0, met=met)
        if planned := await self.ask(actions.planned_for, conversation.pk):
            wait(conversation.pk, planned.question_id, planned.due_at)

    def _conversation(self, hello: customer.Hello) -> Conversation:
        """The visitor's newest conversation, even when it is over: he may want to read it again."""
        found = actions.current_conversation(self.visitor)
        return found or actions.start(
            visitor=self.visitor, at=clock.now(), locale=hello.locale, page=hello.page
        )

    async def enter(self, conversation: Conversation, *, since: int, met: Met | None = None) -> None:
        """Welcomes the page into a conversation: joins first, then replays, so that nothing falls between."""
        self.reader = Reader(conversation.pk, visitor_key(self.visitor.pk), answering.ticket, cursor=since)
        await self.join(events.conversation_group(conversation.pk))
        watch.customer(conversation.pk, self)
        welcome = outgoing.Welcome(
            token=met.token if met else None,
            conversation=conversation.pk,
            state=conversation.state,
            seq=conversation.last_seq,
            shop={"name": self.shop.name},
            customer=str(self.visitor.customer) if self.visitor.customer else None,
        )
        await self.write(welcome)
        await self.catch_up()
        for given in await self.ask(given_in, conversation, voter_key=visitor_key(self.visitor.pk)):
            await self.write(outgoing.Thumbed(given.seq, given.up))
        if met and met.doubt:
            await self.refuse(met.doubt, {})

    async def catch_up(self) -> None:
        """Sends whatever the page has not seen."""
        while self.reader:
            news = await self.ask(self._news, self.reader.conversation_id, self.reader.cursor)
            await self.tell(news)
            if news.is_all:
                return

    def _news(self, conversation_id: UUID, since: int) -> News:
        conversation = access.conversation_of(self.visitor, conversation_id)
        return news_of(conversation, since=since, at=clock.now())

    async def tell(self, news: News) -> None:
        if self.reader:
            for frame in self.in_words(self.reader.unseen(news)):
                await self.write(frame)

    async def on_send(self, frame: customer.Send) -> None:
        await self.hear(actions.hear_customer, frame.client_id, body=frame.body, may_wait=True)

    async def on_choose(self, frame: customer.Choose) -> None:
        await self.hear(actions.choose, frame.client_id, choice=frame.choice, may_wait=True)

    async def on_human(self, frame: customer.Human) -> None:
        await self.hear(actions.ask_for_person, frame.client_id)

    async def hear(self, verb: Callable[..., actions.Heard], client_id: UUID, **what: Any) -> None:
        """Stores through the verb, acknowledges after commit, then brings what is new."""
        message_rates.check(("visitor", self.visitor.pk), now=time.monotonic())
        heard, news = await self.ask(self._hear, verb, client_id=client_id, **what)
        begin(heard)
        reading = news.conversation.pk == self.reading
        if not reading and news.conversation.state != State.CLOSED:
            await self.enter(news.conversation, since=0)
        await self.write(answering.ack(heard.message, client_id))
        if reading:
            await self.tell(news)

    def _hear(self, verb: Callable[..., actions.Heard], **what: Any) -> tuple[actions.Heard, News]:
        visitor = access.visitor_still(self.visitor.pk, self.credential)
        heard = verb(visitor=visitor, at=clock.now(), **what)
        since = self.reader.cursor if self.reader and heard.conversation.pk == self.reading else 0
        return heard, news_of(heard.conversation, since=since, at=clock.now())

    async def on_rate(self, frame: customer.Rate) -> None:
        message_rates.check(("visitor", self.visitor.pk), now=time.monotonic())
        await self.ask(self._rate, frame)
        await self.write(outgoing.Rated(stars=frame.stars))

    def _rate(self, frame: customer.Rate) -> None:
        visitor = access.visitor_still(self.visitor.pk, self.credential)
        actions.rate(visitor=visitor, stars=frame.stars, comment=frame.comment or "", at=clock.now())

    async def on_thumb(self, frame: customer.Thumb) -> None:
        message_rates.check(("visitor", self.visitor.pk), now=time.monotonic())
        if self.reading is None:
            raise NotFound
        await self.ask(self._thumb, self.reading, frame)
        await self.write(outgoing.Thumbed(frame.seq, frame.up))

    def _thumb(self, conversation_id: UUID, frame: customer.Thumb) -> None:
        visitor = access.visitor_still(self.visitor.pk, self.credential)
        conversation = access.conversation_of(visitor, conversation_id)
        actions.thumb(visitor=visitor, conversation=conversation, seq=frame.seq, up=frame.up, at=clock.now())

    async def on_typing(self, frame: customer.Typing) -> None:
        if self.reader and self._may_signal():
            events.typing(self.reader.conversation_id, author=Author.CUSTOMER)

    async def on_read(self, frame: customer.Read) -> None:
        if self.reader and self._may_signal():
            seq = min(frame.seq, self.reader.cursor)
            events.read(self.reader.conversation_id, author=Author.CUSTOMER, seq=seq)

    def _may_signal(self) -> bool:
        try:
            signal_rates.check(("visitor", self.visitor.pk), now=time.monotonic())
        except Refusal:
            return False
        return True

    @property
    def reading(self) -> UUID | None:
        """The conversation that the page shows."""
        return self.reader.conversation_id if self.reader else None

    async def conversation_changed(self, hint: dict[str, Any]) -> None:
        if self.reader and hint["id"] == str(self.reading) and not self.reader.knows(hint):
            await self.catch_up()

    async def conversation_followed(self, hint: dict[str, Any]) -> None:
        """Another page of the visitor's began the next conversation: this page shows it, too."""
        if hint["id"] == str(self.reading):
            conversation = await self.ask(actions.current_conversation, self.visitor)
            if conversation and conversation.pk != self.reading:
                await self.enter(conversation, since=0)

    async def queue_moved(self, hint: dict[str, Any]) -> None:
        await self.catch_up()

    async def hints_missed(self, hint: dict[str, Any]) -> None:
        await self.catch_up()

    async def someone_typing(self, hint: dict[str, Any]) -> None:
        if hint["id"] == str(self.reading) and hint["author"] != Author.CUSTOMER:
            await self.write(outgoing.Typing(author=hint["author"]))

    async def someone_read(self, hint: dict[str, Any]) -> None:
        if hint["id"] == str(self.reading) and hint["author"] != Author.CUSTOMER:
            await self.write(outgoing.Read(seq=hint["seq"]))

    async def still_welcome(self) -> None:
        try:
            await self.ask(access.visitor_still, self.visitor.pk, self.credential)
        except NotFound:
            await self.end(POLICY)
