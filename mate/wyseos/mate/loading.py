"""What the methods of a client load when they are first called. On an event loop it is loaded in a thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from wyseos.mate.rest.warmup import Warmup, load_calls
from wyseos.mate.service_names import SERVICES, load_whole

__all__ = ["answering", "connecting", "everything", "launching", "running", "services"]


def _loads(*names: str) -> Callable[[], None]:
    """Return what imports modules of this package, in this order."""

    def load() -> None:
        for name in names:
            import_module(f"wyseos.mate.{name}")

    return load


_load_connecting = _loads("tasks.io.engine")


def _load_running() -> None:
    _load_connecting()
    from wyseos.generated import events, models

    for name in {
        *events.EVENTS.values(),
        *(name for kinds in events.NESTED_EVENTS.values() for name in kinds.values()),
    }:
        getattr(models, name)  # else the first event of each kind would load its class on the loop


def _load_everything() -> None:
    load_calls()
    for home in SERVICES:
        load_whole(home)
    _loads(*_LAUNCH)()


def _load_answering() -> None:
    load_whole("session")
    _loads("tasks.later", "tasks.io.engine", "batch.journal")()


# The types of its signature too: they are loaded where they are looked up.
_LAUNCH = ("tasks.launch", "tasks.task", "tasks.starting")

launching = Warmup(_loads(*_LAUNCH))
"""What `run` and `start` check their arguments with."""
connecting = Warmup(_load_connecting)
"""What the connection of a task needs."""
running = Warmup(_load_running)
"""The same, with the classes of events."""
answering = Warmup(_load_answering)
"""What `questions` and `answer` need."""
services = {home: Warmup(partial(load_whole, home)) for home in SERVICES}
"""Each service, with the operations that it calls."""
everything = Warmup(_load_everything)
"""What the methods of a client load where they are called; `async with` loads it, so that none waits for it later.
What a task needs once it runs is loaded in a thread by the first of them: who only makes calls does without it."""
