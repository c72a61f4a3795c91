"""Kills a batch's process, or one of its workers, at random moments, and counts at the service what was started.

`python -m tests.support.killing --rounds 200` is the long form of the test.
"""

from __future__ import annotations

import argparse
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wyseos.mate.emulator import Emulator

ITEMS = 10
_CONTEXT = multiprocessing.get_context("forkserver")


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
    with Client(**settings) as client:  # type: ignore[arg-type]
        if kill_worker_after is None:
            client.batch(tasks, journal, concurrency=4).results()
            return
        with ProcessPoolExecutor(2, _CONTEXT) as pool:
            pool.submit(os.getpid).result()
            timer = threading.Timer(kill_worker_after, _kill_one_of, (pool,))
            timer.start()
            try:
                client.batch(tasks, journal, concurrency=8, executor=pool, credentials="settings").results()
            except SessionExecutionError:
                sys.exit(1)
            finally:
                timer.cancel()


def _kill_one_of(pool: Any) -> None:
    for pid in list(pool._processes or ())[:1]:
        os.kill(pid, signal.SIGKILL)


def kill_rounds(rounds: int, seed: int, folder: Path) -> Tally:
    """Run batches that are killed until so many kills have struck, each to its end."""
    chance, tally = random.Random(seed), Tally()
    _CONTEXT.set_forkserver_preload(["wyseos.mate.client", "wyseos.mate.batch.run", "wyseos.mate.tasks.launch"])
    with Emulator("short", speed=0) as emulator:
        settings = {"base_url": emulator.base_url, "api_key": emulator.api_key}
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
        process = _CONTEXT.Process(target=run_batch, args=(settings, tasks, str(journal), worker_after))
        process.start()
        if worker_after is None:
            _wait_for_journal(journal, process)
            time.sleep(moment)
            process.kill()
        process.join()
        tally.kills += process.exitcode != 0
    process = _CONTEXT.Process(target=run_batch, args=(settings, tasks, str(journal), None))
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
