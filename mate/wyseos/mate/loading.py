"""What the methods of a client load when they are first called. On an event loop it is loaded in a thread."""

from __future__ import annotations

from importlib import import_module

from wyseos.mate.rest.warmup import Warmup
from wyseos.mate.services.names import SERVICES

__all__ = ["everything", "launching", "running"]


def _load_launch() -> None:
    import_module("wyseos.mate.tasks.launch")


def _load_running() -> None:
    import_module("wyseos.mate.tasks.io.engine")
    import_module("wyseos.mate.services.session")


def _load_everything() -> None:
    for home in SERVICES:
        import_module(f"wyseos.mate.services.{home}")
    _load_launch()
    _load_running()


launching = Warmup(_load_launch)
"""What `run` and `start` check their arguments with."""
running = Warmup(_load_running)
"""What a running task needs."""
everything = Warmup(_load_everything)
"""All that the methods of a client load; `async with` loads it, so that nothing is loaded on the loop later."""
