"""A batch on somebody else's workers: threads, processes, and Dask's, of which one is killed on the way."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from wyseos.mate import Client
from wyseos.mate.batch.slices import Access
from wyseos.mate.config import ClientOptions
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import AuthenticationError, ConfigError, SessionExecutionError

TASKS = [f"Task {number}" for number in range(24)]


def starts(emulator: Emulator) -> list[int]:
    return [len(session.starts) for session in emulator.sessions.values()]


@contextmanager
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@contextmanager
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("executor", [threads, processes])
def test_the_workers_of_an_executor_watch_the_items(client: Client, emulator: Emulator, executor: Any) -> None:
    with executor() as pool:
        results = client.batch(TASKS, concurrency=16, executor=pool, credentials="settings").results()
    assert [each.task for each in results if each.success] == TASKS
    assert starts(emulator) == [1] * 24


class Counting(ThreadPoolExecutor):
    """Knows how many items its workers had at once."""

    def __init__(self) -> None:
        super().__init__(8)
        self.now = self.most = 0
        self.counting = threading.Lock()

    def submit(self, call: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        [work] = given
        self._count(len(work.jobs))
        future = super().submit(call, *given, **named)
        future.add_done_callback(lambda _: self._count(-len(work.jobs)))
        return future

    def _count(self, items: int) -> None:
        with self.counting:
            self.now += items
            self.most = max(self.most, self.now)


def test_workers_never_have_more_at_once_than_was_said_though_the_next_slice_is_ready(
    client: Client, emulator: Emulator
) -> None:
    with Counting() as pool:
        results = client.batch(TASKS, concurrency=8, executor=pool, workers=2).results()
    assert [each.success for each in results] == [True] * 24
    assert 4 <= pool.most <= 8
    assert starts(emulator) == [1] * 24


def test_a_worker_has_its_credential_from_its_own_environment(
    client: Client, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WYSEOS_API_KEY", emulator.api_key)
    with processes() as pool:
        results = client.batch(TASKS[:4], executor=pool).results()
    assert [each.success for each in results] == [True] * 4


def test_a_pool_whose_workers_died_ends_the_batch_which_then_goes_on(client: Client, emulator: Emulator) -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
        with pytest.raises(SessionExecutionError, match="nothing is lost"):
            client.batch(TASKS, "a.journal", executor=pool, credentials="settings").results()
    assert [each.success for each in client.batch(TASKS, "a.journal").results()] == [True] * 24
    assert starts(emulator) == [1] * 24


KEY = "canary-key-of-a-worker"


def test_the_credential_crosses_only_where_it_is_said_and_shows_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WYSEOS_API_KEY", "the-workers-own")
    options = ClientOptions(base_url="https://service.example.com", api_key=KEY)
    own, sent = Access(options, "environment"), Access(options, "settings")
    assert KEY.encode() not in pickle.dumps(own)
    assert pickle.loads(pickle.dumps(own)).options.api_key == "the-workers-own"
    assert pickle.loads(pickle.dumps(sent)).options.api_key == KEY
    assert KEY not in repr(own) + repr(sent)


def test_workers_without_a_credential_end_the_batch_and_say_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WYSEOS_API_KEY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with processes() as pool, pytest.raises((AuthenticationError, ConfigError)):
        client.batch(TASKS, executor=pool).results()


# ---- Dask


def cluster(emulator: Emulator) -> Any:
    distributed = pytest.importorskip("distributed")
    dask = pytest.importorskip("dask")

    # Workers are processes of their own and have the key from their environment.
    dask.config.set({"distributed.nanny.environ": {"WYSEOS_API_KEY": emulator.api_key}})
    return distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    )


@pytest.mark.filterwarnings("default")  # what Dask warns of when a worker is killed is its own
def test_of_two_dask_workers_one_is_killed_and_every_item_is_started_once(client: Client, emulator: Emulator) -> None:
    with cluster(emulator) as workers, workers.get_client() as dask, warnings.catch_warnings():
        outcomes = iter(client.batch(TASKS[:12], concurrency=4, executor=dask.get_executor()))
        first = next(outcomes)
        [victim, _] = dask.run(os.getpid).values()
        os.kill(victim, signal.SIGKILL)
        rest = list(outcomes)
    assert sorted(each.task for each in [first, *rest] if each.success) == sorted(TASKS[:12])
    assert starts(emulator) == [1] * 12
