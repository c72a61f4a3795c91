"""The inbox between the loop and whoever consumes: a budget, an end."""

from __future__ import annotations

import asyncio
import threading

from tests.support import messages as said
from wyseos.mate.tasks.io.event_queue import Inbox, LoopSignal
from wyseos.mate.tasks.protocol.questions import Question


def test_fault_40_reading_stops_above_the_budget_and_goes_on_at_half_of_it() -> None:
    drained: list[int] = []
    inbox = Inbox(100, threading.Event(), lambda: drained.append(inbox.used))
    for size in (40, 40, 40):
        inbox.put(said.events(said.text()), size)
    assert (inbox.is_full, inbox.is_roomy) == (True, False)
    for expected in ([], [40]):
        inbox.poll()
        assert expected == drained


def test_a_closed_inbox_gives_out_all_before_it_is_over() -> None:
    inbox = Inbox(100, threading.Event(), lambda: None)
    inbox.put(said.events(said.text("a")), 1)
    inbox.put([], 1)
    inbox.close()
    first, over = inbox.poll()
    assert ([event.message_id for event in first if not isinstance(event, Question)], over) == (["a"], False)
    assert inbox.poll() == ((), True)
    inbox.reopen()
    assert inbox.poll() == ((), False)


def test_what_is_discarded_takes_no_room() -> None:
    inbox = Inbox(100, threading.Event(), lambda: None)
    inbox.put(said.events(said.text()), 10)
    inbox.discard()
    inbox.put(said.events(said.text()), 10)
    assert inbox.used == 0


async def test_a_signal_of_a_loop_wakes_all_who_wait_and_who_comes_while_it_is_set() -> None:
    signal = LoopSignal()
    waiting = [asyncio.ensure_future(signal.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    signal.set()
    signal.clear()
    await asyncio.gather(*waiting)
    signal.set()
    await signal.wait()


async def test_who_stops_waiting_for_a_signal_leaves_the_others_waiting() -> None:
    signal = LoopSignal()
    gone, left = (asyncio.ensure_future(signal.wait()) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    signal.set()
    await left
    assert (gone.cancelled(), signal._waiters) == (True, ())
