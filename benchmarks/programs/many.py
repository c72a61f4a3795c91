"""Many tasks at once on one loop: `server side work tasks`. The work is `play` (50 events each) or `wait` (memory)."""

from __future__ import annotations

import asyncio
import gc
import resource
from typing import Any

from benchmarks.programs.common import Clock, arguments, memory, tell

EVENTS = 50
AT_A_TIME = 50
"""As many connections are opened at a time, as a program would that minds its service."""


async def bare_open(server: str, session: str) -> Any:
    from websockets.asyncio.client import connect

    address = server.replace("http", "ws") + f"/session/ws/{session}"
    line = await connect(address, compression=None, max_size=None, ping_interval=None)
    await line.send("go")
    return line


async def bare(server: str, work: str, tasks: int) -> dict[str, float]:
    import httpx
    import orjson

    places = asyncio.Semaphore(AT_A_TIME)
    session = f"text-300-{EVENTS}" if work == "play" else "wait"

    async def opened(rest: httpx.AsyncClient) -> Any:
        async with places:
            (await rest.post("/session/create", json={"task": session})).json()
            return await bare_open(server, session)

    async def one(rest: httpx.AsyncClient) -> Any:
        line = await opened(rest)
        for _ in range(EVENTS + 2 if work == "play" else 1):
            orjson.loads(await line.recv())
        if work == "play":
            await line.close()
        return line

    async with httpx.AsyncClient(base_url=server) as rest:
        return await measured(lambda: one(rest), work, tasks, lambda line: line.close())


async def wyseos(server: str, work: str, tasks: int) -> dict[str, float]:
    from wyseos.mate import AsyncClient

    places = asyncio.Semaphore(AT_A_TIME)
    async with AsyncClient(base_url=server, api_key="k") as client:

        async def one() -> Any:
            async with places:
                task = await client.start(f"text-300-{EVENTS}" if work == "play" else "wait")
            if work == "wait":
                await anext(aiter(task))
                return task
            async with task:
                async for _ in task:
                    pass
            return task

        return await measured(one, work, tasks, lambda task: task.aclose())


async def measured(one: Any, work: str, tasks: int, close: Any) -> dict[str, float]:
    """Do it a few times unmeasured, then so many times at once."""
    warm = await asyncio.gather(*(one() for _ in range(10)))
    gc.collect()
    before, clock = memory(), Clock()
    done = await asyncio.gather(*(one() for _ in range(tasks)))
    figures = clock.told(tasks)
    gc.collect()
    figures |= {"memory": (memory() - before) / tasks, "rate": EVENTS * 1e6 / figures["wall"]}
    if work == "wait":
        await asyncio.gather(*(close(each) for each in [*warm, *done]))
    return figures


if __name__ == "__main__":
    server, side, work, tasks = arguments()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    tell(**asyncio.run({"bare": bare, "wyseos": wyseos}[side](server, work, int(tasks))))
