"""Many tasks at once, in one process and one thread. See docs/asyncio.md."""

import asyncio

from wyseos.mate import AsyncClient
from wyseos.mate.task_runner import TaskResult

TOPICS = ("lanterns", "stoves", "pumps", "fridges")


async def main() -> None:
    async with AsyncClient() as client:
        results: list[TaskResult] = await asyncio.gather(*(client.run(f"Compare solar {topic}") for topic in TOPICS))
        for topic, result in zip(TOPICS, results, strict=True):
            print(f"{topic}: {result.success}, {result.message_count} messages")

        async with client.start("Compare solar ovens") as task:
            async for event in task:
                print(event.type)


asyncio.run(main())
