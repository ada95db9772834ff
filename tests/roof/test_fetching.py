"""The only room that calls out: which addresses it may call, in whatever form they are written."""

import asyncio
import socket
import threading
from typing import Any

import pytest

from cscore.common import fetching

INSIDE = (
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::1", "2001:db8::1", "no address",
)  # fmt: skip
OUTSIDE = ("8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_is_not_public_however_it_is_dressed(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert fetching.is_public(address)


async def called(url: str, *, private: bool = False) -> None:
    async with fetching.post(url, content={}, headers={}, private=private, most_bytes=1_000):
        pass


@pytest.fixture
def canary() -> Any:
    """A port of ours that remembers whether anybody knocked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def knocked(listening: socket.socket) -> bool:
    try:
        listening.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0", "127.0.0.1.", "user@127.0.0.1"],
)  # fmt: skip
def test_no_form_of_our_own_address_is_called_without_leave(host: str, canary: socket.socket) -> None:
    port = canary.getsockname()[1]

    for scheme in ("http", "https"):
        with pytest.raises(fetching.Unreachable):
            asyncio.run(called(f"{scheme}://{host}:{port}/v1"))

    assert not knocked(canary)


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "gopher://127.0.0.1:70/", "http://", "//x"]
)
def test_other_schemes_are_not_spoken(url: str) -> None:
    with pytest.raises(fetching.Unreachable):
        asyncio.run(called(url, private=True))


def test_a_name_of_which_one_address_is_inside_is_not_called(
    monkeypatch: pytest.MonkeyPatch, canary: socket.socket
) -> None:
    port = canary.getsockname()[1]
    mixed = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("8.8.8.8", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: mixed)

    with pytest.raises(fetching.Unreachable):
        asyncio.run(called(f"https://two-faced.example:{port}/"))

    assert not knocked(canary)


def test_a_name_is_resolved_once_and_that_very_address_is_called(
    monkeypatch: pytest.MonkeyPatch, canary: socket.socket
) -> None:
    """Between the check and the call the name may change its mind; we do not ask it again."""
    port, asked, closed = canary.getsockname()[1], [], threading.Event()
    resolve = socket.getaddrinfo

    def once(host: Any, *args: Any, **named: Any) -> Any:
        asked.append(host)
        return resolve("127.0.0.1" if host == "changes.example" else host, *args, **named)

    monkeypatch.setattr(socket, "getaddrinfo", once)

    def hang_up() -> None:
        canary.setblocking(True)
        canary.accept()[0].close()
        closed.set()

    threading.Thread(target=hang_up, daemon=True).start()
    with pytest.raises(fetching.Unreachable):
        asyncio.run(called(f"http://changes.example:{port}/", private=True))

    assert closed.wait(5)
    assert asked.count("changes.example") == 1
