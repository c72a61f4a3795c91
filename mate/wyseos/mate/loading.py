"""What the methods of a client load when they are first called. On an event loop it is loaded in a thread."""

from __future__ import annotations

from importlib import import_module

from wyseos.mate.rest.warmup import Warmup
from wyseos.mate.service_names import SERVICES

__all__ = ["everything", "launching", "running"]


def _load_launch() -> None:
    import_module("wyseos.mate.tasks.launch")


def _load_running() -> None:
    import_module("wyseos.mate.tasks.io.engine")
    import_module("wyseos.mate.services.session")


def _load_everything() -> None:
    import_module("wyseos.mate.rest.transport")
    for home in SERVICES:
        import_module(f"wyseos.mate.services.{home}")
    _load_launch()


launching = Warmup(_load_launch)
"""What `run` and `start` check their arguments with."""
running = Warmup(_load_running)
"""What a running task needs."""
everything = Warmup(_load_everything)
"""What the methods of a client load where they are called; `async with` loads it, so that none does on the loop later.
What a task needs once it runs is loaded in a thread by the first of them: who only makes calls does without it."""
