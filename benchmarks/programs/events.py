"""Events of one task, through to the user's loop: `server side kind size count`."""

from __future__ import annotations

import asyncio
from typing import Any

from benchmarks.programs.common import Clock, arguments, memory, tell


class Counter:
    """Takes the time from the first event to the last, and the memory between the tenth part and the last."""

    def __init__(self, count: int) -> None:
        self.count, self.seen = count, 0
        self.figures: dict[str, float] = {}

    def event(self, _: Any = None) -> None:
        """Note an event."""
        if self.seen == 0:
            self.clock = Clock()
        if self.seen == self.count // 10:
            self.early = memory()
        self.seen += 1
        if self.seen == self.count:
            self.figures = self.clock.told(self.count - 1)
            self.figures["memory"] = memory() - self.early
            self.figures["rate"] = 1e6 / self.figures["wall"]


async def bare(server: str, session: str, counter: Counter) -> None:
    import orjson
    from websockets.asyncio.client import connect

    address = server.replace("http", "ws") + f"/session/ws/{session}"
    async with connect(address, compression=None, max_size=None, ping_interval=None) as line:
        await line.send("go")
        for _ in range(counter.count):
            orjson.loads(await line.recv())
            counter.event()


async def awaited(server: str, session: str, counter: Counter) -> None:
    from wyseos.mate import AsyncClient

    async with AsyncClient(base_url=server, api_key="k") as client, client.start(session) as task:
        async for _ in task:
            counter.event()


async def awaited_handlers(server: str, session: str, counter: Counter) -> None:
    from wyseos.mate import AsyncClient

    async with AsyncClient(base_url=server, api_key="k") as client:
        await client.run(session, on_event=counter.event)


def blocking(server: str, session: str, counter: Counter) -> None:
    from wyseos.mate import Client

    with Client(base_url=server, api_key="k") as client, client.start(session) as task:
        for _ in task:
            counter.event()


def blocking_handlers(server: str, session: str, counter: Counter) -> None:
    from wyseos.mate import Client

    with Client(base_url=server, api_key="k") as client:
        client.run(session, on_event=counter.event)


SIDES = {
    "bare": bare,
    "async": awaited,
    "async handlers": awaited_handlers,
    "sync": blocking,
    "sync handlers": blocking_handlers,
}

if __name__ == "__main__":
    server, side, kind, size, count = arguments()
    counter = Counter(int(count))
    work = SIDES[side](server, f"{kind}-{size}-{count}", counter)
    if work is not None:
        asyncio.run(work)
    tell(**counter.figures)
