"""The one room from which this server calls another: checked addresses, no redirects, an end to every answer.

The name is resolved once and the very address that was checked is called, so that a name which changes its mind between
the two leads nowhere.
"""

import asyncio
import ipaddress
import json
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import httpx  # noqa: TID251 - the one place that may

PORTS = {"http": 80, "https": 443}
CHUNK = 4_096
SILENT_S = 60.0


class Unreachable(Exception):  # noqa: N818 - says where the call ended, for callers to catch
    """The address may not be called, or nobody answers there."""


class TooMuch(Exception):  # noqa: N818
    """The answer was longer than the caller reads."""


class Answer:
    """An answer whose body is still to come."""

    def __init__(self, response: httpx.Response, most_bytes: int) -> None:
        self._response, self._most = response, most_bytes
        self.status = response.status_code
        self.content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def lines(self) -> AsyncIterator[str]:
        """The body line by line as it arrives. Raises TooMuch, and Unreachable when it breaks off."""
        read, rest = 0, b""
        try:
            async for piece in self._response.aiter_raw(CHUNK):
                read += len(piece)
                if read > self._most:
                    raise TooMuch
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    yield line.decode("utf-8", "replace").rstrip("\r")
        except httpx.HTTPError as broken:
            raise Unreachable from broken
        if rest:
            yield rest.decode("utf-8", "replace").rstrip("\r")


@asynccontextmanager
async def post(
    url: str, *, content: Any, headers: Mapping[str, str], private: bool, most_bytes: int
) -> AsyncIterator[Answer]:
    """Sends JSON and gives the answer while it comes. Raises Unreachable.

    With `private` the address may be inside the operator's own network. Redirects are answers like others; proxies and
    netrc of the environment are not used. The caller sets the time limit around it.
    """
    target = _parsed(url)
    address = await _checked_address(target, private=private)
    # Compressed answers would be longer than they say.
    sent = {**headers, "Host": target.netloc.decode("ascii"), "Accept-Encoding": "identity"}
    transport = httpx.AsyncHTTPTransport(verify=await _trust(target.scheme), retries=0)
    # The caller's limit holds for everything together; this one is for a line that is dead.
    limit = httpx.Timeout(SILENT_S)
    async with httpx.AsyncClient(
        transport=transport, trust_env=False, follow_redirects=False, timeout=limit
    ) as client:
        request = client.build_request(
            "POST",
            target.copy_with(host=address),
            content=json.dumps(content, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json", **sent},
            extensions={"sni_hostname": target.host},
        )
        try:
            response = await client.send(request, stream=True)
        except httpx.HTTPError as broken:
            raise Unreachable from broken
        try:
            yield Answer(response, most_bytes)
        finally:
            await response.aclose()


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as strange:
        raise Unreachable from strange


async def _checked_address(url: httpx.URL, *, private: bool) -> str:
    if url.scheme not in PORTS or not url.host:
        raise Unreachable
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(
            url.host, url.port or PORTS[url.scheme], type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )
    except (OSError, UnicodeError) as unknown:
        raise Unreachable from unknown
    addresses = [str(place[4][0]) for place in found]
    # One inside address among several is enough to be led astray.
    if not addresses or not (private or all(map(is_public, addresses))):
        raise Unreachable
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether the address is one of the whole Internet's, also where it hides an IPv4 address inside."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        teredo = found.teredo
        inside = [found.ipv4_mapped, found.sixtofour, *(teredo or ())]
        if int(found) >> 32 in {0x0064FF9B << 64, 0}:
            inside.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if not all(is_public(str(one)) for one in inside if one is not None):
            return False
    return found.is_global and not found.is_multicast


async def _trust(scheme: str) -> ssl.SSLContext:
    """Reading the list of authorities takes a while the first time: not on the event loop, and only when needed."""
    return await asyncio.to_thread(_context) if scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@cache
def _context() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
