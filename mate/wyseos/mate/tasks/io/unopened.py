"""Why a WebSocket could not be opened, in words and as a cause that the protocol judges by."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime

from websockets.exceptions import InvalidMessage, InvalidProxyStatus, InvalidStatus, ProxyError

from wyseos.mate.rest.failures import reason_of
from wyseos.mate.rest.retry import read_retry_after
from wyseos.mate.settings.proxies import place_of
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending

__all__ = ["ConnectionEnded", "refused", "unopened"]


class ConnectionEnded(Exception):
    """The connection ended, or could not be opened."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.reason)
        self.ending = ending


def refused(error: InvalidStatus) -> Ending:
    """Tell of a handshake that was answered with another status than 101."""
    status = error.response.status_code
    reason = f"the service refused the WebSocket with HTTP {status}{_STATUS_HINTS.get(status, '')}"
    retry_after = read_retry_after(error.response.headers.get("Retry-After"), datetime.now(UTC))
    return Ending(Cause.REFUSED, reason, status_code=status, retry_after=retry_after)


_STATUS_HINTS = {
    401: ": the API key or token is not accepted",
    403: ": not allowed",
    404: ": there is no such session",
    429: ": too many connections",
}


def unopened(error: Exception, url: str, proxy: str | None) -> Ending:
    """Tell from an error why there is no connection; never quotes the URL, which may carry the key.

    Args:
        error: what the library or the system raised.
        url: where the connection was to lead.
        proxy: the proxy's URL, None where there is none.
    """
    host = url.split("/")[2]
    if isinstance(error, ProxyError) and isinstance(error.__cause__, OSError):
        error = error.__cause__  # older versions of the library say so of a proxy that was not even reached
    for kind, cause, reason in _REASONS:
        if isinstance(error, kind):
            if proxy is not None and cause in _ON_THE_WAY:
                host = f"the proxy {place_of(proxy)}"
            return Ending(_narrowed(cause, error), reason.format(host=host, error=_words(error)))
    return Ending(Cause.UNUSABLE, f"no WebSocket to {host}: {type(error).__name__}")


def _narrowed(cause: Cause, error: Exception) -> Cause:
    """Tell a resolver that is away from a host that does not exist, and a proxy that is busy from one that refuses."""
    if isinstance(error, socket.gaierror) and error.errno in (socket.EAI_AGAIN, socket.EAI_FAIL):
        return Cause.RESOLVER_AWAY
    if isinstance(error, InvalidProxyStatus) and error.response.status_code in _BUSY:
        return Cause.PROXY_BUSY
    return cause


# What goes wrong before a proxy is reached has nothing to do with the service behind it.
_ON_THE_WAY = (Cause.UNKNOWN_HOST, Cause.UNREACHABLE)
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


def _words(error: Exception) -> str:
    return reason_of(error) or type(error).__name__


# In order: a class before the class it belongs to.
_REASONS: tuple[tuple[type[Exception], Cause, str], ...] = (
    (ssl.SSLCertVerificationError, Cause.BAD_CERTIFICATE, "the certificate of {host} is not trusted: {error}"),
    (socket.gaierror, Cause.UNKNOWN_HOST, "the host {host} is not known: {error}"),
    (TimeoutError, Cause.TIMED_OUT, "{host} did not answer the WebSocket handshake in time"),
    (OSError, Cause.UNREACHABLE, "no connection to {host}: {error}"),
    (InvalidMessage, Cause.BROKEN_HANDSHAKE, "{host} broke off the WebSocket handshake"),
    (InvalidProxyStatus, Cause.PROXY_REFUSED, "the proxy did not let the WebSocket to {host} through"),
    (ProxyError, Cause.PROXY_BUSY, "the proxy broke off the WebSocket to {host}"),
)
