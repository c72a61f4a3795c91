"""`run`, `start` and `attach` of the two clients."""

from __future__ import annotations

import inspect

from wyseos.mate import AsyncClient, Client


def test_both_clients_start_tasks_in_the_same_words() -> None:
    for name in ("run", "start", "attach"):
        ours, theirs = (
            [str(each) for each in inspect.signature(getattr(kind, name)).parameters.values()]
            for kind in (Client, AsyncClient)
        )
        # The async client's handlers may be coroutine functions: their types differ by that word.
        assert ours == [each.replace("Async", "") for each in theirs]
