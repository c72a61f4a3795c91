"""The transport: one request over a socket, sync or async, by the library that `library.py` chooses.

It uses the library's transports, not its clients: so there are no redirects, no cookies, no credentials of the
environment and no log of URLs (security rows 1 and 2). What goes wrong below becomes a `NetworkError`, by the tables of
`failures.py`.
"""

from __future__ import annotations

import logging
import os
import ssl
import threading
from collections.abc import AsyncIterable, Callable, Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, Generic, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import CHECK_FIRST, ConfigError, DecodeError, NetworkError, WyseError
from wyseos.mate.rest.body import Body, CutShort
from wyseos.mate.rest.cancellation import ClosingBackend
from wyseos.mate.rest.deadline import DeadlineBackend, in_request, request_until
from wyseos.mate.rest.failures import DEADLINE, NoPlace, bare, deepest, is_connecting, reason_of, told_of
from wyseos.mate.rest.flow import Send
from wyseos.mate.rest.library import (
    NAMES,
    Answer,
    AsyncBaseTransport,
    BaseTransport,
    Library,
    library,
    library_of,
    load_asyncio,
)
from wyseos.mate.rest.library import Request as Sent
from wyseos.mate.rest.response import Response
from wyseos.mate.rest.retry import RULES, Failure
from wyseos.mate.rest.warmup import Warmup
from wyseos.mate.settings.proxies import for_rest, place_of
from wyseos.mate.settings.secret import MASK, Secret, redact
from wyseos.runtime import records
from wyseos.runtime.clock import monotonic

__all__ = ["AsyncTransport", "SyncTransport", "make_async_pool"]

P = TypeVar("P")
G = TypeVar("G")


# What goes wrong before a proxy is reached has nothing to do with the host behind it.
_ON_THE_WAY = (Failure.REFUSED, Failure.UNKNOWN_HOST, Failure.CONNECT_TIMEOUT)


class _SecretBytes(bytes):
    """The value of a header that prints as ***: frames of the libraries below hold it in their locals."""

    def __repr__(self) -> str:
        return MASK


class _DropOurs(logging.Filter):
    """Keeps our requests out of the logs of the libraries below; those of others pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not in_request()


for _core in NAMES.values():
    for _name in ("connection", "http11", "proxy", "socks"):
        logging.getLogger(f"{_core}.{_name}").addFilter(_DropOurs())


@records.frozen
class _Pool(Generic[P, G]):
    """The connections of one process or event loop, and the gate before them.

    The library below has no limit of its own: it would lose places where a call that waits in its queue is cancelled,
    and its queue costs the square of its length (fault row 54). The gate lets calls in as they came.
    """

    library: Library
    connections: P
    gate: G

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What may go wrong below."""
        below: type[Exception] = self.library.http.TransportError
        return (below, CutShort, TimeoutError)

    @property
    def half_read(self) -> tuple[type[Exception], ...]:
        """What may go wrong once an answer has begun."""
        return (*self.failures, DecodeError)


class _Transport(Generic[P, G]):
    """What both transports share: pools of connections, the way from a `Send` to httpx and back."""

    def __init__(
        self, options: ClientOptions, make: Callable[[ClientOptions, Library], P], gate: Callable[[int], G]
    ) -> None:
        self.options = options
        self._make = make
        self._gate = gate
        self._base = options.base_url
        self._host = urlsplit(options.base_url).netloc
        self._pools: dict[Any, _Pool[P, G]] = {}
        self._closed = False

    def _pool_of(self, place: Any) -> _Pool[P, G]:
        """Return the pool of a process or event loop: a connection serves only where it was made (fault row 42)."""
        if self._closed:
            raise WyseError("This client is closed; make a new one.")
        pool = self._pools.get(place)
        if pool is None:
            self._drop_unusable()
            below = _library_for(self.options)
            made = _Pool(below, self._make(self.options, below), self._gate(self.options.max_connections))
            pool = self._pools.setdefault(place, made)
        return pool

    def _crowded(self, send: Send) -> NetworkError:
        """Make the error of a call for which no connection became free; nothing of it was sent."""
        return self._error(send, NoPlace())

    def _drop_unusable(self) -> None:
        """Forget pools that no call can use any more, before a new one is made."""

    def _written(self, http: ModuleType, send: Send) -> Sent:
        request = send.request
        base = self._base if send.origin is None else send.origin
        query = urlencode({**request.query, **request.repeated}, doseq=True)
        url = base + request.path + (f"?{query}" if query else "")
        shown = () if send.credential is None else (_authenticating(*send.credential),)
        limits = dict.fromkeys(("connect", "read", "write", "pool"), send.timeout)
        written: Sent = http.Request(
            request.method,
            url,
            headers=[*_raw(request.headers), *shown],
            content=request.content,
            data=request.form,
            files=[(field, (f.file_name, f.content, f.content_type)) for field, f in request.files or ()] or None,
            extensions={"timeout": limits},
        )
        return written

    def _know_certificates(self, pool: _Pool[Any, Any], request: Sent) -> None:
        """Read the certificates when a client of an `http://` service first meets `https://`, a file elsewhere.

        Until then none are read, so that what is wrong with them keeps nobody from a service on this machine; the
        context that stands for them trusts nobody.
        """
        if self.options.transport is None and request.url.scheme == "https" and not self._base.startswith("https:"):
            pool.library.set_tls(pool.connections, self.options.tls())

    def _body(self, send: Send, answer: Answer) -> Body:
        encoding, sink = answer.headers.get("content-encoding", ""), send.sink
        if sink is None or answer.status_code != 200:
            return Body(encoding, self.options.max_response_size)
        body = Body(encoding, sink.limit, sink.write, "Raise max_size.")
        sink.begin(_lower(answer.headers))
        return body

    def _response(self, send: Send, answer: Answer, content: bytes, began: float) -> Response:
        headers = _lower(answer.headers)
        return Response(send.request.operation, answer.status_code, headers, content, monotonic() - began)

    def _error(self, send: Send, failure: BaseException) -> NetworkError:
        """Make our error of a failure below: without its traceback, whose frames hold the request's headers."""
        told = told_of(failure)
        if monotonic() >= send.until and RULES[told.fault].taken:
            told = DEADLINE
        taken = RULES[told.fault].taken and not send.request.operation.is_read
        secrets = () if send.credential is None else (send.credential[1],)
        cause = deepest(failure)
        reason = redact(reason_of(cause), secrets, limit=200)
        host = self._host if send.origin is None else urlsplit(send.origin).netloc
        if is_connecting(failure) and told.fault in _ON_THE_WAY and (proxy := self.options.proxy) is not None:
            host = f"the proxy {place_of(proxy)}"
        message = told.message.format(host=host, timeout=send.timeout)
        return NetworkError(
            f"{send.request.operation}: {message}"
            + (f" ({reason})" if reason else "")
            + ("; the service may have done it all the same" if taken else ""),
            cause=bare(cause),
            may_have_been_taken=taken,
            fault=told.fault,
            retryable=told.fault not in (Failure.CERTIFICATE, Failure.FINAL),
            hint=CHECK_FIRST if taken else told.hint,
        )


class SyncTransport(_Transport[BaseTransport, threading.Semaphore]):
    """Sends over blocking sockets; may be shared between threads, and goes on working after a fork."""

    def __init__(self, options: ClientOptions) -> None:
        super().__init__(options, _make_pool, threading.Semaphore)

    def send(self, send: Send) -> Response:
        """Send a request once and read its answer.

        Raises:
            NetworkError: no whole answer came.
            DecodeError: the body is too large, or cannot be unpacked.
        """
        pool = self._pool_of(os.getpid())
        if not pool.gate.acquire(timeout=max(0.0, send.until - monotonic())):
            raise self._crowded(send)
        try:
            with request_until(send.until):
                return self._send(pool, send)
        except pool.failures as error:
            failure = self._error(send, error)
        except KeyboardInterrupt as interrupt:
            interrupt.with_traceback(None)  # the frames below hold the request's bytes
            raise
        finally:
            pool.gate.release()
        raise failure

    def _send(self, pool: _Pool[BaseTransport, Any], send: Send) -> Response:
        began = monotonic()
        request = self._written(pool.library.http, send)
        self._know_certificates(pool, request)
        answer = pool.connections.handle_request(request)
        try:
            body = self._body(send, answer)
            try:
                for chunk in cast("Iterable[bytes]", answer.stream):
                    body.add(chunk)
                content = body.finish()
            except pool.half_read:
                content = _of_refusal(answer, body)
            return self._response(send, answer, content, began)
        finally:
            answer.close()

    def close(self) -> None:
        """Close the connections of this process; a second time it does nothing."""
        self._closed = True
        pool = self._pools.pop(os.getpid(), None)
        if pool is not None:
            pool.connections.close()


class AsyncTransport(_Transport[AsyncBaseTransport, Any]):
    """Sends over asyncio; each event loop gets connections of its own."""

    def __init__(self, options: ClientOptions) -> None:
        import asyncio  # here and below: blocking code does without it

        super().__init__(options, make_async_pool, asyncio.Semaphore)
        self.warmup = Warmup(lambda: _load(options))
        """Loads what the first request needs."""

    def _drop_unusable(self) -> None:
        # A pool's connections hold their loop, so that a weak mapping would keep both for ever.
        for loop in [loop for loop in tuple(self._pools) if loop.is_closed()]:
            self._pools.pop(loop, None)

    async def send(self, send: Send) -> Response:
        """Send a request once and read its answer, as `SyncTransport.send` does."""
        import asyncio

        if not self._pools:
            await self.warmup.done()
        pool = self._pool_of(asyncio.get_running_loop())
        try:
            async with asyncio.timeout(send.until - monotonic()):
                await pool.gate.acquire()
        except TimeoutError:
            raise self._crowded(send) from None
        try:
            with request_until(send.until):
                async with asyncio.timeout(send.until - monotonic()):
                    return await self._send(pool, send)
        except pool.failures as error:
            failure = self._error(send, error)
        except asyncio.CancelledError as cancelled:
            cancelled.with_traceback(None)  # the frames below hold the request's bytes
            raise
        finally:
            pool.gate.release()
        raise failure

    async def _send(self, pool: _Pool[AsyncBaseTransport, Any], send: Send) -> Response:
        began = monotonic()
        request = self._written(pool.library.http, send)
        self._know_certificates(pool, request)
        answer = await pool.connections.handle_async_request(request)
        try:
            body = self._body(send, answer)
            try:
                async for chunk in cast("AsyncIterable[bytes]", answer.stream):
                    body.add(chunk)
                content = body.finish()
            except pool.half_read:
                content = _of_refusal(answer, body)
            return self._response(send, answer, content, began)
        finally:
            await answer.aclose()

    async def aclose(self) -> None:
        """Close the connections of this event loop; a second time it does nothing."""
        import asyncio

        self._closed = True
        await self.warmup.settled()
        pool = self._pools.pop(asyncio.get_running_loop(), None)
        if pool is not None:
            await pool.connections.aclose()


def _load(options: ClientOptions) -> None:
    """Load what a request over asyncio needs, which is found loaded afterwards: modules and certificates."""
    _library_for(options)
    if options.transport is None:
        if _begins_with_tls(options):
            options.tls()
        load_asyncio()


def _library_for(options: ClientOptions) -> Library:
    return library() if options.transport is None else library_of(options.transport)


def _make_pool(options: ClientOptions, below: Library) -> BaseTransport:
    if options.transport is not None:
        own: BaseTransport = _own(options.transport, below.http.BaseTransport)
        return own
    transport: BaseTransport = below.http.HTTPTransport(**_connection(options, below.http))
    # The deadline is kept by the sockets themselves.
    below.set_backend(transport, lambda sockets: DeadlineBackend(below.core, sockets))
    return transport


def make_async_pool(options: ClientOptions, below: Library) -> AsyncBaseTransport:
    """Return what connects as a client of these settings does: its proxy and certificates, no redirect, no cookie."""
    if options.transport is not None:
        own: AsyncBaseTransport = _own(options.transport, below.http.AsyncBaseTransport)
        return own
    transport: AsyncBaseTransport = below.http.AsyncHTTPTransport(**_connection(options, below.http))
    # What is cancelled in the middle of a handshake leaves no socket behind.
    below.set_backend(transport, lambda sockets: ClosingBackend(below.core, sockets))
    return transport


def _begins_with_tls(options: ClientOptions) -> bool:
    """Whether the service, or the proxy before it, is spoken to over TLS."""
    return any(url is not None and url.startswith("https:") for url in (options.base_url, options.proxy))


def _own(transport: Any, kind: type) -> Any:
    if isinstance(transport, kind):
        return transport
    raise ConfigError(f"transport must be an httpx.{kind.__name__}, not {type(transport).__name__}.", field="transport")


def _connection(options: ClientOptions, http: ModuleType) -> dict[str, Any]:
    address = options.proxy
    context = options.tls() if _begins_with_tls(options) else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    proxy = None
    if address is not None:
        proxy = http.Proxy(for_rest(address), ssl_context=context if address.startswith("https:") else None)
    # No limit below the gate; as many are kept open as may be in use.
    limits = http.Limits(max_connections=None, max_keepalive_connections=options.max_connections, keepalive_expiry=5.0)
    return {"verify": context, "trust_env": False, "proxy": proxy, "limits": limits}


def _of_refusal(answer: Answer, body: Body) -> bytes:
    """Return what came of a refusal's page, whose status counts also without its end; raise on for all else."""
    if answer.status_code < 400:
        raise
    return body.so_far


def _authenticating(name: str, secret: Secret) -> tuple[bytes, bytes]:
    return name.encode(), _SecretBytes(secret.reveal().encode())


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _raw(headers: Mapping[str, str]) -> Iterator[tuple[bytes, bytes]]:
    return ((name.encode("ascii"), value.encode("ascii")) for name, value in headers.items())
