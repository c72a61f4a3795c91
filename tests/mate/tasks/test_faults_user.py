"""The rows of the fault table about the user's side: interrupts, callbacks, threads, forks, closing."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import Any

import pytest

from tests.mate.tasks.conftest import QUICK, Run
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.task_runner import TaskExecutionOptions
from wyseos.mate.tasks.io.event_queue import ThreadSignal
from wyseos.mate.tasks.launch import Order, start

BY_HAND = TaskExecutionOptions(auto_accept_plan=False)
patient = pytest.mark.wyseos(scenario="patient", speed=1)


def test_fault_36_ctrl_c_gets_out_and_tells_the_session(
    client: Client, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulator.fault("half_open", message="start")

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    for name in ("result", "iterate"):
        task = client.start("Find trends")
        monkeypatch.setattr(ThreadSignal, "wait", interrupt)
        monkeypatch.setattr("wyseos.mate.tasks.task.wait_for", interrupt)
        with pytest.raises(KeyboardInterrupt) as interrupted:
            task.result() if name == "result" else list(task)
        assert f"client.attach('{task.session_id}'" in "".join(interrupted.value.__notes__)
        assert task._over.is_set()


@patient
async def test_fault_37_a_cancelled_task_leaves_no_task_and_no_socket(emulator: Emulator) -> None:
    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        started = asyncio.Event()
        running = asyncio.create_task(client.run("Find trends", on_event=lambda event: started.set()))
        await started.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("name", ["on_event", "on_plan"])
def test_fault_38_what_a_callback_raises_reaches_the_caller_and_ends_the_task(
    emulator: Emulator, run: Run, name: str
) -> None:
    def fails(_: Any) -> None:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        run(emulator, handlers={name: fails})


class _FailsAtTheFifth:
    def __init__(self) -> None:
        self.ids: list[str] = []

    def __call__(self, event: Any) -> None:
        self.ids.append(event.message_id)
        if len(self.ids) == 5:
            raise ZeroDivisionError("mine")


def test_fault_38_an_event_whose_handler_failed_is_not_behind_the_cursor(client: Client) -> None:
    handler = _FailsAtTheFifth()
    with client.start("Find trends", on_event=handler) as task, pytest.raises(ZeroDivisionError):
        task.result()
    assert (len(handler.ids), task.cursor) == (5, handler.ids[3])


async def test_fault_38_nor_is_one_whose_handler_failed_when_it_was_awaited(emulator: Emulator) -> None:
    handler = _FailsAtTheFifth()

    async def awaited(event: Any) -> None:
        await asyncio.sleep(0)
        handler(event)

    async with (
        AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client,
        client.start("Find trends", on_event=awaited) as task,
    ):
        with pytest.raises(ZeroDivisionError):
            await task.result()
    assert (len(handler.ids), task.cursor) == (5, handler.ids[3])


def test_fault_39_a_callback_that_blocks_longer_than_the_heartbeat_does_not_cut_the_connection(
    client: Client, emulator: Emulator
) -> None:
    from wyseos.runtime.records import evolve

    pings = threading.Semaphore(0)
    blocked: list[bool] = []

    def blocks(event: Any) -> None:
        if not blocked:
            # The emulator answers a ping every 20 ms meanwhile; several must come while we block.
            blocked.append(True)
            threading.Event().wait(0.3)
            pings.release()

    from wyseos.mate.tasks.handlers import Handlers

    order = Order("Find trends", handlers=Handlers(on_event=blocks))
    with start(client, order, settings=evolve(QUICK, heartbeat_interval=0.02)) as task:
        result = task.result()
    assert (blocked, result.success, result.message_count) == ([True], True, 27)


async def test_fault_39_a_blocking_callback_in_an_event_loop_does_not_cut_the_connection(emulator: Emulator) -> None:
    from wyseos.mate.tasks.handlers import Handlers
    from wyseos.mate.tasks.launch import start_async
    from wyseos.runtime.records import evolve

    blocked = threading.Event()

    def blocks(event: Any) -> None:
        if not blocked.is_set():
            blocked.set()
            threading.Event().wait(0.3)

    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        order = Order("Find trends", handlers=Handlers(on_event=blocks))
        async with await start_async(client, order, settings=evolve(QUICK, heartbeat_interval=0.02)) as task:
            result = await task.result()
    assert (result.success, result.message_count) == (True, 27)


@pytest.mark.parametrize("budget", [1, 500])
def test_fault_40_a_consumer_that_lags_loses_nothing_and_the_budget_holds(client: Client, budget: int) -> None:
    from wyseos.runtime.records import evolve

    with start(client, Order("Find trends"), settings=evolve(QUICK, budget=budget)) as task:
        used = [task._engine.inbox.used for event in task]
        assert (len(used), task.result().success) == (27, True)


async def test_fault_41_the_sync_client_works_inside_a_running_loop(client: Client) -> None:
    assert client.run("Find trends").success


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_fault_42_a_child_after_a_fork_gets_a_clear_error_or_a_fresh_connection(client: Client) -> None:
    assert client.run("First").success
    with client.start("Find trends", options=BY_HAND) as task:
        next(iter(task))
        child = os.fork()
        if child == 0:
            signal.alarm(20)  # what hangs is killed, and told by the exit code
            for call in (task.stop, task.pause, task.result, lambda: task.send({})):
                try:
                    call()
                except SessionExecutionError:
                    continue
                os._exit(1)
            os._exit(0 if client.run("In the child").success else 2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
