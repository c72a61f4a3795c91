"""What a batch costs beside its tasks, how long taking it up again takes, and how many items a second come through.

`python benchmarks/batches.py` measures the bookkeeping, with a service that answers at once and costs nothing;
`--emulator 1000` runs so many items on the emulator, all at once, on one thread; with `--at-once 200` so
many at once, and tells the memory on the way; `--dask 400` compares two workers.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from wyseos.mate import AsyncClient, Client
from wyseos.mate.batch import coordinator
from wyseos.mate.batch.states import ItemEvent
from wyseos.mate.batch.work import Job, Report, Terms
from wyseos.mate.models import CreateSessionResponse
from wyseos.mate.services.session import AsyncSessionService
from wyseos.mate.tasks.result import TaskResult
from wyseos.runtime.codec import dumps

_Tasks: TypeAlias = tuple[str, float]
"""A scenario of the emulator, and its speed; 0 loses no time."""
RESULT = dumps(TaskResult(success=True, final_answer="An answer of some length. " * 40).to_dict())


async def _create(self: Any, request: Any) -> CreateSessionResponse:
    return CreateSessionResponse(session_id=f"session_{os.urandom(6).hex()}")


async def _work(rest: Any, jobs: tuple[Job, ...], terms: Terms) -> list[Report]:
    await asyncio.sleep(0)
    return [Report(job.number, ItemEvent.FINISHED, RESULT) for job in jobs]


def bookkeeping(items: int, folder: Path) -> None:
    """Print the CPU of an item, the memory that a batch adds, and the time to take a finished one up again."""
    # A service and tasks that cost nothing: what is left is the batch's own.
    setattr(AsyncSessionService, "create", _create)  # noqa: B010
    setattr(coordinator, "work_on_all", _work)  # noqa: B010
    source = folder / "tasks.txt"
    source.write_text("".join(f"Find {number} trends\n" for number in range(items)), "utf-8")

    async def run() -> int:
        async with AsyncClient(base_url="http://127.0.0.1:9", api_key="none") as client:
            return sum([1 async for _ in client.batch(source, concurrency=200)])

    for count in ("first", "again"):
        memory, cpu, clock = _memory(), time.process_time(), time.perf_counter()
        done = asyncio.run(run())
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        print(
            f"{count}: {done} of {items} items, {1000 * cpu / items:.2f} ms of CPU an item, {clock:.2f} s,"
            f" {_memory() - memory:.0f} MiB more at the peak"
        )


def _memory() -> float:
    """MiB at the peak."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _memory_now() -> float:
    """MiB that lie in memory; the peak where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        return _memory()


@contextmanager
def _emulator(scenario: str = "short", speed: float = 0) -> Iterator[tuple[str, str]]:
    """The emulator in a process of its own, so that its CPU is not counted here."""
    program = (
        "from wyseos.mate.emulator import Emulator\n"
        f"with Emulator({scenario!r}, speed={speed}) as emulator:\n"
        "    print(emulator.base_url, emulator.api_key, flush=True)\n"
        "    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        base_url, api_key = served.stdout.readline().split()
        try:
            yield base_url, api_key
        finally:
            served.communicate("\n")


def on_the_emulator(
    items: int, folder: Path, concurrency: int, executor: Any = None, name: str = "here", tasks: _Tasks = ("short", 0)
) -> float:
    """Run items on the emulator and return how many came through a second."""
    with _emulator(*tasks) as (base_url, api_key), Client(base_url=base_url, api_key=api_key) as client:
        cpu, clock = time.process_time(), time.perf_counter()
        batch = client.batch(
            [f"Find {number} trends" for number in range(items)],
            folder / f"{name}.journal",
            concurrency=concurrency,
            executor=executor,
            credentials="settings",
        )
        done = 0
        for number, outcome in enumerate(batch, 1):
            done += outcome.success
            if executor is None and number * 10 in (items, items * 5, items * 10):
                print(f"{name}: {number} items: {_memory_now():.0f} MiB", flush=True)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    rate = items / clock
    print(
        f"{name}: {done} of {items}, {concurrency} at once: {rate:.1f} items a second,"
        f" {1000 * cpu / items:.1f} ms of CPU an item in this process, {_memory():.0f} MiB at the peak"
    )
    return rate


def on_dask(items: int, folder: Path, concurrency: int, rounds: int, tasks: _Tasks) -> None:
    """Compare two Dask workers with this process, in turn, and print the median of the ratios."""
    from importlib import import_module

    distributed = import_module("distributed")
    ratios = []
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        cluster.get_client() as scheduler,
    ):
        executor = scheduler.get_executor()
        for warm in [executor.submit(__import__, "wyseos.mate.batch.slices") for _ in range(4)]:
            warm.result()
        for number in range(rounds):
            here = on_the_emulator(items, folder, concurrency, None, f"here {number}", tasks)
            there = on_the_emulator(items, folder, concurrency, executor, f"dask {number}", tasks)
            ratios.append(there / here)
            print(f"dask: {ratios[-1]:.2f} × here", flush=True)
    print(f"median of {rounds}: {statistics.median(ratios):.2f} × here")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--emulator", type=int, metavar="ITEMS")
    parser.add_argument("--at-once", type=int, metavar="ITEMS", help="how many of them at once; all")
    parser.add_argument("--dask", type=int, metavar="ITEMS")
    parser.add_argument("--rounds", type=int, default=3, help="of --dask")
    parser.add_argument("--speed", type=float, help="of --dask: tasks that take their time, 1 some four seconds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.dask:
            tasks = ("short", 0) if given.speed is None else ("default", given.speed)
            on_dask(given.dask, Path(folder), given.at_once or 64, given.rounds, tasks)
        elif given.emulator:
            on_the_emulator(given.emulator, Path(folder), given.at_once or given.emulator)
        else:
            bookkeeping(given.items, Path(folder))


if __name__ == "__main__":
    main()
