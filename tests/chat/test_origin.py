import pytest

from chat.consumers.origin import allowed, header, own_origin, parsed

OWN = ("https", "chat.example.com", 443)


@pytest.mark.parametrize(
    ("origin", "welcome"),
    [
        ("https://chat.example.com", True),
        ("https://chat.example.com:443", True),
        ("HTTPS://CHAT.EXAMPLE.COM", True),
        ("https://shop.example.com", True),
        ("http://localhost:8080", True),
        ("http://chat.example.com", False),  # another scheme
        ("https://chat.example.com:8443", False),  # another port
        ("https://chat.example.com.evil.test", False),
        ("https://evil.test", False),
        ("https://chat.example.com@evil.test", False),
        ("https://evil.test/https://chat.example.com", False),
        ("https://chat.example.com/", False),  # an origin has no path
        ("http://localhost", False),
        ("", False),
        ("null", False),
        ("http://[", False),
        ("http://[::1", False),
        ("https://chat.example.com:notaport", False),
        ("https://chat.example.com:99999", False),
        ("file:///etc/passwd", False),
        ("://", False),
        ("*", False),
    ],
)
def test_only_our_own_and_listed_origins_are_welcome(origin: str, welcome: bool) -> None:
    others = ["https://shop.example.com", "http://localhost:8080", "*", "", "http://["]

    assert allowed(origin, own=OWN, others=others) is welcome


def test_our_own_origin_is_the_host_that_we_answer_for() -> None:
    scope = {"scheme": "ws", "headers": [(b"host", b"localhost:8000")]}

    assert own_origin(scope) == ("http", "localhost", 8000)


@pytest.mark.parametrize("host", [b"evil.test", b"", b"localhost:80:80", b"http://[", b"127.0.0.1.evil.test"])
def test_a_host_that_is_not_ours_has_no_origin(host: bytes) -> None:
    assert own_origin({"scheme": "ws", "headers": [(b"host", host)]}) is None


def test_a_missing_own_origin_welcomes_nobody() -> None:
    assert not allowed("https://chat.example.com", own=None)
    assert parsed("") is None


def test_a_header_given_twice_counts_as_missing() -> None:
    assert header({"headers": [(b"origin", b"a"), (b"origin", b"b")]}, b"origin") == ""
