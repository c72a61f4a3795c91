"""What the emulator bears: its start, a thousand sessions at once, the pace of one line, the memory of idle sessions.

`python benchmarks/emulator.py`; the emulator runs as a process of its own, the clients in this one.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

SESSIONS = 1000
IDLE = 200
EVENTS = 50_000


@contextmanager
def emulator(*options: str) -> Iterator[tuple[int, str, str]]:
    """The emulator in a process of its own: its process id, address and key."""
    command = [sys.executable, "-m", "wyseos.mate.emulator", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None:
            raise RuntimeError("the emulator says nothing")
        told = "".join(iter(process.stdout.readline, "Ctrl-C stops it.\n"))
        found = dict(re.findall(r"export (\w+)=(\S+)", told))
        try:
            yield process.pid, found["WYSEOS_BASE_URL"], found["WYSEOS_API_KEY"]
        finally:
            process.terminate()
            process.communicate()


async def open_session(client: httpx.AsyncClient, base_url: str, key: str) -> ClientConnection:
    """Create a session and open its connection."""
    created = await client.post("/session/create", json={"task": "Compare three note apps"})
    address = f"{base_url.replace('http', 'ws')}/session/ws/{created.json()['data']['session_id']}?api_key={key}"
    return await connect(address, compression=None, ping_interval=None, max_size=None, proxy=None, open_timeout=60)


async def start(line: ClientConnection) -> None:
    """Hand in the task."""
    task = {"type": "task", "content": "Compare three note apps"}
    await line.send(json.dumps({"type": "start", "data": {"messages": [task]}}))


async def play(client: httpx.AsyncClient, base_url: str, key: str) -> int:
    """Play a default session to its result; return how many events came."""
    line = await open_session(client, base_url, key)
    await start(line)
    count = 0
    async for text in line:
        count += 1
        event = json.loads(text)
        if event["type"] == "input":
            request_id = event["message"]["data"]["request_id"]
            data = {"input_type": "plan", "request_id": request_id, "response": {"accepted": True}}
            await line.send(json.dumps({"type": "input", "data": data}))
        if event["type"] == "task_result":
            break
    await line.close()
    return count


async def thousand(base_url: str, key: str) -> tuple[float, int, int]:
    """Play so many sessions at once: the seconds, the events, and the errors."""
    limits = httpx.Limits(max_connections=20)
    async with httpx.AsyncClient(base_url=base_url, headers={"x-api-key": key}, limits=limits, timeout=60) as client:
        began = time.perf_counter()
        sessions = [play(client, base_url, key) for _ in range(SESSIONS)]
        done = await asyncio.gather(*sessions, return_exceptions=True)
        taken = time.perf_counter() - began
        violations = (await client.get("/_emulator/violations")).json()
    counts = [count for count in done if isinstance(count, int)]
    return taken, sum(counts), SESSIONS - len(counts) + len(violations)


async def pace(base_url: str, key: str) -> float:
    """Events a second on one line."""
    async with httpx.AsyncClient(base_url=base_url, headers={"x-api-key": key}) as client:
        line = await open_session(client, base_url, key)
    async with line:
        await start(line)
        await line.recv()
        began = time.perf_counter()
        for _ in range(EVENTS - 1):
            await line.recv()
        return (EVENTS - 1) / (time.perf_counter() - began)


async def idle(pid: int, base_url: str, key: str) -> float:
    """MB of the emulator with so many open sessions that do nothing."""
    async with httpx.AsyncClient(base_url=base_url, headers={"x-api-key": key}) as client:
        lines = [await open_session(client, base_url, key) for _ in range(IDLE)]
        memory = resident(pid)
        await asyncio.gather(*(line.close() for line in lines))
    return memory


def resident(pid: int) -> float:
    """MB of a process that lie in memory."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else float("nan")


def started() -> float:
    """Milliseconds that the emulator takes to start, after its imports."""
    program = "import time, wyseos.mate.emulator.server.emulator as s; t = time.perf_counter(); s.Emulator(); "
    program += "print(1000 * (time.perf_counter() - t))"
    return min(float(subprocess.check_output([sys.executable, "-c", program], text=True)) for _ in range(5))


def show(what: str, measured: str, wanted: str) -> None:
    """Print one row."""
    print(f"{what:44} {measured:>34}   wanted: {wanted}")


def main() -> None:
    """Measure and print."""
    show("start after imports", f"{started():.0f} ms", "at most 300 ms")
    with emulator() as (_, *opened):
        taken, events, errors = asyncio.run(thousand(*opened))
    show(
        f"{SESSIONS} default sessions at once, speed 1", f"{taken:.1f} s, {events} events, {errors} errors", "no error"
    )
    with tempfile.TemporaryDirectory() as folder:
        scenario: dict[str, Any] = {"steps": [{"repeat": EVENTS, "steps": [{"text": "Message {n} on {topic}"}]}]}
        path = Path(folder) / "pace.yaml"
        path.write_text(json.dumps(scenario), "utf-8")
        with emulator("--speed", "0", "--scenario", str(path)) as (_, *opened):
            rate = asyncio.run(pace(*opened))
    show("events on one line", f"{rate:,.0f} a second", "5,000 a second")
    if os.path.exists("/proc/self/status"):
        with emulator() as (pid, *opened):
            show(f"memory with {IDLE} idle sessions", f"{asyncio.run(idle(pid, *opened)):.0f} MB", "at most 60 MB")


if __name__ == "__main__":
    main()
