"""Which HTTP library lies below: the only module that knows that there are two.

`httpx2` is the maintained fork of `httpx`, with the same interface. Where it is installed (extra `httpx2`) it is used,
else `httpx`. A transport of the user's own decides for itself: it is spoken to in the library that it was made with.
Both are loaded with the first connection, not before.
"""

from __future__ import annotations

import ssl
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from wyseos.mate.errors import ConfigError
from wyseos.runtime import records
from wyseos.runtime.lazy import import_without

if TYPE_CHECKING:
    from httpx import AsyncBaseTransport, BaseTransport, Request
    from httpx import Response as Answer
else:
    Answer = AsyncBaseTransport = BaseTransport = Request = Any

__all__ = [
    "NAMES",
    "Answer",
    "AsyncBaseTransport",
    "BaseTransport",
    "Library",
    "Request",
    "library",
    "library_of",
    "load_asyncio",
]

# The first that is installed is used; each with the library of sockets below it.
NAMES = {"httpx2": "httpcore2", "httpx": "httpcore"}


@records.frozen
class Library:
    """An HTTP library and the one of sockets below it.

    Args:
        http: `httpx` or `httpx2`.
        core: `httpcore` or `httpcore2`.
    """

    http: ModuleType
    core: ModuleType

    @classmethod
    def load(cls, name: str) -> Library:
        """Return a library by its name; an ImportError tells that it is not installed."""
        # Its command line loads all of rich and click where they are installed: most of its start, for nothing.
        library = cls(import_without(name, "_main", "main"), import_module(NAMES[name]))
        _ask_without_search(NAMES[name])
        return library

    def set_backend(self, transport: Any, wrap: Callable[[Any], Any]) -> None:
        """Have a transport make its sockets in another way, for which the library has no public setting.

        Args:
            transport: an `HTTPTransport` or `AsyncHTTPTransport` of this library.
            wrap: given what makes the sockets, returns what makes them instead.

        Raises:
            ConfigError: the library keeps it elsewhere than all its versions that this SDK allows.
        """
        pool = self._pool_of(transport)
        pool._network_backend = wrap(pool._network_backend)

    def set_tls(self, transport: Any, context: ssl.SSLContext) -> None:
        """Have a transport go by other TLS settings from its next connection on; errors as of `set_backend`."""
        self._pool_of(transport)._ssl_context = context

    def _pool_of(self, transport: Any) -> Any:
        pool: Any = getattr(transport, "_pool", None)
        if not hasattr(pool, "_network_backend") or not hasattr(pool, "_ssl_context"):
            raise ConfigError(
                f"{self.http.__name__} {self.http.__version__} makes its connections in a way that this SDK does not "
                "know. Install a version that it allows: pip install --upgrade wyseos-sdk"
            )
        return pool


@cache
def _ask_without_search(core: str) -> None:
    """Have httpcore tell asyncio from trio without a search of the disk, as httpcore2 does.

    Several times a call it imports sniffio, which its dependencies no longer bring along: in vain, and through all of
    the path. That is half of what an awaited call takes. Whatever runs trio has imported sniffio already.
    """
    home = sys.modules.get(f"{core}._synchronization")
    asked: Callable[[], str] | None = getattr(home, "current_async_library", None)
    if home is None or asked is None:
        return  # one that asks in another way: nothing but time is lost

    def current_async_library() -> str:
        return asked() if "sniffio" in sys.modules else "asyncio"

    vars(home)["current_async_library"] = current_async_library


@cache
def load_asyncio() -> None:
    """Load what the first connection of an event loop would: both libraries connect by anyio, which is lazy too."""
    import anyio

    anyio.run(anyio.sleep, 0)  # on a loop of its own: it is called in a thread where none runs


@cache
def library() -> Library:
    """Return the library in use, loaded."""
    try:
        return Library.load("httpx2")
    except ModuleNotFoundError:
        return Library.load("httpx")


def library_of(transport: object) -> Library:
    """Return the library that a transport of the user's own was made with; the one in use where it is of neither."""
    for name in NAMES:
        module = sys.modules.get(name)
        if module is not None and isinstance(transport, module.BaseTransport | module.AsyncBaseTransport):
            return Library.load(name)
    return library()
