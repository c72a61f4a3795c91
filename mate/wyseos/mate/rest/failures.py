"""What a failure below means, and how it is told: the same words for the same fault, so that a monitor can group them.

Failures are known by the names of their classes: those of `httpx` and `httpx2` have the same ones.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
from typing import NamedTuple

from wyseos.mate.rest.retry import Failure

__all__ = ["DEADLINE", "NoPlace", "Told", "bare", "deepest", "is_connecting", "reason_of", "told_of"]


class NoPlace(Exception):
    """No connection became free in time; nothing was sent."""


class Told(NamedTuple):
    """What a failure means, and how it is told; `{host}` and `{timeout}` are filled in."""

    fault: Failure
    message: str
    hint: str | None = None


_TRY_AGAIN = "Check the network and the proxy, then try again."
DEADLINE = Told(Failure.DEADLINE, "The deadline passed before {host} had answered", "Raise deadline.")

# Why no connection came about: looked for in the chain of causes.
_CAUSES: tuple[tuple[type[BaseException], Told], ...] = (
    (
        ssl.SSLCertVerificationError,
        Told(
            Failure.CERTIFICATE,
            "The certificate of {host} is not trusted",
            "If the certificate is your own, name the file of its authority in ca_bundle.",
        ),
    ),
    (ssl.SSLError, Told(Failure.CERTIFICATE, "No TLS connection to {host} came about", "Check scheme and port.")),
    (socket.gaierror, Told(Failure.UNKNOWN_HOST, "The host {host} is not known", "Check base_url and the network.")),
)
# The first row that fits decides: a class before the class it belongs to.
_FAULTS: tuple[tuple[str, Told], ...] = (
    ("ConnectTimeout", Told(Failure.CONNECT_TIMEOUT, "No connection to {host} within {timeout:g} s", _TRY_AGAIN)),
    (
        "NoPlace",
        Told(
            Failure.CONNECT_TIMEOUT, "No free connection to {host} within {timeout:g} s", "Make fewer calls at a time."
        ),
    ),
    ("TimeoutException", Told(Failure.TIMED_OUT, "{host} stood still for {timeout:g} s", "Raise timeout.")),
    ("ProxyError", Told(Failure.FINAL, "The proxy did not let the request through", "Check the proxy setting.")),
    ("ConnectError", Told(Failure.REFUSED, "No connection to {host}", "Check base_url, the network and the proxy.")),
    (
        "LocalProtocolError",
        Told(Failure.FINAL, "The request to {host} could not be written", "Check headers and hooks."),
    ),
    ("TransportError", Told(Failure.CUT, "The connection to {host} broke", _TRY_AGAIN)),
    ("CutShort", Told(Failure.CUT, "The answer of {host} ended before its end", _TRY_AGAIN)),
)


def told_of(failure: BaseException) -> Told:
    """Tell what a failure of a request means; what is in no row is the deadline's."""
    names = _names(failure)
    by_cause = None
    if "ConnectError" in names:
        causes = _chain(failure)
        by_cause = next((told for kind, told in _CAUSES for error in causes if isinstance(error, kind)), None)
    return by_cause or next((told for name, told in _FAULTS if name in names), DEADLINE)


def is_connecting(failure: BaseException) -> bool:
    """Whether it went wrong before there was a connection."""
    return not _names(failure).isdisjoint({"ConnectError", "ConnectTimeout"})


def deepest(failure: BaseException) -> BaseException:
    """Return what caused it in the end; of several causes at a time the last."""
    return _chain(failure)[-1]


def reason_of(error: BaseException) -> str:
    """Say why, without what differs from one time to the next: addresses, counts, quoted bytes. "" if nothing is known.

    Args:
        error: an error of the system, of TLS, or of the libraries below.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, ssl.SSLError):
        return (error.reason or "").replace("_", " ").lower()
    if isinstance(error, socket.gaierror):
        return error.strerror or ""
    if isinstance(error, OSError):
        # Its own text may hold the address, as asyncio's does.
        return "" if isinstance(error, TimeoutError) or not error.errno else os.strerror(error.errno)
    if "ProxyError" in _names(error):
        return str(error)
    return re.split(_VARIABLE, str(error))[0].strip() if "ProtocolError" in _names(error) else ""


# What a protocol error quotes or counts stands behind one of these.
_VARIABLE = r"[(:'\"]|\bb['\"]|\d"


def bare(error: BaseException) -> BaseException | None:
    """Take an error of the system or of TLS out of its chain; what the libraries raise themselves holds the request."""
    if not isinstance(error, OSError):
        return None
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _names(error: BaseException) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}


def _chain(error: BaseException) -> list[BaseException]:
    """List an error and what caused it, the deepest last."""
    found: list[BaseException] = []
    below: BaseException | None = error
    while below is not None and below not in found:
        found.append(below)
        below = below.exceptions[-1] if isinstance(below, BaseExceptionGroup) else below.__cause__ or below.__context__
    return found
