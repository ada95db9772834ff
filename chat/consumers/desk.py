"""The agent's door."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from chat import actions, events
from chat.consumers import desk_jobs as jobs
from chat.consumers.limits import Rates
from chat.consumers.origin import header, own_origin, parsed
from chat.consumers.signed_in import Session, session_of
from chat.consumers.socket import FORBIDDEN, LIMITS, NOT_SIGNED_IN, POLICY, Socket
from chat.consumers.watch import watch
from chat.models import Author
from chat.protocol import answering, desk, outgoing
from chat.queries.inbox import InboxRow
from chat.queries.transcript import PAGE, Line
from chat.writer.draft import agent_key
from cscore.common.errors import NotAllowed, SignInFirst

message_rates = Rates(per_minute=LIMITS["agent_messages_per_minute"], burst=20)


class AgentConsumer(Socket):
    frames = desk.FRAMES
    session: Session
    rows: dict[UUID, InboxRow]
    cursors: dict[UUID, int]
    changed: set[str]

    async def refuse_at_door(self) -> int:
        own = own_origin(self.scope)
        if own is None or parsed(header(self.scope, b"origin")) != own:
            return FORBIDDEN
        self.session = session_of(self.scope)
        self.rows, self.cursors, self.changed = {}, {}, set()
        try:
            await self.ask(self.session.agent)
        except SignInFirst:
            return NOT_SIGNED_IN
        except NotAllowed:
            return FORBIDDEN
        return 0

    def conversation_of(self, content: dict[str, Any]) -> UUID | None:
        try:
            return UUID(str(content.get("conversation")))
        except ValueError:
            return None

    async def do(self, job: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """A job as the agent, whose session and role are looked at first, each time."""
        return await self.ask(lambda: job(self.session.agent(), *args, **kwargs))

    async def on_hello(self, hello: desk.Hello) -> None:
        """Joins first, then reads, so that nothing falls between."""
        start = await self.do(jobs.start)
        self.greeted = True
        for shop_id in start.shops:
            await self.join(events.shop_group(shop_id))
            watch.desk(shop_id, self)
        await self.join(events.person_group(self.session.person_id))
        await self.write(start.welcome)
        await self.send_inbox(whole=True)
        for conversation, since in hello.cursors.items():
            if await self.do(jobs.may_read, conversation):
                await self.follow(conversation, since)

    async def send_inbox(self, *, whole: bool) -> None:
        """The whole inbox, or those of the changed rows that look different now."""
        if whole:
            rows = await self.do(jobs.inbox)
        else:
            changed, self.changed = self.changed, set()
            rows = await self.do(jobs.rows, changed)
            rows = [row for row in rows if self.rows.get(row.conversation) != row]
        self.rows = {} if whole else self.rows
        self.rows |= {row.conversation: row for row in rows}
        if rows or whole:
            await self.write(outgoing.Inbox(rows=rows, whole=whole))

    async def follow(self, conversation: UUID, since: int) -> None:
        """Sends the transcript after `since` and everything that comes."""
        if conversation not in self.cursors:
            await self.join(events.conversation_group(conversation))
        self.cursors[conversation] = since
        await self.catch_up(conversation)

    async def catch_up(self, conversation: UUID) -> None:
        """The messages after the cursor and how the conversation stands; nothing once it may not be read."""
        while True:
            news = await self.do(jobs.news, conversation, since=self.cursors[conversation])
            if news is None:
                del self.cursors[conversation]
                return
            await self.tell(conversation, news.lines)
            await self.write(answering.state(news.standing), conversation=conversation)
            if len(news.lines) < PAGE:
                break
        for ticket in news.tickets:
            await self.write(answering.desk_ticket(ticket), conversation=conversation)

    async def tell(self, conversation: UUID, lines: list[Line]) -> None:
        key = agent_key(self.session.person_id)
        for line in lines:
            if line.seq == self.cursors[conversation] + 1:
                self.cursors[conversation] = line.seq
                await self.write(answering.message(line, reader_key=key), conversation=conversation)

    async def on_presence(self, frame: desk.Presence) -> None:
        await self.write(await self.do(jobs.presence, frame))

    async def on_open(self, frame: desk.Open) -> None:
        opened = await self.do(jobs.opened, frame.conversation)
        await self.follow(frame.conversation, min(frame.since, opened.last_seq))
        for note in opened.notes:
            await self.write(note, conversation=frame.conversation)
        await self.write(opened.card, conversation=frame.conversation)
        await self.write(opened.suggestion, conversation=frame.conversation)

    async def on_take(self, frame: desk.Take) -> None:
        await self.do(jobs.verb, actions.take, frame.conversation)

    async def on_release(self, frame: desk.Release) -> None:
        await self.do(jobs.verb, actions.release, frame.conversation)

    async def on_close(self, frame: desk.Close) -> None:
        await self.do(jobs.verb, actions.close, frame.conversation)

    async def on_transfer(self, frame: desk.Transfer) -> None:
        await self.do(jobs.verb, actions.transfer, frame.conversation, to=frame.to)

    async def on_send(self, frame: desk.Send) -> None:
        self.check_rate()
        said = {"client_id": frame.client_id, "body": frame.body}
        stored = await self.do(jobs.verb, actions.say, frame.conversation, **said)
        await self.write(answering.ack(stored, frame.client_id), conversation=frame.conversation)
        if frame.conversation in self.cursors:
            await self.catch_up(frame.conversation)

    async def on_note(self, frame: desk.Note) -> None:
        self.check_rate()
        said = {"client_id": frame.client_id, "body": frame.body}
        stored = await self.do(jobs.verb, actions.note, frame.conversation, **said)
        await self.write(answering.ack(stored, frame.client_id), conversation=frame.conversation)

    async def on_open_ticket(self, frame: desk.OpenTicket) -> None:
        self.check_rate()
        ack = await self.do(jobs.open_ticket, frame)
        await self.write(ack, conversation=frame.conversation)

    async def on_move_ticket(self, frame: desk.MoveTicket) -> None:
        self.check_rate()
        conversation, ticket = await self.do(jobs.move_ticket, frame)
        await self.write(answering.desk_ticket(ticket), conversation=conversation)

    async def on_suggest(self, frame: desk.Suggest) -> None:
        self.check_rate()
        suggestion = await self.do(jobs.suggestion, frame.conversation, frame.text)
        await self.write(suggestion, conversation=frame.conversation)

    async def on_typing(self, frame: desk.Typing) -> None:
        if frame.conversation in self.cursors:
            events.typing(frame.conversation, author=Author.AGENT)

    async def on_read(self, frame: desk.Read) -> None:
        if frame.conversation in self.cursors:
            seq = min(frame.seq, self.cursors[frame.conversation])
            events.read(frame.conversation, author=Author.AGENT, seq=seq)

    def check_rate(self) -> None:
        message_rates.check(("agent", self.session.person_id), now=time.monotonic())

    async def conversation_changed(self, hint: dict[str, Any]) -> None:
        """Many hints that wait together are looked up together."""
        if not self.changed:
            await self.channel_layer.send(self.channel_name, {"type": "changes.collected"})
        self.changed.add(hint["id"])

    async def changes_collected(self, hint: dict[str, Any]) -> None:
        followed = [UUID(key) for key in self.changed if UUID(key) in self.cursors]
        await self.send_inbox(whole=False)
        for conversation in followed:
            await self.catch_up(conversation)

    async def hints_missed(self, hint: dict[str, Any]) -> None:
        if self.greeted:
            self.changed.clear()
            await self.send_inbox(whole=True)
            for conversation in list(self.cursors):
                await self.catch_up(conversation)

    async def note_added(self, hint: dict[str, Any]) -> None:
        conversation = UUID(hint["id"])
        if conversation in self.cursors and (note := await self.do(jobs.note, conversation, hint["note"])):
            await self.write(note, conversation=conversation)

    async def someone_typing(self, hint: dict[str, Any]) -> None:
        if hint["author"] == Author.CUSTOMER and UUID(hint["id"]) in self.cursors:
            await self.write(outgoing.Typing(author=hint["author"]), conversation=UUID(hint["id"]))

    async def someone_read(self, hint: dict[str, Any]) -> None:
        if hint["author"] == Author.CUSTOMER and UUID(hint["id"]) in self.cursors:
            await self.write(outgoing.Read(seq=hint["seq"]), conversation=UUID(hint["id"]))

    async def still_welcome(self) -> None:
        """Signed out, suspended, another role or shop: the page must come again."""
        try:
            await self.do(jobs.seen)
        except (SignInFirst, NotAllowed):
            await self.end(POLICY)
