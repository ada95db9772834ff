"""What a language model or its server may do wrong, and under which reason it is told."""

from tests.chat.strange_server import Behaviour, Talk, says

PLAIN = "Delivery takes 2 to 4 days. Orders before 16:00 leave the same day."
WORDS = "Your parcel takes 2 to 4 days; what you order before 16:00 leaves the same day."


async def hangs(talk: Talk) -> None:
    await talk.forever()


async def begins_late(talk: Talk) -> None:
    await talk.head()
    await talk.forever()


async def trickles(talk: Talk) -> None:
    await talk.head()
    for _ in range(1_000_000):
        await talk.token(" ")
        await talk.raw(b": still here\n\n")


async def begins_and_stops(talk: Talk) -> None:
    await talk.head()
    await talk.token(WORDS)
    await talk.forever()


async def fails(talk: Talk) -> None:
    await talk.head("500 Internal Server Error", "application/json")


async def has_too_much_to_do(talk: Talk) -> None:
    await talk.head("429 Too Many Requests", "application/json", "Retry-After: 1\r\n")


async def sends_away(talk: Talk) -> None:
    await talk.head("302 Found", "text/plain", "Location: http://127.0.0.1:1/v1/chat/completions\r\n")


async def is_no_json(talk: Talk) -> None:
    await talk.head()
    await talk.raw(b"data: {broken\n\n")
    await talk.done()


async def is_other_json(talk: Talk) -> None:
    await talk.head()
    await talk.token({"text": WORDS})
    await talk.done()


async def is_enormous(talk: Talk) -> None:
    await talk.head()
    for _ in range(100):
        await talk.raw(b": " + b"x" * 10_000 + b"\n\n")


async def never_ends_a_line(talk: Talk) -> None:
    await talk.head()
    for _ in range(100):
        await talk.raw(b"x" * 10_000)


async def is_a_page(talk: Talk) -> None:
    await talk.head(kind="text/html")
    await talk.raw(b"<h1>Welcome to nginx</h1>")


async def breaks_off(talk: Talk) -> None:
    await talk.head()
    await talk.token(WORDS)


async def is_no_http(talk: Talk) -> None:
    await talk.raw(b"220 mail.example.com ESMTP\r\n")


STRANGE: dict[str, tuple[Behaviour, str]] = {
    "accepts and hangs": (hangs, "slow"),
    "is slow to its first word": (begins_late, "slow"),
    "begins and stops": (begins_and_stops, "slow"),
    "trickles nothing": (trickles, "too-much"),
    "fails": (fails, "refused"),
    "has too much to do": (has_too_much_to_do, "refused"),
    "redirects": (sends_away, "refused"),
    "sends broken JSON": (is_no_json, "unreadable"),
    "sends other JSON": (is_other_json, "unreadable"),
    "sends an enormous body": (is_enormous, "too-much"),
    "never ends a line": (never_ends_a_line, "too-much"),
    "sends a web page": (is_a_page, "unreadable"),
    "breaks off": (breaks_off, "unreachable"),
    "speaks no HTTP": (is_no_http, "unreachable"),
    "says nothing": (says(""), "empty"),
    "says blanks": (says("  ", "\n"), "empty"),
    "cites nothing": (says(WORDS), "cites-nothing"),
    "cites what it was not given": (says(f"{WORDS} [A1] [A7]"), "cites-unknown"),
    "invents a number": (says("Delivery takes 2 to 5 days, the same day before 16:00. [A1]"), "invents"),
    "invents a unit": (says("Delivery takes 2 to 4 hours, the same day before 16:00. [A1]"), "invents"),
    "invents a promise": (says("Delivery is free and takes 2 to 4 days. [A1]"), "invents"),
    "invents a link": (says(f"{WORDS} See https://evil.example/x. [A1]"), "invents"),
    "invents a phone": (says(f"{WORDS} Call 13800138000. [A1]"), "invents"),
    "sends a script": (says(f"<img src=x onerror=alert(1)>{WORDS} [A1]"), "not-plain"),
    "sends Markdown": (says(f"[{WORDS}](javascript:alert(1)) [A1]"), "not-plain"),
    "turns it around": (says("Delivery never takes 2 to 4 days. [A1]"), "reverses"),
    "talks without end": (says(*["Delivery takes 2 to 4 days. [A1] "] * 300), "too-much"),
    "says something unlawful": (says("全网最好的快递，2 to 4 days，全国第一品牌 [A1]"), "unlawful"),
}
