"""Slices of a batch on an executor: each is run by one worker, on one event loop of its own.

What crosses to the worker can be pickled and holds no connection. The credential does not cross, unless the user says
so; then it is in the pickle, and in nothing that anybody prints.
"""

from __future__ import annotations

import asyncio
from typing import Any, Literal, TypeAlias

from wyseos.mate.batch.work import Job, Report, Terms, work_on_all
from wyseos.mate.config import ClientOptions, load_config
from wyseos.mate.rest.caller import AsyncCaller
from wyseos.runtime import records

Credentials: TypeAlias = Literal["environment", "settings"]
"""Where a worker has its credential from: its own environment and settings file, or sent along."""

# What else of the settings a worker of another machine can use.
_SHARED = ("base_url", "timeout", "max_retries", "deadline")


class Access:
    """How a worker reaches the service.

    Args:
        options: the client's settings; a worker in this process uses them as they are.
        credentials: where another process has its credential from.
    """

    def __init__(self, options: ClientOptions, credentials: Credentials) -> None:
        self.options = options
        self.credentials = credentials

    def __repr__(self) -> str:
        return f"Access({self.options.base_url!r}, credentials={self.credentials!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        told = {name: getattr(self.options, name) for name in _SHARED}
        if self.credentials == "settings":
            told |= {"api_key": self.options.api_key, "jwt_token": self.options.jwt_token}
        return _access, ({name: value for name, value in told.items() if value is not None}, self.credentials)


def _access(settings: dict[str, Any], credentials: Credentials) -> Access:
    """Make it anew in a worker."""
    options = ClientOptions(**settings) if credentials == "settings" else load_config().evolve(**settings)
    return Access(options, credentials)


@records.frozen
class Slice:
    """What one worker does in one go."""

    jobs: tuple[Job, ...] = records.field(repr=lambda jobs: f"[{len(jobs)}]")
    terms: Terms = records.field(repr=False)
    access: Access


def run_slice(work: Slice) -> list[Report]:
    """Run a slice to its end: the function that an executor calls."""
    return asyncio.run(_run(work))


async def _run(work: Slice) -> list[Report]:
    rest = AsyncCaller(work.access.options)
    try:
        return await work_on_all(rest, work.jobs, work.terms)
    finally:
        await rest.aclose()
