"""The inbox between the loop and whoever consumes: a budget, an end."""

from __future__ import annotations

import asyncio
import threading
import time

from tests.support import messages as said
from tests.support.raw_server import PATIENCE
from wyseos.mate.tasks.io.event_queue import Inbox, LoopSignal, ThreadSignal
from wyseos.mate.tasks.protocol.questions import Question


def test_fault_40_reading_stops_above_the_budget_and_goes_on_at_half_of_it() -> None:
    drained: list[int] = []
    inbox = Inbox(100, ThreadSignal(), lambda: drained.append(inbox.used))
    for size in (40, 40, 40):
        inbox.put(said.events(said.text()), size)
    assert (inbox.is_full, inbox.is_roomy) == (True, False)
    for expected in ([], [40]):
        inbox.poll()
        assert expected == drained


def test_a_closed_inbox_gives_out_all_before_it_is_over() -> None:
    inbox = Inbox(100, ThreadSignal(), lambda: None)
    inbox.put(said.events(said.text("a")), 1)
    inbox.put([], 1)
    inbox.close()
    first, over = inbox.poll()
    assert ([event.message_id for event in first if not isinstance(event, Question)], over) == (["a"], False)
    assert inbox.poll() == ((), True)
    inbox.reopen()
    assert inbox.poll() == ((), False)


def test_what_is_discarded_takes_no_room() -> None:
    inbox = Inbox(100, ThreadSignal(), lambda: None)
    inbox.put(said.events(said.text()), 10)
    inbox.discard()
    inbox.put(said.events(said.text()), 10)
    assert inbox.used == 0


def test_a_signal_of_a_thread_wakes_who_waits_and_who_comes_while_it_is_set() -> None:
    signal, woken = ThreadSignal(), threading.Event()

    def wait() -> None:
        signal.wait()
        woken.set()

    threading.Thread(target=wait, daemon=True).start()
    signal.set()
    assert woken.wait(PATIENCE)
    signal.wait()
    signal.set()
    signal.clear()
    signal.clear()
    began = time.monotonic()
    signal.wait(0.05)
    assert time.monotonic() - began >= 0.04


def test_a_signal_that_many_threads_set_at_once_is_set() -> None:
    signal = ThreadSignal()

    def set_often() -> None:
        for _ in range(2_000):
            signal.set()

    threads = [threading.Thread(target=set_often) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(2_000):
        signal.clear()
    for thread in threads:
        thread.join()
    signal.set()
    signal.wait()


def test_who_waits_beside_another_thread_learns_of_the_end_too() -> None:
    """Whoever is woken first takes the signal back, and finds that it is over."""
    signal = ThreadSignal()
    inbox = Inbox(100, signal, lambda: None)
    over: list[bool] = []

    def consume() -> None:
        while not (polled := inbox.poll())[1]:
            signal.wait()
        over.append(polled[1])

    threads = [threading.Thread(target=consume, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    inbox.close()
    for thread in threads:
        thread.join(PATIENCE)
    assert over == [True] * 3


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
