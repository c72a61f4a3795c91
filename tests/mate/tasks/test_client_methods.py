"""`run`, `start` and `attach` of the two clients."""

from __future__ import annotations

import inspect

from wyseos.mate import AsyncClient, Client
from wyseos.mate.task_runner import AsyncTaskRunner, TaskRunner


def test_both_clients_start_tasks_in_the_same_words() -> None:
    for name in ("run", "start", "attach"):
        ours, theirs = (
            [str(each) for each in inspect.signature(getattr(kind, name)).parameters.values()]
            for kind in (Client, AsyncClient)
        )
        # The async client's handlers may be coroutine functions: their types differ by that word.
        assert ours == [each.replace("Async", "") for each in theirs]


def test_both_runners_start_tasks_in_the_same_words() -> None:
    ours, theirs = (
        [str(each) for each in inspect.signature(kind.run_task).parameters.values()]
        for kind in (TaskRunner, AsyncTaskRunner)
    )
    assert ours == [each.replace("Async", "") for each in theirs]


def test_run_takes_all_that_start_takes() -> None:
    """Signatures are written out, for editors to show; this holds what writing once would."""
    run, start, attach = (inspect.signature(getattr(Client, name)).parameters for name in ("run", "start", "attach"))
    assert run == start
    handlers = [name for name in run if name.startswith("on_")]
    assert [run[name] for name in handlers] == [attach[name] for name in handlers]
