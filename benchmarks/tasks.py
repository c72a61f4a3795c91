"""What tasks cost: `python benchmarks/tasks.py`. Each figure beside the bound that it is held against.

The server is a bare one, or the emulator, in a process of its own; CPU time is that of the client's process. Both
sides of a comparison run in turns, and the best of several rounds of each counts.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from websockets.asyncio.client import connect

from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.tasks.async_task import begin_async
from wyseos.mate.tasks.launch import Order, make_async_task
from wyseos.mate.tasks.protocol.liveness import Liveness

ROUNDS = 5
TEXTS, TEXT_SIZE = 20_000, 300
SHOTS, SHOT_SIZE = 300, 200_000
MANY, IN_A_ROW = 1000, 500

# Answers whatever it is sent with `count` messages of `size` bytes each.
BARE_SERVER = """
import asyncio, json, sys
from websockets.asyncio.server import serve
size, count = map(int, sys.argv[1:])
base = {"type": "text", "message_id": "", "source": "writer", "source_component": "wyse_agent",
        "source_type": "agent", "created_at": "2025-06-01T08:00:05Z", "session_round": 1, "content": ""}
if size > 10_000:
    base |= {"type": "rich", "message": {"type": "browser", "data": {"action": "click", "url": "x", "screenshot": ""}}}
def message(number):
    told = base | {"message_id": f"msg_{number:08d}"}
    filling = "x" * (size - len(json.dumps(told)))
    if size > 10_000:
        told["message"]["data"]["screenshot"] = filling
    else:
        told["content"] = filling
    return json.dumps(told)
messages = [message(number) for number in range(count)]
async def handler(line):
    async for _ in line:
        for message in messages:
            await line.send(message)
async def main():
    async with serve(handler, "127.0.0.1", 0, compression=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Future()
asyncio.run(main())
"""


def row(name: str, measured: str, bound: str) -> None:
    """Prints one figure."""
    print(f"{name:58} {measured:>22}   {bound}")


@contextmanager
def bare_server(size: int, count: int) -> Iterator[int]:
    """Runs the bare server and gives its port."""
    arguments = [sys.executable, "-c", BARE_SERVER, str(size), str(count)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


async def bare_cost(port: int, count: int, loads: Callable[[Any], Any]) -> float:
    """CPU microseconds a message of `recv` and a JSON decoder."""
    async with connect(f"ws://127.0.0.1:{port}/", compression=None, max_size=None) as line:
        await line.send("go")
        began = time.process_time()
        for _ in range(count):
            loads(await line.recv())
        return (time.process_time() - began) / count * 1e6


async def task_cost(port: int, count: int) -> float:
    """CPU microseconds a message of a task: received, decoded, ordered, run through the machine, recorded."""
    async with AsyncClient(base_url=f"http://127.0.0.1:{port}", api_key="key") as client:
        order = Order("Measure")
        task = make_async_task(client, order.setup("measured"))
        engine, over = task._engine, asyncio.Event()
        seen, first, began = 0, 0, 0.0
        engine.inbox.discard()
        put = engine.put

        def counted(items: Any, size: int) -> None:
            nonlocal seen, first, began
            put(items, size)
            seen += len(items)
            if first == 0:  # the connection is open by now: opening it is no cost of a message, here or for bare `recv`
                first, began = seen, time.process_time()
            if seen >= count:
                over.set()

        engine.put = counted  # type: ignore[method-assign]  # the place where a message has gone all the way
        begin_async(task, order.start())
        await over.wait()
        cost = (time.process_time() - began) / (seen - first) * 1e6
        await task.aclose()
        return cost


def compare(size: int, count: int, decoders: dict[str, Callable[[Any], Any]]) -> tuple[dict[str, float], float]:
    """The best cost of each bare decoder, and of a task."""
    bare: dict[str, list[float]] = {name: [] for name in decoders}
    ours: list[float] = []
    with bare_server(size, count) as port:
        for _ in range(ROUNDS):
            for name, loads in decoders.items():
                bare[name].append(asyncio.run(bare_cost(port, count, loads)))
            ours.append(asyncio.run(task_cost(port, count)))
    return {name: min(costs) for name, costs in bare.items()}, min(ours)


def costs() -> None:
    """A text event, and a screenshot."""
    bare, ours = compare(TEXT_SIZE, TEXTS, {"json": json.loads, "orjson": orjson.loads})
    ratio = f"{ours:.1f} µs, {ours / bare['json']:.2f} ×"
    row(f"CPU a text event of {TEXT_SIZE} bytes (recv + json: {bare['json']:.1f} µs)", ratio, "at most 1.5 ×")
    bare, ours = compare(SHOT_SIZE, SHOTS, {"json": json.loads, "orjson": orjson.loads})
    fastest = min(bare.values())
    ratio = f"{ours:.0f} µs, {ours / fastest:.2f} ×"
    row(f"CPU a screenshot of {SHOT_SIZE // 1000} KB (recv + orjson: {fastest:.0f} µs)", ratio, "at most 1.1 ×")


def usual_task() -> None:
    """A usual task on the emulator, beyond what the emulator itself waits, and its end."""
    with Emulator(speed=1) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        client.run("Warm up")
        beyond, ends = [], []
        for _ in range(ROUNDS):
            last = [0.0]

            def on_event(_: Any, last: list[float] = last) -> None:
                last[0] = time.perf_counter()

            began = time.perf_counter()
            result = client.run("Measure", on_event=on_event)
            ended = time.perf_counter()
            beyond.append((ended - began - emulator.waited(result.session_id)) * 1e3)
            ends.append((ended - last[0]) * 1e3)
    row("a usual task, beyond what the emulator waits", f"{min(beyond):.0f} ms", "at most 50 ms")
    row("from the last frame to the return", f"{min(ends):.1f} ms", "at most 5 ms")


def memory() -> int:
    """Resident bytes of this process."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


SERVER = """
import sys
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.scenario.scenario import parse_scenario
steps = [{"text": "Hello"}, {"wait": 3600}] if sys.argv[1] == "wait" else [{"text": "Hello"}, {"result": "Done"}]
steps.append({"suggest": [{"content": "More", "display_type": "text"}]})
with Emulator(scenario=parse_scenario({"steps": steps}), speed=1) as emulator:
    print(emulator.base_url, emulator.api_key, flush=True)
    sys.stdin.read()
"""


@contextmanager
def emulator_process(kind: str) -> Iterator[dict[str, Any]]:
    """Runs an emulator in a process of its own, and gives the settings of a client."""
    arguments = [sys.executable, "-c", SERVER, kind]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        base_url, api_key = process.stdout.readline().split()
        try:
            yield {"base_url": base_url, "api_key": api_key}
        finally:
            process.kill()


async def many_tasks(settings: dict[str, Any]) -> float:
    """KB a task while a thousand of them wait on one loop."""
    async with AsyncClient(**settings) as client:
        await asyncio.gather(*(started(client) for _ in range(20)))
        gc.collect()
        before = memory()
        tasks = await asyncio.gather(*(started(client) for _ in range(MANY)))
        gc.collect()
        cost = (memory() - before) / MANY / 1024
        await asyncio.gather(*(task.aclose() for task in tasks))
        return cost


LIMIT = asyncio.Semaphore(50)


async def started(client: AsyncClient) -> Any:
    """A task that has had its first event."""
    async with LIMIT:
        task = await client.start("Wait")
        await anext(aiter(task))
        return task


def at_once() -> None:
    """Many tasks at once, on one thread."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 3 * MANY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(3 * MANY, hard), hard))
    with emulator_process("wait") as settings:
        cost = asyncio.run(many_tasks(settings))
    row(f"memory a task, {MANY} at once", f"{cost:.0f} KB", "at most 150 KB")


def in_a_row() -> None:
    """Many tasks one after another: nothing may be left behind."""
    with emulator_process("end") as settings, Client(**settings) as client:
        for _ in range(50):
            client.run("Warm up")
        gc.collect()
        before = memory(), threading.active_count(), len(os.listdir("/proc/self/fd"))
        for _ in range(IN_A_ROW):
            client.run("Measure")
        gc.collect()
        after = memory(), threading.active_count(), len(os.listdir("/proc/self/fd"))
    grown = [now - then for now, then in zip(after, before, strict=True)]
    measured = f"{grown[0] / 2**20:+.1f} MB, {grown[1]:+} threads, {grown[2]:+} fds"
    row(f"{IN_A_ROW} tasks one after another", measured, "at most 2 MB, 0, 0")


def half_open() -> None:
    """How long a half-open line stays unnoticed by default, at most: silence, a ping, silence."""
    liveness = Liveness(interval=30.0, now=0.0)
    asked = liveness.deadline
    liveness.ping_sent(asked)
    row("a half-open connection is noticed after", f"{liveness.deadline:.0f} s", "at most 25 s")


def main() -> None:
    """Prints all figures."""
    for figure in (costs, usual_task, at_once, in_a_row, half_open):
        figure()


if __name__ == "__main__":
    main()
