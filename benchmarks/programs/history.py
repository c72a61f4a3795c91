"""What was missed, read by REST: `server side count`. A bare program asks for pages of 100 and reads their JSON."""

from __future__ import annotations

import asyncio

from benchmarks.programs.common import Clock, arguments, tell


async def bare(server: str, count: int) -> int:
    import httpx
    import orjson

    async with httpx.AsyncClient(base_url=server) as client:
        read = number = 0
        while read < count:
            number += 1
            query: dict[str, str | int] = {
                "session_id": f"text-300-{count}",
                "page_num": number,
                "page_size": 100,
                "sort_order": "DESC",
            }
            answer = await client.get("/session/message/lists", params=query)
            read += len(orjson.loads(answer.content)["data"]["data"])
        return read


async def wyseos(server: str, count: int) -> int:
    from wyseos.mate import AsyncClient

    async with AsyncClient(base_url=server, api_key="k") as client, client.attach(f"text-300-{count}") as task:
        return sum([1 async for _ in task])


if __name__ == "__main__":
    server, side, count = arguments()
    work = {"bare": bare, "wyseos": wyseos}[side]
    asyncio.run(work(server, 100))  # what is loaded and made once
    clock = Clock()
    read = asyncio.run(work(server, int(count)))
    figures = clock.told(read)
    tell(**figures, rate=1e6 / figures["wall"])
