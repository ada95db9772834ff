"""The product's sockets on a real port of this process, so that a test can look inside while it talks."""

import json
import threading
import time
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import uvicorn
from django.utils.module_loading import import_string
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

# The end of a wait for what never comes; what comes is not waited for so long, however busy the machine.
WITHIN_S = 60.0
Frame = dict[str, Any]


@contextmanager
def served() -> Iterator[int]:
    """A uvicorn with the product's own websocket settings; yields its port."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the folder of static files is missing in a fresh checkout
        application = import_string("cscore.asgi.application")
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=0,
        ws="websockets-sansio",
        ws_max_size=65_536,
        ws_per_message_deflate=False,
        lifespan="off",
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + WITHIN_S
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.005)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(WITHIN_S)


class Page:
    """A browser page with one socket: writes frames, reads until the one it waits for."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.seen: list[Frame] = []

    @classmethod
    @contextmanager
    def open(cls, port: int, path: str, *, origin: str | None = None, cookie: str = "") -> Iterator[Self]:
        headers = {"Cookie": cookie} if cookie else {}
        origin = f"http://127.0.0.1:{port}" if origin is None else origin
        address = f"ws://127.0.0.1:{port}{path}"
        with connect(address, origin=origin or None, additional_headers=headers, compression=None) as socket:
            yield cls(socket)

    def write(self, **frame: Any) -> None:
        self.socket.send(json.dumps(frame))

    def read(self, within_s: float = WITHIN_S) -> Frame:
        frame = json.loads(self.socket.recv(timeout=within_s))
        self.seen.append(frame)
        return frame

    def wait(self, type_: str, **fields: Any) -> Frame:
        """The next frame of this type whose fields are these; fails when it does not come in time."""
        deadline = time.monotonic() + WITHIN_S
        while True:
            frame = self.read(max(deadline - time.monotonic(), 0.01))
            if frame["type"] == type_ and all(frame.get(key) == value for key, value in fields.items()):
                return frame

    def hello(self, **fields: Any) -> Frame:
        defaults = {"token": None, "identity": None, "since": 0, "locale": "en"}
        self.write(type="hello", **defaults | fields)
        return self.wait("welcome")

    def say(self, body: str, **fields: Any) -> Frame:
        """Sends a message and returns its ack."""
        client_id = str(fields.pop("client_id", uuid.uuid4()))
        self.write(type="send", client_id=client_id, body=body, **fields)
        return self.wait("ack", client_id=client_id)

    def close_code(self) -> int:
        """The code with which the server closes, after whatever it still sends."""
        try:
            while True:
                self.read()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def everything(self, type_: str) -> list[Frame]:
        return [frame for frame in self.seen if frame["type"] == type_]
