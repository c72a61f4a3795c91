"""The services of the API, one file each: the blocking class and its awaitable twin side by side.

A method is one generated call. The twins differ by a word a line, and a test compares their signatures. A
blocking method loads the operation that it calls; an awaited one finds it loaded (`service_names.load_whole`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from wyseos.mate.errors import CHECK_FIRST, APIError
from wyseos.runtime.call import Operation
from wyseos.runtime.lazy import attribute

__all__ = ["as_id", "demand", "documented_as"]

_SERVICES = ("agent", "browser", "file_upload", "marketing", "product", "session", "team", "user")
_HOME_OF = {
    f"{prefix}{''.join(word.title() for word in name.split('_'))}Service": name
    for name in _SERVICES
    for prefix in ("", "Async")
}

C = TypeVar("C", bound=type)
M = TypeVar("M")


def __getattr__(name: str) -> Any:
    return attribute(__name__, _HOME_OF, name)


def documented_as(sync: type) -> Callable[[C], C]:
    """Make a decorator that gives an asynchronous service the docstrings of its blocking twin."""

    def copy(twin: C) -> C:
        twin.__doc__ = sync.__doc__
        for name, method in vars(twin).items():
            if callable(method) and not name.startswith("_"):
                method.__doc__ = getattr(sync, name).__doc__
        return twin

    return copy


def as_id(value: str | int) -> str:
    """Write an id as text: the service sends some of them as numbers at times."""
    return str(value) if isinstance(value, int) else value


def demand(answer: M, field: str, operation: Operation) -> M:
    """Return an answer that has a field without which it is of no use.

    Raises:
        APIError: the service left it out.
    """
    if getattr(answer, field):
        return answer
    raise APIError(
        f"{operation} succeeded, but its answer has no {field}",
        status_code=200,
        details={"endpoint": str(operation)},
        hint=CHECK_FIRST,
    )
