"""A server on asyncio: one client for all requests, loaded before the first of them; here two that come at a time."""

import asyncio
from asyncio import StreamReader, StreamWriter

from wyseos.mate import AsyncClient

QUESTIONS = ("Compare solar ovens", "Compare solar pumps")


async def ask(port: int, question: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(question.encode() + b"\n")
    answer = (await reader.read()).decode()
    writer.close()
    return answer


async def main() -> None:
    async with AsyncClient() as client:

        async def answer(reader: StreamReader, writer: StreamWriter) -> None:
            question = (await reader.readline()).decode().strip()
            result = await client.run(question)
            writer.write((result.final_answer or "").encode())
            writer.close()

        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            for text in await asyncio.gather(*(ask(port, question) for question in QUESTIONS)):
                print(text.splitlines()[0])


asyncio.run(main())
