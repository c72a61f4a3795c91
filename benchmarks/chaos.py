"""Many sessions on a connection that fails in every way: `python benchmarks/chaos.py --sessions 10000 --seed 1`.

Each session gets faults of its own, drawn from the seed and its number: cuts, resets, closings, doubled frames, frames
that are no events, unknown messages, refused handshakes, history pages that fail once, restarts with REST away for a
while. Half of the sessions go on while their tasks catch up, so that events come live meanwhile. The events that a task
delivers are then held against the history that the emulator kept: none may be lost, doubled or out of order, and no
session may be started twice.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import time
from collections.abc import Callable
from random import Random
from typing import Any

import attrs

from wyseos.mate import AsyncClient
from wyseos.mate.emulator import Emulator
from wyseos.mate.tasks.async_task import begin_async
from wyseos.mate.tasks.io.interfaces import session_settings
from wyseos.mate.tasks.launch import Order, make_async_task
from wyseos.mate.tasks.protocol.reconnect import Patience

AT_ONCE = 25
EVENTS = 27
# Without any wait the service is done before a reconnect; at this speed a session takes a fifth of a second.
SPEEDS = (0, 20)
# A connection in such weather is mended as often as it takes, and without waiting.
SETTINGS = session_settings(patience=Patience(first_tries=20), draw=lambda: 0.0, ask_again=0.02)

Fault = dict[str, Any]

FAULTS: tuple[Callable[[Random], Fault], ...] = (
    lambda rng: {"kind": "cut", "frame": rng.randint(0, EVENTS), "reset": rng.random() < 0.5},
    lambda rng: {"kind": "cut", "message": rng.choice(["start", "input"]), "taken": rng.random() < 0.5},
    lambda rng: {"kind": "close", "frame": rng.randint(0, EVENTS), "code": rng.choice([1000, 1001, 1011, 1012, 1013])},
    lambda rng: {"kind": "duplicate", "probability": 0.3, "times": 0},
    lambda rng: {"kind": "stray", "frame": rng.randint(0, EVENTS), "text": rng.choice(["", "[]", "no", "{"])},
    lambda rng: {"kind": "stray", "frame": rng.randint(0, EVENTS), "bad_utf8": True},
    lambda rng: {"kind": "unknown_type", "frame": rng.randint(1, EVENTS)},
    lambda rng: {"kind": "handshake_status", "status": rng.choice([429, 500, 503]), "times": rng.randint(1, 3)},
    lambda rng: {"kind": "handshake_refuse", "reset": rng.random() < 0.5},
    lambda rng: {"kind": "status", "operation": "list_messages", "status": 503},
    lambda rng: {"kind": "slow", "operation": "list_messages", "seconds": rng.random() / 50, "times": 3},
    lambda rng: {"kind": "cut_body", "operation": "list_messages", "byte": rng.randint(1, 400)},
    lambda rng: {"kind": "refuse", "operation": rng.choice(["get_session", "list_messages"]), "times": 2},
)


def restart(rng: Random) -> list[Fault]:
    """Return a restart of the service: it says that it goes, then neither REST nor WebSocket is there for a while."""
    away = {"status": rng.choice([502, 503, 504]), "html": rng.random() < 0.5}
    return [
        {"kind": "close", "frame": rng.randint(0, EVENTS), "code": 1012},
        *(
            {"kind": "status", "operation": operation, "times": rng.randint(1, 4), **away}
            for operation in ("get_session", "list_messages", "list_messages_between")
        ),
        {"kind": "handshake_status", "status": 502, "times": rng.randint(1, 3)},
    ]


def draw_faults(rng: Random) -> list[Fault]:
    """Draw the faults of one session."""
    single = [rng.choice(FAULTS)(rng) for _ in range(rng.randint(1, 5))]
    return single + (restart(rng) if rng.random() < 0.2 else [])


@attrs.define
class Report:
    """What came of all sessions; each count but the first two should be 0."""

    sessions: int = 0
    faults: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    second_starts: int = 0
    gaps: int = 0
    failed: int = 0
    violations: int = 0

    def compare(self, delivered: list[Any], session: Any, success: bool) -> None:
        """Holds what a task delivered against what the service kept."""
        self.sessions += 1
        kept = [row["message_id"] for row in session.messages if row.get("source_component") != "user"]
        self.gaps += sum(event.type == "gap" for event in delivered)
        # Messages that a fault invented are in no history.
        ids = [event.message_id for event in delivered if event.message_id and "unknown" not in event.message_id]
        once = list(dict.fromkeys(ids))
        self.lost += len(set(kept) - set(ids))
        self.doubled += len(ids) - len(once)
        self.reordered += once != [message_id for message_id in kept if message_id in set(once)]
        self.second_starts += len(session.starts) - 1
        self.failed += not success


async def one_session(client: AsyncClient, emulator: Emulator, rng: Random, report: Report) -> None:
    """Runs one session with its faults."""
    order = Order("Find trends")
    session_id = (await client.session.create(order.session())).session_id
    faults = draw_faults(rng)
    for fault in faults:
        emulator.faults.arm(fault, session_id)
    task = make_async_task(client, order.setup(session_id, settings=SETTINGS))
    begin_async(task, order.start())
    async with task:
        delivered = [event async for event in task]
        result = await task.result()
    report.faults += len(faults)
    report.compare(delivered, emulator.sessions[session_id], result.success)


async def some_sessions(numbers: range, seed: int, report: Report) -> None:
    """Runs sessions at once, on an emulator of their own."""
    with Emulator(speed=SPEEDS[numbers.start // AT_ONCE % len(SPEEDS)]) as emulator:
        async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
            rngs = [Random(f"{seed} {number}") for number in numbers]
            await asyncio.gather(*(one_session(client, emulator, rng, report) for rng in rngs))
        report.violations += len(emulator.violations)


def run_chaos(sessions: int, seed: int) -> Report:
    """Runs that many sessions, a few at once."""
    report = Report()
    for first in range(0, sessions, AT_ONCE):
        asyncio.run(some_sessions(range(first, min(first + AT_ONCE, sessions)), seed, report))
    return report


def main() -> int:
    """Prints the report; returns 1 where something was lost, doubled, reordered or started twice."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    # The connections are cut on purpose: what the SDK says about it is not what is looked for here.
    for name in ("wyseos", "wyseos.mate.emulator", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    began = time.perf_counter()
    report = run_chaos(arguments.sessions, arguments.seed)
    for name, count in attrs.asdict(report).items():
        print(f"{name.replace('_', ' '):14} {count}")
    print(f"{'seconds':14} {time.perf_counter() - began:.0f}")
    return int(any(attrs.astuple(report)[2:]))


if __name__ == "__main__":
    raise SystemExit(main())
