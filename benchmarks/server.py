"""The service as the benchmarks need it: a process that answers from memory, so that what is measured is the client.

`python benchmarks/server.py` prints its port. A session is what its name says: `text-300-1000` has a thousand text
events of 300 bytes, `shot-200000-300` has 300 screenshots. Its WebSocket sends them when it is sent anything, each by
itself as agents do, and then a result and a suggestion; its history holds them, newest first. `bulk-300-1000` sends as
many at a time as the network takes. A session `wait` sends one event and no more.
"""

from __future__ import annotations

import asyncio
import base64
import functools
import hashlib
import itertools
import json
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

TIME = "2025-06-01T08:00:05Z"
SAID = {
    "source": "writer",
    "source_component": "wyse_agent",
    "source_type": "agent",
    "created_at": TIME,
    "session_round": 1,
}
MODEL = {"system_model_id": "m", "provider": "p", "model_type": "t", "created_at": TIME}
AGENT = {"agent_id": "a", "user_id": "u", "name": "Writer", "agent_type": "system", "model": MODEL, "created_at": TIME}
TEAM = {"name": "Team", "description": "Does things", "team_type": "system", "agents": [AGENT] * 4, "created_at": TIME}
SHORT = {"name": "Team", "team_type": "system", "created_at": TIME}
FOREIGN = {
    "/openai": {"id": "m", "object": "model", "created": 1, "owned_by": "o"},
    "/v1/models": {"id": "m", "type": "model", "display_name": "M", "created_at": TIME},
    "/v1/customers": {"id": "c", "object": "customer", "created": 1, "livemode": False},
}
"""What other SDKs ask for, and what they are answered."""


def message(kind: str, size: int, number: int) -> bytes:
    """One event of so many bytes."""
    told: dict[str, Any] = {"type": "text", "message_id": f"msg_{number:08d}", **SAID, "content": ""}
    if kind == "shot":
        data = {"action": "click", "url": "x", "screenshot": ""}
        told |= {"type": "rich", "message": {"type": "browser", "data": data}}
    filling = "x" * (size - len(json.dumps(told)))
    if kind == "shot":
        told["message"]["data"]["screenshot"] = filling
    else:
        told["content"] = filling
    return json.dumps(told).encode()


def ending() -> list[bytes]:
    """The result, and what follows it."""
    result = {"type": "task_result", "message_id": "msg_result", **SAID, "content": "Done"}
    more = {"type": "follow_up_suggestion", "data": [{"content": "More", "display_type": "text"}]}
    return [
        json.dumps(each).encode() for each in (result, {"type": "rich", "message_id": "m", **SAID, "message": more})
    ]


@functools.lru_cache(maxsize=4)
def messages(session: str) -> list[bytes]:
    """All messages of a session, the oldest first."""
    kind, size, count = session.split("-")[:3]
    return [*(message(kind, int(size), number) for number in range(int(count))), *ending()]


def framed(payload: bytes) -> bytes:
    """A text frame, as a server sends it."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes([size]) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def stream(session: str) -> Iterator[bytes]:
    """The frames of a session, made as they are sent: a day's events are many."""
    if session.startswith("wait"):
        yield framed(message("text", 300, 0))
        return
    kind, size, count = session.split("-")[:3]
    first = framed(message(kind, int(size), 0))
    head, _, tail = first.partition(b"msg_00000000")
    numbered = (b"%bmsg_%08d%b" % (head, number, tail) for number in range(int(count)))
    if kind == "bulk":
        at_once = max(1, 65536 // len(first))
        while piece := b"".join(itertools.islice(numbered, at_once)):
            yield piece
    yield from numbered
    yield from map(framed, ending())


def envelope(data: bytes) -> bytes:
    return b'{"code": 0, "msg": "success", "data": ' + data + b"}"


def history(query: dict[str, list[str]]) -> bytes:
    """A page of a session's history, the newest first."""
    number, size = int(query["page_num"][0]), int(query["page_size"][0])
    whole = messages(query["session_id"][0])
    newest = len(whole) - (number - 1) * size
    rows = whole[max(0, newest - size) : max(0, newest)][::-1]
    head = f'{{"page_num": {number}, "page_size": {size}, "total": {len(whole)}, "data": ['
    return head.encode() + b", ".join(rows) + b"]}"


def page(query: dict[str, list[str]], total: int) -> bytes:
    """A page of teams; short ones where there are many."""
    number, size = int(query.get("page_num", ["1"])[0]), int(query.get("page_size", ["20"])[0])
    team = TEAM if total == size else SHORT
    rows = [{**team, "team_id": f"t{row}"} for row in range((number - 1) * size, min(total, number * size))]
    told = {"page_num": number, "page_size": size, "total": total, "total_page": -(-total // size), "data": rows}
    return json.dumps(told).encode()


def answer(method: str, target: str, body: bytes) -> bytes:
    """The body of an answer."""
    path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
    for prefix, told in FOREIGN.items():
        if path.startswith(prefix):
            return json.dumps(told).encode()
    if path == "/session/create":
        return envelope(json.dumps({"session_id": json.loads(body)["task"]}).encode())
    if path == "/session/message/lists":
        return envelope(history(query))
    if path.startswith("/session/info/"):
        session = path.rpartition("/")[2]
        told = {"session_id": session, "name": "A", "status": "complete", "created_at": TIME}
        told["task"] = cast("Any", [{"role": "user", "content": "Write"}])
        return envelope(json.dumps(told).encode())
    if path.startswith("/team/"):
        return envelope(page(query, 2000))
    return envelope(json.dumps([{"file_name": "a.txt", "file_url": "u"}]).encode())


class Service(asyncio.Protocol):
    """One connection: HTTP until it becomes a WebSocket."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.session: str | None = None
        self.has_sent = False
        self.sending: asyncio.Task[None] | None = None
        self.may_write = asyncio.Event()
        self.may_write.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer requests; send a session's events at the first frame."""
        self.data += data
        if self.session is not None:
            self.frame()
            return
        while (end := self.data.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.data[:end]).decode("latin-1").split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            whole = end + 4 + int(fields.get("content-length", 0))
            if len(self.data) < whole:
                return
            body = bytes(self.data[end + 4 : whole])
            del self.data[:whole]
            method, target, _ = head[0].split(" ")
            if "sec-websocket-key" in fields:
                self.upgrade(fields["sec-websocket-key"], target)
                return
            told = answer(method, target, body)
            fields_out = f"Content-Type: application/json\r\nContent-Length: {len(told)}"
            self.transport.write(f"HTTP/1.1 200 OK\r\n{fields_out}\r\n\r\n".encode() + told)

    def upgrade(self, key: str, target: str) -> None:
        """Become the WebSocket of a session."""
        self.session = urlsplit(target).path.rpartition("/")[2]
        proof = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode(), usedforsecurity=False).digest()
        accept = base64.b64encode(proof).decode()
        head = f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}"
        self.transport.write(f"HTTP/1.1 101 Switching Protocols\r\n{head}\r\n\r\n".encode())

    def frame(self) -> None:
        """Send all at the first message, and say goodbye to who says it."""
        opcode = self.data[0] & 15
        self.data.clear()
        if opcode == 8:
            self.transport.write(b"\x88\x02\x03\xe8")
            self.transport.close()
        elif not self.has_sent and self.session is not None:
            self.has_sent = True
            self.sending = asyncio.get_running_loop().create_task(self.send(self.session))

    async def send(self, session: str) -> None:
        """Send a session, no faster than its client reads."""
        for piece in stream(session):
            await self.may_write.wait()
            self.transport.write(piece)
            await asyncio.sleep(0)

    def pause_writing(self) -> None:
        """The client is behind."""
        self.may_write.clear()

    def resume_writing(self) -> None:
        """The client has caught up."""
        self.may_write.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        if self.sending is not None:
            self.sending.cancel()


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(Service, "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
