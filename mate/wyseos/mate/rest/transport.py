"""The transport: one request over a socket, sync or async. The only module that knows httpx.

It uses httpx's transports, not its clients: so there are no redirects, no cookies, no credentials of the environment
and no log of URLs (security rows 1 and 2). What goes wrong below becomes a `NetworkError`, by the table `_FAULTS`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, Generic, NamedTuple, TypeVar, cast
from urllib.parse import urlencode, urlsplit
from weakref import WeakKeyDictionary

import httpx

from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import LOOK_FIRST, ConfigError, NetworkError, WyseError
from wyseos.mate.rest.body import Body, CutShort
from wyseos.mate.rest.deadline import DeadlineBackend, in_request, request_until
from wyseos.mate.rest.flow import Send
from wyseos.mate.rest.response import Response
from wyseos.mate.rest.retry import RULES, Fault
from wyseos.mate.settings.secret import MASK, redact

__all__ = ["AsyncTransport", "SyncTransport"]

P = TypeVar("P")


class _Told(NamedTuple):
    """What a failure below means, and how it is told; `{host}` and `{timeout}` are filled in."""

    fault: Fault
    message: str
    hint: str | None = None


_BAD_CERTIFICATE = _Told(
    Fault.CERTIFICATE,
    "The certificate of {host} is not trusted",
    "If the certificate is your own, name the file of its authority in ca_bundle.",
)
_TRY_AGAIN = "Check the network and the proxy, then try again."

# Why no connection came about: looked for in the chain of causes.
_CAUSES: tuple[tuple[type[BaseException], _Told], ...] = (
    (ssl.SSLCertVerificationError, _BAD_CERTIFICATE),
    (ssl.SSLError, _Told(Fault.CERTIFICATE, "No TLS connection to {host} came about", "Check scheme and port.")),
    (socket.gaierror, _Told(Fault.UNKNOWN_HOST, "The host {host} is not known", "Check base_url and the network.")),
)
# The first row that fits decides.
_FAULTS: tuple[tuple[type[BaseException], _Told], ...] = (
    (httpx.ConnectTimeout, _Told(Fault.CONNECT_TIMEOUT, "No connection to {host} within {timeout:g} s", _TRY_AGAIN)),
    (
        httpx.PoolTimeout,
        _Told(
            Fault.CONNECT_TIMEOUT, "No free connection to {host} within {timeout:g} s", "Make fewer calls at a time."
        ),
    ),
    (httpx.TimeoutException, _Told(Fault.TIMED_OUT, "{host} stood still for {timeout:g} s", "Raise timeout.")),
    (httpx.ProxyError, _Told(Fault.FINAL, "The proxy did not let the request through", "Check the proxy setting.")),
    (httpx.ConnectError, _Told(Fault.REFUSED, "No connection to {host}", "Check base_url, the network and the proxy.")),
    (
        httpx.LocalProtocolError,
        _Told(Fault.FINAL, "The request to {host} could not be written", "Look at headers and hooks."),
    ),
    (httpx.TransportError, _Told(Fault.CUT, "The connection to {host} broke", _TRY_AGAIN)),
    (CutShort, _Told(Fault.CUT, "The answer of {host} ended before its end", _TRY_AGAIN)),
)
_FAILURES = (httpx.TransportError, CutShort)
_DEADLINE = _Told(Fault.DEADLINE, "The deadline passed before {host} had answered", "Raise deadline.")


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


class _Transport(Generic[P]):
    """What both transports share: pools of connections, the way from a `Send` to httpx and back."""

    def __init__(self, options: ClientOptions, make: Callable[[ClientOptions], P]) -> None:
        self.options = options
        self._make = make
        self._base = options.base_url
        self._host = urlsplit(options.base_url).netloc
        self._pools: MutableMapping[Any, P] = self._no_pools()
        self._closed = False

    def _no_pools(self) -> MutableMapping[Any, P]:
        return {}

    def _pool_of(self, place: Any) -> P:
        """Return the pool of a process or event loop: a connection serves only where it was made (fault row 42)."""
        if self._closed:
            raise WyseError("This client is closed; make a new one.")
        pool = self._pools.get(place)
        return pool if pool is not None else self._pools.setdefault(place, self._make(self.options))

    def _to_httpx(self, send: Send) -> httpx.Request:
        request = send.request
        url = self._base + request.path + (f"?{urlencode(request.query)}" if request.query else "")
        name, secret = send.credential
        limits = dict.fromkeys(("connect", "read", "write", "pool"), send.timeout)
        return httpx.Request(
            request.method,
            url,
            headers=[*_raw(request.headers), (name.encode(), _SecretBytes(secret.reveal().encode()))],
            content=request.content,
            data=request.form,
            files=[(field, (f.file_name, f.content, f.content_type)) for field, f in request.files or ()] or None,
            extensions={"timeout": limits},
        )

    def _body(self, answer: httpx.Response) -> Body:
        return Body(answer.headers.get("content-encoding", ""), self.options.max_response_size)

    def _response(self, send: Send, answer: httpx.Response, content: bytes, began: float) -> Response:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(send.request.operation, answer.status_code, headers, content, time.monotonic() - began)

    def _error(self, send: Send, failure: BaseException) -> NetworkError:
        """Make our error of a failure below: without its traceback, whose frames hold the request's headers."""
        causes = list(_chain(failure))
        connecting = isinstance(failure, httpx.ConnectError)
        told = (connecting and _look_up(causes, _CAUSES)) or _look_up([failure], _FAULTS) or _DEADLINE
        if time.monotonic() >= send.until:
            told = _DEADLINE if RULES[told.fault].taken else told
        taken = RULES[told.fault].taken and not send.request.operation.is_read
        reason = redact(str(causes[-1]), (send.credential[1],), limit=200)
        message = told.message.format(host=self._host, timeout=send.timeout)
        return NetworkError(
            f"{send.request.operation}: {message}"
            + (f" ({reason})" if reason else "")
            + ("; the service may have done it all the same" if taken else ""),
            cause=_bare(causes[-1]),
            may_have_been_taken=taken,
            fault=told.fault,
            retryable=told.fault not in (Fault.CERTIFICATE, Fault.FINAL),
            hint=LOOK_FIRST if taken else told.hint,
        )


class SyncTransport(_Transport[httpx.BaseTransport]):
    """Sends over blocking sockets; may be shared between threads, and goes on working after a fork."""

    def __init__(self, options: ClientOptions) -> None:
        super().__init__(options, _make_pool)

    def send(self, send: Send) -> Response:
        """Send a request once and read its answer.

        Raises:
            NetworkError: no whole answer came.
            DecodeError: the body is too large, or cannot be unpacked.
        """
        pool = self._pool_of(os.getpid())
        try:
            with request_until(send.until):
                return self._send(pool, send)
        except _FAILURES as error:
            failure = self._error(send, error)
        except KeyboardInterrupt as interrupt:
            interrupt.with_traceback(None)  # the frames below hold the request's bytes
            raise
        raise failure

    def _send(self, pool: httpx.BaseTransport, send: Send) -> Response:
        began = time.monotonic()
        answer = pool.handle_request(self._to_httpx(send))
        try:
            body = self._body(answer)
            for chunk in cast(httpx.SyncByteStream, answer.stream):
                body.add(chunk)
            return self._response(send, answer, body.finish(), began)
        finally:
            answer.close()

    def close(self) -> None:
        """Close the connections of this process; a second time it does nothing."""
        self._closed = True
        pool = self._pools.pop(os.getpid(), None)
        if pool is not None:
            pool.close()


class AsyncTransport(_Transport[httpx.AsyncBaseTransport]):
    """Sends over asyncio; each event loop gets connections of its own."""

    def __init__(self, options: ClientOptions) -> None:
        super().__init__(options, _make_async_pool)

    def _no_pools(self) -> MutableMapping[Any, httpx.AsyncBaseTransport]:
        return WeakKeyDictionary()

    async def send(self, send: Send) -> Response:
        """Send a request once and read its answer, as `SyncTransport.send` does."""
        pool = self._pool_of(asyncio.get_running_loop())
        try:
            with request_until(send.until):
                async with asyncio.timeout(send.until - time.monotonic()):
                    return await self._send(pool, send)
        except (*_FAILURES, TimeoutError) as error:
            failure = self._error(send, error)
        except asyncio.CancelledError as cancelled:
            cancelled.with_traceback(None)  # the frames below hold the request's bytes
            raise
        raise failure

    async def _send(self, pool: httpx.AsyncBaseTransport, send: Send) -> Response:
        began = time.monotonic()
        answer = await pool.handle_async_request(self._to_httpx(send))
        try:
            body = self._body(answer)
            async for chunk in cast(httpx.AsyncByteStream, answer.stream):
                body.add(chunk)
            return self._response(send, answer, body.finish(), began)
        finally:
            await answer.aclose()

    async def aclose(self) -> None:
        """Close the connections of this event loop; a second time it does nothing."""
        self._closed = True
        pool = self._pools.pop(asyncio.get_running_loop(), None)
        if pool is not None:
            await pool.aclose()


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
    return httpx.AsyncHTTPTransport(**_connection(options))


def _own(transport: Any, kind: type[P]) -> P:
    if isinstance(transport, kind):
        return transport
    raise ConfigError(f"transport must be an httpx.{kind.__name__}, not {type(transport).__name__}.", field="transport")


def _connection(options: ClientOptions) -> dict[str, Any]:
    context = options.ssl_context()
    address = options.proxy
    proxy = None
    if address is not None:
        proxy = httpx.Proxy(address, ssl_context=context if address.startswith("https:") else None)
    return {"verify": context, "trust_env": False, "proxy": proxy}


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
