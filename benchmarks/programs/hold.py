"""How long the first call holds a running loop in one piece: `server side`. A ticker of 2 ms sees it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.programs.common import arguments, tell

TICK = 0.002


async def httpx_get(server: str) -> None:
    import httpx

    async with httpx.AsyncClient(base_url=server) as client:
        await client.get("/session/info/s")


async def wyseos_get(server: str) -> None:
    from wyseos.mate import AsyncClient

    async with AsyncClient(base_url=server, api_key="k") as client:
        await client.session.get_info("s")


async def wyseos_task(server: str) -> None:
    from wyseos.mate import AsyncClient

    async with AsyncClient(base_url=server, api_key="k") as client:
        await client.run("text-300-10")


async def wyseos_bare_get(server: str) -> None:
    from wyseos.mate import AsyncClient

    client = AsyncClient(base_url=server, api_key="k")
    await client.session.get_info("s")
    await client.aclose()


async def wyseos_bare_task(server: str) -> None:
    from wyseos.mate import AsyncClient

    client = AsyncClient(base_url=server, api_key="k")
    async with client.start("text-300-10") as task:
        await task.result()
    await client.aclose()


async def openai_get(server: str) -> None:
    from openai import AsyncOpenAI

    async with AsyncOpenAI(base_url=f"{server}/openai", api_key="k") as client:
        await client.models.retrieve("m")


async def anthropic_get(server: str) -> None:
    from anthropic import AsyncAnthropic

    async with AsyncAnthropic(base_url=server, api_key="k") as client:
        await client.models.retrieve("m")


# What a program has imported before its loop runs, as its first lines say.
IMPORTS = {
    "httpx": ("httpx", httpx_get),
    "wyseos GET": ("wyseos.mate.client", wyseos_get),
    "wyseos task": ("wyseos.mate.client", wyseos_task),
    "wyseos bare GET": ("wyseos.mate.client", wyseos_bare_get),
    "wyseos bare task": ("wyseos.mate.client", wyseos_bare_task),
    "openai": ("openai", openai_get),
    "anthropic": ("anthropic", anthropic_get),
}


async def main(work: Callable[[str], Awaitable[Any]], server: str) -> float:
    """Return the longest hold in microseconds, beyond the tick itself."""
    longest, over = 0.0, False

    async def tick() -> None:
        nonlocal longest
        while not over:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            longest = max(longest, time.perf_counter() - began - TICK)

    ticker = asyncio.create_task(tick())
    await asyncio.sleep(5 * TICK)
    longest = 0.0
    await work(server)
    over = True
    await ticker
    return longest * 1e6


if __name__ == "__main__":
    server, side = arguments()
    module, work = IMPORTS[side]
    __import__(module)
    tell(wall=asyncio.run(main(work, server)))
