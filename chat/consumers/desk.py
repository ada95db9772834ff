"""The agent's door."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import translation

from chat import actions, events
from chat.consumers import desk_jobs as jobs
from chat.consumers.alerts import alert_for
from chat.consumers.limits import Rates
from chat.consumers.origin import header, own_origin, parsed
from chat.consumers.reader import Reader
from chat.consumers.signed_in import Session, session_of
from chat.consumers.socket import FORBIDDEN, LIMITS, NOT_SIGNED_IN, POLICY, Socket
from chat.consumers.watch import watch
from chat.models import Author
from chat.protocol import answering, desk, outgoing
from chat.queries.inbox import InboxRow
from chat.writer.draft import agent_key
from cscore.common.errors import NotAllowed, SignInFirst

message_rates = Rates(per_minute=LIMITS["agent_messages_per_minute"], burst=20)


class AgentConsumer(Socket):
    frames = desk.FRAMES
    session: Session
    rows: dict[UUID, InboxRow]
    readers: dict[UUID, Reader]
    changed: set[str]

    async def refuse_at_door(self) -> int:
        own = own_origin(self.scope)
        if own is None or parsed(header(self.scope, b"origin")) != own:
            return FORBIDDEN
        self.session = session_of(self.scope)
        self.rows, self.readers, self.changed = {}, {}, set()
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
            last_seq = await self.do(jobs.last_seq, conversation)
            if last_seq is not None:
                await self.follow(conversation, min(since, last_seq))

    async def send_inbox(self, *, whole: bool) -> None:
        """The whole inbox, or those of the changed rows that look different now."""
        if whole:
            rows = await self.do(jobs.inbox)
            self.rows = {row.conversation: row for row in rows}
            await self.write(outgoing.Inbox(rows=rows, whole=True))
            return
        changed, self.changed = self.changed, set()
        rows = [row for row in await self.do(jobs.rows, changed) if self.rows.get(row.conversation) != row]
        if rows:
            await self.write(outgoing.Inbox(rows=rows, whole=False))
        for row in rows:
            await self.alert(self.rows.get(row.conversation), row)
            self.rows[row.conversation] = row

    async def alert(self, before: InboxRow | None, now: InboxRow) -> None:
        with translation.override(self.locale):
            alert = alert_for(before, now)
        if alert:
            await self.write(alert, conversation=now.conversation)

    async def follow(self, conversation: UUID, since: int) -> None:
        """Sends the transcript after `since` and everything that comes."""
        if conversation not in self.readers:
            await self.join(events.conversation_group(conversation))
        key = agent_key(self.session.person_id)
        self.readers[conversation] = Reader(conversation, key, answering.desk_ticket, cursor=since)
        await self.catch_up(conversation)

    async def catch_up(self, conversation: UUID) -> None:
        """What the agent has not seen of a conversation he follows; he follows no longer what he may not read."""
        while reader := self.readers.get(conversation):
            news = await self.do(jobs.news, conversation, since=reader.cursor)
            if news is None:
                del self.readers[conversation]
                return
            for frame in self.in_words(reader.unseen(news)):
                await self.write(frame, conversation=conversation)
            if news.is_all:
                return

    async def on_presence(self, frame: desk.Presence) -> None:
        await self.write(await self.do(jobs.presence, frame))

    async def on_open(self, frame: desk.Open) -> None:
        opened = await self.do(jobs.opened, frame.conversation)
        await self.follow(frame.conversation, min(frame.since, opened.last_seq))
        for note in opened.notes:
            await self.write(note, conversation=frame.conversation)
        await self.write(opened.card, conversation=frame.conversation)
        for thumbed in opened.thumbs:
            await self.write(thumbed, conversation=frame.conversation)
        # Last, on its own: the first suggestion of a process waits for the matcher, the transcript must not.
        suggestion = await self.do(jobs.suggestion, frame.conversation, None)
        await self.write(suggestion, conversation=frame.conversation)

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
        await self.write(ticket, conversation=conversation)

    async def on_suggest(self, frame: desk.Suggest) -> None:
        self.check_rate()
        suggestion = await self.do(jobs.suggestion, frame.conversation, frame.text)
        await self.write(suggestion, conversation=frame.conversation)

    async def on_thumb(self, frame: desk.Thumb) -> None:
        self.check_rate()
        thumbed = await self.do(jobs.thumb, frame)
        await self.write(thumbed, conversation=frame.conversation)

    async def on_typing(self, frame: desk.Typing) -> None:
        if frame.conversation in self.readers:
            events.typing(frame.conversation, author=Author.AGENT)

    async def on_read(self, frame: desk.Read) -> None:
        if reader := self.readers.get(frame.conversation):
            events.read(frame.conversation, author=Author.AGENT, seq=min(frame.seq, reader.cursor))

    def check_rate(self) -> None:
        message_rates.check(("agent", self.session.person_id), now=time.monotonic())

    async def conversation_changed(self, hint: dict[str, Any]) -> None:
        """Many hints that wait together are looked up together."""
        if not self.greeted or self.knows(hint):
            return
        if not self.changed:
            await self.channel_layer.send(self.channel_name, {"type": "changes.collected"})
        self.changed.add(hint["id"])

    def knows(self, hint: dict[str, Any]) -> bool:
        """Whether the inbox and the transcript show already what the hint tells of."""
        row, reader = self.rows.get(UUID(hint["id"])), self.readers.get(UUID(hint["id"]))
        row_knows = row is not None and row.seq >= hint["seq"] and row.state == hint["state"]
        return row_knows and (reader is None or reader.knows(hint))

    async def changes_collected(self, hint: dict[str, Any]) -> None:
        followed = [UUID(key) for key in self.changed if UUID(key) in self.readers]
        await self.send_inbox(whole=False)
        for conversation in followed:
            await self.catch_up(conversation)

    async def conversation_followed(self, hint: dict[str, Any]) -> None:
        """For the customer's pages; the next conversation comes to the desk as a row of its own."""

    async def hints_missed(self, hint: dict[str, Any]) -> None:
        if self.greeted:
            self.changed.clear()
            await self.send_inbox(whole=True)
            for conversation in list(self.readers):
                await self.catch_up(conversation)

    async def note_added(self, hint: dict[str, Any]) -> None:
        conversation = UUID(hint["id"])
        if conversation in self.readers and (note := await self.do(jobs.note, conversation, hint["note"])):
            await self.write(note, conversation=conversation)

    async def someone_typing(self, hint: dict[str, Any]) -> None:
        if hint["author"] == Author.CUSTOMER and UUID(hint["id"]) in self.readers:
            await self.write(outgoing.Typing(author=hint["author"]), conversation=UUID(hint["id"]))

    async def someone_read(self, hint: dict[str, Any]) -> None:
        if hint["author"] == Author.CUSTOMER and UUID(hint["id"]) in self.readers:
            await self.write(outgoing.Read(seq=hint["seq"]), conversation=UUID(hint["id"]))

    async def still_welcome(self) -> None:
        """Signed out, suspended, another role or shop: the page must come again."""
        try:
            await self.do(jobs.seen)
        except (SignInFirst, NotAllowed):
            await self.end(POLICY)
