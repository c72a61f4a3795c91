"""One loop thread a process, whoever uses it: many clients, a client a request, gevent's greenlets; asyncio alone."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from tests.support.raw_server import RawServer
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import ConfigError, SessionExecutionError
from wyseos.mate.tasks.io.loop_thread import close_loop_of, loop_of


def loop_threads() -> int:
    return sum(thread.name == "wyseos-tasks" for thread in threading.enumerate())


def client_of(emulator: Emulator) -> Client:
    return Client(api_key=emulator.api_key, base_url=emulator.base_url)


def test_many_clients_share_one_thread_that_ends_with_the_last_of_them() -> None:
    with Emulator() as emulator:
        clients = [client_of(emulator) for _ in range(5)]
        with_tasks = [client.start("Find three trends") for client in clients]
        assert loop_threads() == 1
        for client, task in zip(clients[:-1], with_tasks, strict=False):
            assert task.result().success
            client.close()
        assert loop_threads() == 1
        assert with_tasks[-1].result().success
        clients[-1].close()
        assert loop_threads() == 0


def test_closing_a_client_ends_its_own_tasks_alone() -> None:
    with Emulator(scenario="patient") as emulator, client_of(emulator) as one, client_of(emulator) as other:
        first, second = one.start("Find three trends"), other.start("Find three trends")
        one.close()
        with pytest.raises(SessionExecutionError):
            first.stop()
        second.stop()
        assert second.result().stop_confirmed


def test_a_client_that_is_collected_gives_its_place_back() -> None:
    client = Client(api_key="k")
    assert loop_of(client).call(threading.get_ident) != threading.get_ident()
    del client
    gc.collect()
    assert loop_threads() == 0


def test_clients_that_come_and_go_in_many_threads_leave_no_thread() -> None:
    failures: list[BaseException] = []

    def use() -> None:
        try:
            for _ in range(20):
                client = Client(api_key="k")
                assert loop_of(client).call(int) == 0
                close_loop_of(client)
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert loop_threads() == 0


GREENLETS = """
from gevent import monkey; monkey.patch_all()
import gevent, sys
from wyseos.mate import Client

turns = 0

def turn():
    global turns
    while True:
        turns += 1
        gevent.sleep(0.001)

def request(number):
    with Client(api_key=sys.argv[2], base_url=sys.argv[1]) as client:
        result = client.run(f"Find {number} trends")
        return result.success, client.session.get_info(result.session_id).status

others = gevent.spawn(turn)
before = turns
print({gevent.spawn(request, number).get() for number in range(2)})
print(set(job.get() for job in [gevent.spawn(request, number) for number in range(4)]))
print(turns - before > 10)
others.kill()
"""


def test_a_client_a_greenlet_works_beside_others_and_leaves_no_session() -> None:
    """Under gevent a thread is a greenlet, and two event loops in one thread refuse each other."""
    with Emulator() as emulator:
        program = [sys.executable, "-X", "dev", "-c", GREENLETS, emulator.base_url, emulator.api_key]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("{(True, 'complete')}\n{(True, 'complete')}\nTrue\n", 0), done.stderr


WORK: dict[str, Callable[[AsyncClient], Coroutine[Any, Any, Any]]] = {
    "call": lambda client: client.team.get_list(),
    "run": lambda client: client.run("Find three trends"),
    "start": lambda client: client.start("Find three trends"),
    "attach": lambda client: client.attach("s"),
}


@pytest.mark.parametrize("kind", WORK)
def test_where_no_loop_of_asyncios_runs_one_sentence_says_so_before_anything_is_sent(kind: str) -> None:
    """As under trio: the coroutine is driven, and there is no loop of asyncio's."""
    with RawServer((b"",)) as server:
        work = WORK[kind](AsyncClient(api_key="k", base_url=server.base_url))
        with pytest.raises(ConfigError, match=r"AsyncClient runs on asyncio alone.* Nothing was sent"):
            work.send(None)
    assert server.connections == 0
