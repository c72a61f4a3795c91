"""Looking up hosts so that whoever waits for the answer can leave (fault row 36).

The system's look-up can't be broken off: with a resolver that is away it takes up to half a minute. asyncio does it on
an executor, whose threads are waited for at the end of the loop and of the program, and which takes no work any more
once the main thread has ended. Here it has a thread of its own, that nobody waits for.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from wyseos.runtime.clock import monotonic
from wyseos.runtime.threads import in_thread, wait_for

if TYPE_CHECKING:
    from asyncio import Future
    from concurrent.futures import Future as ThreadFuture

__all__ = ["first_of", "look_up", "look_up_ahead", "look_up_async", "told_to"]

T = TypeVar("T")
Answer: TypeAlias = "ThreadFuture[list[Any]]"

# Seconds that one address has before the next one is tried beside it, as RFC 8305 recommends.
_HEAD_START = 0.25
# Seconds for which an answer serves that was asked for ahead.
_FRESH = 5.0


class _Ahead(NamedTuple):
    answer: Answer
    began: float
    pid: int

    @property
    def is_fresh(self) -> bool:
        """Whether it serves: a failure does not, nor in a child process a thread of its parent's."""
        is_recent = monotonic() - self.began < _FRESH and self.pid == os.getpid()
        return is_recent and not (self.answer.done() and self.answer.exception())


_ahead: dict[tuple[str, int], _Ahead] = {}


def _asked(host: str, port: int) -> Answer:
    ahead = _ahead.get((host, port))
    if ahead is not None and ahead.is_fresh:
        return ahead.answer
    return in_thread(socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)


@contextmanager
def told_to(core: ModuleType) -> Iterator[None]:
    """Have a look-up that failed be an error of the library of sockets, httpcore or httpcore2."""
    try:
        yield
    except TimeoutError as error:
        raise core.ConnectTimeout("the name was not looked up in time") from error
    except OSError as error:
        raise core.ConnectError(str(error)) from error


def look_up(host: str, port: int, timeout: float) -> list[str]:
    """Return the addresses of a host, in the order in which they are to be tried.

    Args:
        host: a name, or an address, which needs no look-up.
        port: of the service.
        timeout: seconds.

    Raises:
        OSError: `socket.gaierror`: the host is not known; TimeoutError: no answer came in time.
    """
    known = _read(host)
    return known or _addresses(wait_for(_asked(host, port), timeout))


async def look_up_async(host: str, port: int, timeout: float | None) -> list[str]:
    """Return the addresses of a host, as `look_up` does."""
    import asyncio  # here and below: blocking code does without it

    if known := _read(host):
        return known
    async with asyncio.timeout(timeout):
        return _addresses(await asyncio.wrap_future(_asked(host, port)))


def look_up_ahead(host: str, port: int) -> None:
    """Begin to look a host up; whoever connects to it within seconds is given the answer.

    Args:
        host: a name; an address needs no look-up.
        port: of the service.
    """
    if _read(host):
        return
    for place, ahead in tuple(_ahead.items()):
        if not ahead.is_fresh:
            _ahead.pop(place, None)
    if (host, port) not in _ahead:
        _ahead[host, port] = _Ahead(_asked(host, port), monotonic(), os.getpid())


async def first_of(
    addresses: Sequence[str], connect: Callable[[str], Awaitable[T]], close: Callable[[T], Awaitable[object]]
) -> T:
    """Return the first connection that is made; each address has a head start over the next.

    Args:
        addresses: of one host; at least one.
        connect: connects to an address.
        close: ends a connection that came second.

    Raises:
        Exception: what the last address failed with, where all of them did.
    """
    if len(addresses) == 1:
        return await connect(addresses[0])
    import asyncio

    waiting, running = list(addresses), set[asyncio.Future[T]]()
    failure: BaseException | None = None
    try:
        while waiting or running:
            if waiting:
                running.add(asyncio.ensure_future(connect(waiting.pop(0))))
            done, _ = await asyncio.wait(
                running, timeout=_HEAD_START if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            for attempt in done:
                running.remove(attempt)
                if (failure := attempt.exception()) is None:
                    return attempt.result()
        raise failure or OSError("no address to connect to")
    finally:
        await _end(running, close)


async def _end(running: set[Future[T]], close: Callable[[T], Awaitable[object]]) -> None:
    """Break off what still connects, and close what was connected in the meantime."""
    import asyncio

    for attempt in running:
        attempt.cancel()
    for made in await asyncio.gather(*running, return_exceptions=True):
        if not isinstance(made, BaseException):
            await close(made)


def _read(host: str) -> list[str]:
    """Return the address that is written there, nothing where it is a name."""
    try:
        ip_address(host)
    except ValueError:
        return []
    return [host]


def _addresses(found: list[Any]) -> list[str]:
    """Take the addresses of an answer once each, and the families in turn: one of them may lead nowhere."""
    families: dict[int, list[str]] = {}
    for family, *_, place in found:
        known = families.setdefault(family, [])
        if place[0] not in known:
            known.append(place[0])
    longest = max(map(len, families.values()), default=0)
    return [known[turn] for turn in range(longest) for known in families.values() if turn < len(known)]
