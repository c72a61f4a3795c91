"""The transport: one request over a socket, sync or async. The only module that knows httpx.

It uses httpx's transports, not its clients: so there are no redirects, no cookies, no credentials of the environment
and no log of URLs (security rows 1 and 2). What goes wrong below becomes a `NetworkError`, by the table `_FAULTS`.
"""

from __future__ import annotations

import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import CHECK_FIRST, ConfigError, DecodeError, NetworkError, WyseError
from wyseos.mate.rest.body import Body, CutShort
from wyseos.mate.rest.cancellation import ClosingBackend
from wyseos.mate.rest.deadline import DeadlineBackend, in_request, request_until
from wyseos.mate.rest.flow import Send
from wyseos.mate.rest.response import Response
from wyseos.mate.rest.retry import RULES, Failure
from wyseos.mate.settings.proxies import for_rest, place_of
from wyseos.mate.settings.secret import MASK, Secret, redact
from wyseos.runtime.lazy import import_without

if TYPE_CHECKING:
    import httpx
else:
    # Its command line loads all of rich and click where they are installed: most of its start, for nothing.
    httpx = import_without("httpx", "_main", "main")

__all__ = ["AsyncTransport", "SyncTransport"]

P = TypeVar("P")
G = TypeVar("G")


class _Told(NamedTuple):
    """What a failure below means, and how it is told; `{host}` and `{timeout}` are filled in."""

    fault: Failure
    message: str
    hint: str | None = None


_BAD_CERTIFICATE = _Told(
    Failure.CERTIFICATE,
    "The certificate of {host} is not trusted",
    "If the certificate is your own, name the file of its authority in ca_bundle.",
)
_TRY_AGAIN = "Check the network and the proxy, then try again."

# Why no connection came about: looked for in the chain of causes.
_CAUSES: tuple[tuple[type[BaseException], _Told], ...] = (
    (ssl.SSLCertVerificationError, _BAD_CERTIFICATE),
    (
        ssl.SSLError,
        _Told(Failure.CERTIFICATE, "No TLS connection to {host} came about", "Check scheme and port."),
    ),
    (
        socket.gaierror,
        _Told(Failure.UNKNOWN_HOST, "The host {host} is not known", "Check base_url and the network."),
    ),
)
# The first row that fits decides.
_FAULTS: tuple[tuple[type[BaseException], _Told], ...] = (
    (
        httpx.ConnectTimeout,
        _Told(Failure.CONNECT_TIMEOUT, "No connection to {host} within {timeout:g} s", _TRY_AGAIN),
    ),
    (
        httpx.PoolTimeout,
        _Told(
            Failure.CONNECT_TIMEOUT,
            "No free connection to {host} within {timeout:g} s",
            "Make fewer calls at a time.",
        ),
    ),
    (httpx.TimeoutException, _Told(Failure.TIMED_OUT, "{host} stood still for {timeout:g} s", "Raise timeout.")),
    (
        httpx.ProxyError,
        _Told(Failure.FINAL, "The proxy did not let the request through", "Check the proxy setting."),
    ),
    (
        httpx.ConnectError,
        _Told(Failure.REFUSED, "No connection to {host}", "Check base_url, the network and the proxy."),
    ),
    (
        httpx.LocalProtocolError,
        _Told(Failure.FINAL, "The request to {host} could not be written", "Check headers and hooks."),
    ),
    (httpx.TransportError, _Told(Failure.CUT, "The connection to {host} broke", _TRY_AGAIN)),
    (CutShort, _Told(Failure.CUT, "The answer of {host} ended before its end", _TRY_AGAIN)),
)
# What goes wrong before a proxy is reached has nothing to do with the host behind it.
_ON_THE_WAY = (Failure.REFUSED, Failure.UNKNOWN_HOST, Failure.CONNECT_TIMEOUT)
_FAILURES = (httpx.TransportError, CutShort)
_DEADLINE = _Told(Failure.DEADLINE, "The deadline passed before {host} had answered", "Raise deadline.")


class _SecretBytes(bytes):
    """The value of a header that prints as ***: frames of the libraries below hold it in their locals."""

    def __repr__(self) -> str:
        return MASK


class _DropOurs(logging.Filter):
    """Keeps our requests out of the logs of the libraries below; those of others pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not in_request()


for _name in ("connection", "http11", "proxy"):
    logging.getLogger(f"httpcore.{_name}").addFilter(_DropOurs())


@dataclass(frozen=True, slots=True)
class _Pool(Generic[P, G]):
    """The connections of one process or event loop, and the gate before them.

    The library below has no limit of its own: it would lose places where a call that waits in its queue is cancelled,
    and its queue costs the square of its length (fault row 54). The gate lets calls in as they came.
    """

    connections: P
    gate: G


class _Transport(Generic[P, G]):
    """What both transports share: pools of connections, the way from a `Send` to httpx and back."""

    def __init__(self, options: ClientOptions, make: Callable[[ClientOptions], P], gate: Callable[[int], G]) -> None:
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
            made = _Pool(self._make(self.options), self._gate(self.options.max_connections))
            pool = self._pools.setdefault(place, made)
        return pool

    def _crowded(self, send: Send) -> NetworkError:
        """Make the error of a call for which no connection became free; nothing of it was sent."""
        return self._error(send, httpx.PoolTimeout("all connections are in use"))

    def _drop_unusable(self) -> None:
        """Forget pools that no call can use any more, before a new one is made."""

    def _to_httpx(self, send: Send) -> httpx.Request:
        request = send.request
        base = self._base if send.origin is None else send.origin
        url = base + request.path + (f"?{urlencode(request.query)}" if request.query else "")
        shown = () if send.credential is None else (_authenticating(*send.credential),)
        limits = dict.fromkeys(("connect", "read", "write", "pool"), send.timeout)
        return httpx.Request(
            request.method,
            url,
            headers=[*_raw(request.headers), *shown],
            content=request.content,
            data=request.form,
            files=[(field, (f.file_name, f.content, f.content_type)) for field, f in request.files or ()] or None,
            extensions={"timeout": limits},
        )

    def _body(self, send: Send, answer: httpx.Response) -> Body:
        encoding, sink = answer.headers.get("content-encoding", ""), send.sink
        if sink is None or answer.status_code != 200:
            return Body(encoding, self.options.max_response_size)
        body = Body(encoding, sink.limit, sink.write, "Raise max_size.")
        sink.begin(_lower(answer.headers))
        return body

    def _response(self, send: Send, answer: httpx.Response, content: bytes, began: float) -> Response:
        headers = _lower(answer.headers)
        return Response(send.request.operation, answer.status_code, headers, content, time.monotonic() - began)

    def _error(self, send: Send, failure: BaseException) -> NetworkError:
        """Make our error of a failure below: without its traceback, whose frames hold the request's headers."""
        causes = list(_chain(failure))
        connecting = isinstance(failure, httpx.ConnectError | httpx.ConnectTimeout)
        told = (
            (isinstance(failure, httpx.ConnectError) and _look_up(causes, _CAUSES))
            or _look_up([failure], _FAULTS)
            or _DEADLINE
        )
        if time.monotonic() >= send.until:
            told = _DEADLINE if RULES[told.fault].taken else told
        taken = RULES[told.fault].taken and not send.request.operation.is_read
        secrets = () if send.credential is None else (send.credential[1],)
        reason = redact(str(causes[-1]), secrets, limit=200)
        host = self._host if send.origin is None else urlsplit(send.origin).netloc
        if connecting and told.fault in _ON_THE_WAY and (proxy := self.options.proxy) is not None:
            host = f"the proxy {place_of(proxy)}"
        message = told.message.format(host=host, timeout=send.timeout)
        return NetworkError(
            f"{send.request.operation}: {message}"
            + (f" ({reason})" if reason else "")
            + ("; the service may have done it all the same" if taken else ""),
            cause=_bare(causes[-1]),
            may_have_been_taken=taken,
            fault=told.fault,
            retryable=told.fault not in (Failure.CERTIFICATE, Failure.FINAL),
            hint=CHECK_FIRST if taken else told.hint,
        )


class SyncTransport(_Transport[httpx.BaseTransport, threading.Semaphore]):
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
        if not pool.gate.acquire(timeout=max(0.0, send.until - time.monotonic())):
            raise self._crowded(send)
        try:
            with request_until(send.until):
                return self._send(pool.connections, send)
        except _FAILURES as error:
            failure = self._error(send, error)
        except KeyboardInterrupt as interrupt:
            interrupt.with_traceback(None)  # the frames below hold the request's bytes
            raise
        finally:
            pool.gate.release()
        raise failure

    def _send(self, pool: httpx.BaseTransport, send: Send) -> Response:
        began = time.monotonic()
        answer = pool.handle_request(self._to_httpx(send))
        try:
            body = self._body(send, answer)
            try:
                for chunk in cast(httpx.SyncByteStream, answer.stream):
                    body.add(chunk)
            except DecodeError:
                _keep_refusal(answer)
                return self._response(send, answer, b"", began)
            return self._response(send, answer, body.finish(), began)
        finally:
            answer.close()

    def close(self) -> None:
        """Close the connections of this process; a second time it does nothing."""
        self._closed = True
        pool = self._pools.pop(os.getpid(), None)
        if pool is not None:
            pool.connections.close()


class AsyncTransport(_Transport[httpx.AsyncBaseTransport, Any]):
    """Sends over asyncio; each event loop gets connections of its own."""

    def __init__(self, options: ClientOptions) -> None:
        import asyncio  # here and below: blocking code does without it

        super().__init__(options, _make_async_pool, asyncio.Semaphore)

    def _drop_unusable(self) -> None:
        # A pool's connections hold their loop, so that a weak mapping would keep both for ever.
        for loop in [loop for loop in tuple(self._pools) if loop.is_closed()]:
            self._pools.pop(loop, None)

    async def send(self, send: Send) -> Response:
        """Send a request once and read its answer, as `SyncTransport.send` does."""
        import asyncio

        pool = self._pool_of(asyncio.get_running_loop())
        try:
            async with asyncio.timeout(send.until - time.monotonic()):
                await pool.gate.acquire()
        except TimeoutError:
            raise self._crowded(send) from None
        try:
            with request_until(send.until):
                async with asyncio.timeout(send.until - time.monotonic()):
                    return await self._send(pool.connections, send)
        except (*_FAILURES, TimeoutError) as error:
            failure = self._error(send, error)
        except asyncio.CancelledError as cancelled:
            cancelled.with_traceback(None)  # the frames below hold the request's bytes
            raise
        finally:
            pool.gate.release()
        raise failure

    async def _send(self, pool: httpx.AsyncBaseTransport, send: Send) -> Response:
        began = time.monotonic()
        answer = await pool.handle_async_request(self._to_httpx(send))
        try:
            body = self._body(send, answer)
            try:
                async for chunk in cast(httpx.AsyncByteStream, answer.stream):
                    body.add(chunk)
            except DecodeError:
                _keep_refusal(answer)
                return self._response(send, answer, b"", began)
            return self._response(send, answer, body.finish(), began)
        finally:
            await answer.aclose()

    async def aclose(self) -> None:
        """Close the connections of this event loop; a second time it does nothing."""
        import asyncio

        self._closed = True
        pool = self._pools.pop(asyncio.get_running_loop(), None)
        if pool is not None:
            await pool.connections.aclose()


def _make_pool(options: ClientOptions) -> httpx.BaseTransport:
    if options.transport is not None:
        return _own(options.transport, httpx.BaseTransport)
    transport = httpx.HTTPTransport(**_connection(options))
    # httpx has no setting for it: the deadline is kept by the sockets themselves.
    transport._pool._network_backend = DeadlineBackend()
    return transport


def _make_async_pool(options: ClientOptions) -> httpx.AsyncBaseTransport:
    if options.transport is not None:
        return _own(options.transport, httpx.AsyncBaseTransport)
    transport = httpx.AsyncHTTPTransport(**_connection(options))
    # Nor for this: what is cancelled in the middle of a handshake leaves no socket behind.
    transport._pool._network_backend = ClosingBackend(transport._pool._network_backend)
    return transport


def _own(transport: Any, kind: type[P]) -> P:
    if isinstance(transport, kind):
        return transport
    raise ConfigError(f"transport must be an httpx.{kind.__name__}, not {type(transport).__name__}.", field="transport")


def _connection(options: ClientOptions) -> dict[str, Any]:
    context = options.tls()
    address = options.proxy
    proxy = None
    if address is not None:
        proxy = httpx.Proxy(for_rest(address), ssl_context=context if address.startswith("https:") else None)
    # No limit below the gate; as many are kept open as may be in use.
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=options.max_connections, keepalive_expiry=5.0)
    return {"verify": context, "trust_env": False, "proxy": proxy, "limits": limits}


def _keep_refusal(answer: httpx.Response) -> None:
    """Raise on, where a whole answer cannot be read; the status of a refusal counts also without its page."""
    if answer.status_code < 400:
        raise


def _authenticating(name: str, secret: Secret) -> tuple[bytes, bytes]:
    return name.encode(), _SecretBytes(secret.reveal().encode())


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _raw(headers: Mapping[str, str]) -> Iterator[tuple[bytes, bytes]]:
    return ((name.encode("ascii"), value.encode("ascii")) for name, value in headers.items())


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Walk from an error down to what caused it, the deepest last."""
    seen: set[int] = set()
    below: BaseException | None = error
    while below is not None and id(below) not in seen:
        seen.add(id(below))
        yield below
        below = below.__cause__ or below.__context__


def _look_up(errors: list[BaseException], table: tuple[tuple[type[BaseException], _Told], ...]) -> _Told | None:
    return next((told for kind, told in table for error in errors if isinstance(error, kind)), None)


def _bare(error: BaseException) -> BaseException | None:
    """Take an error of the system or of TLS out of its chain; what httpx raises itself holds the request."""
    if not isinstance(error, OSError):
        return None
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
