"""Kills a batch's process, or one of its workers, at random moments, and counts at the service what was started.

`python -m tests.support.killing --rounds 200` is the long form of the test.
"""

from __future__ import annotations

import argparse
import faulthandler
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wyseos.mate.emulator import Emulator

ITEMS = 10
_CONTEXT = multiprocessing.get_context("forkserver")
_LOADED_BEFORE = ("anyio", "attr", "httpcore", "httpcore2", "httpx", "httpx2", "orjson", "ssl", "websockets", "wyseos")
_THE_SERVICES = "wyseos.mate.emulator"


@dataclass
class Tally:
    """What the rounds came to: `wrong` names each item that was not started exactly once, or has no outcome."""

    rounds: int = 0
    kills: int = 0
    wrong: list[str] | None = None

    def complain(self, words: str) -> None:
        self.wrong = [*(self.wrong or []), words]


def run_batch(settings: dict[str, str], tasks: list[str], journal: str, kill_worker_after: float | None) -> None:
    """What a coordinator does: the batch, once; `kill_worker_after` seconds one of its workers is killed."""
    from wyseos.mate import Client
    from wyseos.mate.batch import work
    from wyseos.mate.errors import SessionExecutionError

    work.ASK_AGAIN = 0.3  # type: ignore[misc]  # the emulator is on this machine: nothing is on its way for long
    with Client(**settings) as client:  # type: ignore[arg-type]  # it begins a thread when it is first used
        if kill_worker_after is None:
            client.batch(tasks, journal, concurrency=4).results()
            return
        # Forked here, where nothing runs beside it yet: the server of forks ends when one who asks it dies in between.
        pool, code = ProcessPoolExecutor(2, multiprocessing.get_context("fork")), 0
        pool.submit(os.getpid).result()
        threading.Timer(kill_worker_after, _kill_of, (pool, 1)).start()
        try:
            client.batch(tasks, journal, concurrency=8, executor=pool, credentials="settings").results()
        except SessionExecutionError:
            code = 1
        # Not by `shutdown`: the standard library's pool waits for ever for a worker beside one that was killed while
        # it was shut down.
        _kill_of(pool, 2)
        os._exit(code)


def _kill_of(pool: Any, count: int) -> None:
    for pid in list(pool._processes or ())[:count]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _process(*arguments: object) -> None:
    faulthandler.dump_traceback_later(120, exit=True)  # a go that hangs says where, and counts as killed
    run_batch(*arguments)  # type: ignore[arg-type]  # as they are given to `Process`


def _load_before(settings: dict[str, str], folder: Path) -> None:
    """Let the server of forks load what a batch loads: a process then dies at work, and not while it imports."""
    run_batch(settings, ["The first one"], str(folder / "first.journal"), None)
    loaded = [name for name in sys.modules if name.split(".")[0] in _LOADED_BEFORE]
    _CONTEXT.set_forkserver_preload([name for name in loaded if not name.startswith(_THE_SERVICES)])


def kill_rounds(rounds: int, seed: int, folder: Path) -> Tally:
    """Run batches that are killed until so many kills have struck, each to its end."""
    from wyseos.mate.emulator import Emulator

    chance, tally = random.Random(seed), Tally()
    with Emulator("short", speed=0) as emulator:
        settings = {"base_url": emulator.base_url, "api_key": emulator.api_key}
        _load_before(settings, folder)
        while tally.rounds < rounds:
            tasks = [f"Task {tally.rounds}-{number}" for number in range(ITEMS)]
            journal = folder / f"{tally.rounds}.journal"
            _until_over(settings, tasks, journal, chance, tally)
            _count(emulator, tasks, journal, tally)
            tally.rounds += 1
    return tally


def _until_over(settings: dict[str, str], tasks: list[str], journal: Path, chance: random.Random, tally: Tally) -> None:
    """Kill once at a random moment, at times a second time, and let the last go run to its end."""
    kills_worker = chance.random() < 0.25
    for _ in range(chance.choice((1, 1, 2))):
        moment = chance.uniform(0.0, 0.8)
        worker_after = moment if kills_worker else None
        process = _CONTEXT.Process(target=_process, args=(settings, tasks, str(journal), worker_after))
        process.start()
        if worker_after is None:
            _wait_for_journal(journal, process)
            time.sleep(moment)
            process.kill()
        process.join()
        tally.kills += process.exitcode != 0
    process = _CONTEXT.Process(target=_process, args=(settings, tasks, str(journal), None))
    process.start()
    process.join()
    if process.exitcode != 0:
        tally.complain(f"round {tally.rounds}: the last go ended with {process.exitcode}")


def _wait_for_journal(journal: Path, process: Any) -> None:
    """A process that has not begun can't be killed at work."""
    while not journal.exists() and process.exitcode is None:
        time.sleep(0.005)


def _count(emulator: Emulator, tasks: list[str], journal: Path, tally: Tally) -> None:
    from wyseos.mate.batch.journal import read_outcomes

    started: Counter[str] = Counter()
    for session in emulator.sessions.values():
        started[session.info["task"][0]["content"]] += len(session.starts)
    for outcome in read_outcomes(journal):
        if not outcome.success:
            tally.complain(f"{outcome.task} is {outcome.state}: {outcome.error}")
    for task in tasks:
        if started[task] != 1:
            tally.complain(f"{task} was started {started[task]} times")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_rounds(given.rounds, given.seed, Path(folder))
    print(f"{tally.rounds} rounds, {tally.kills} kills, {tally.rounds * ITEMS} items; wrong: {tally.wrong or 'none'}")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
