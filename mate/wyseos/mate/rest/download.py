"""Downloads: a file that the service names, streamed from wherever it lies. A flow: written once for both clients.

A URL of the service may lead anywhere, and so may its redirects: the credential goes to the service's own origin
alone, and only where the file is not given out without (security row 7). Neither do the client's own headers go along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from wyseos.mate.errors import APIError, DecodeError, ValidationError, WyseError, fault_of
from wyseos.mate.rest.exchange import Exchange
from wyseos.mate.rest.flow import Flow, Progress, Send, Sleep
from wyseos.mate.rest.request import USER_AGENT, Request
from wyseos.mate.rest.response import Response, read_answer
from wyseos.mate.rest.retry import Failure
from wyseos.mate.settings.urls import is_loopback
from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import anything

__all__ = ["FileSink", "download"]

_OPERATION = Operation("download_file", "files", "GET", "/{file}")
_HEADERS = {"accept": "*/*", "accept-encoding": "gzip, deflate", "user-agent": USER_AGENT}
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_REFUSED = (401, 403)
# What is quoted already stays so; what is not (a space, a letter of another script) is.
_IN_A_PATH = "/%:@!$&'()*+,;=~-._?"
# Seconds in all: a large file on a slow network is no fault; a connection that stands still is.
_LONGEST = 86_400.0


class FileSink:
    """Writes what comes into an open file, from its beginning.

    Args:
        file: a binary file that can be rewound.
        limit: the most bytes.
        on_progress: as of `Progress`.
    """

    def __init__(self, file: BinaryIO, limit: int, on_progress: Progress | None) -> None:
        self.limit = limit
        self._file = file
        self._on_progress = on_progress
        self._total: int | None = None
        self._size = 0

    def begin(self, headers: Mapping[str, str]) -> None:
        """Begin, perhaps anew; a file that says that it is too large is refused before it comes."""
        told = headers.get("content-length", "")
        self._total = int(told) if told.isdecimal() and "content-encoding" not in headers else None
        if self._total is not None and self._total > self.limit:
            raise DecodeError(f"The file has {self._total} bytes, more than {self.limit}.", hint="Raise max_size.")
        self._file.seek(0)
        self._file.truncate()
        self._size = 0

    def write(self, piece: bytes) -> None:
        """Write the next piece, and tell how far it is."""
        self._file.write(piece)
        self._size += len(piece)
        if self._on_progress is not None:
            self._on_progress(self._size, self._total)


def download(exchange: Exchange, url: str, sink: FileSink) -> Flow[Response]:
    """Fetch a file, over redirects, as often as the settings allow.

    Args:
        exchange: the client's: its settings, its credential, its clock.
        url: where the file lies.
        sink: where it goes.

    Returns:
        The answer, without its body.

    Raises:
        ValidationError: the URL is none that is fetched from.
        APIError: the file is not given out.
        NetworkError: no whole answer came, after all tries.
        DecodeError: it is too large.
    """
    own = _origin(urlsplit(exchange.options.base_url))
    for _ in range(_MOST_REDIRECTS + 1):
        response = yield from _try(exchange, url, sink, with_credential=False)
        if response.status_code in _REFUSED and _origin(_parts(url)) == own:
            response = yield from _try(exchange, url, sink, with_credential=True)
        if response.status_code not in _REDIRECTS:
            break
        url = urljoin(url, response.headers.get("location", ""))
    if response.status_code == 200:
        return response
    raise _refusal(response, exchange)


def _try(exchange: Exchange, url: str, sink: FileSink, *, with_credential: bool) -> Flow[Response]:
    """Ask until an answer came that asking again does not change."""
    origin, request = _request(url, exchange)
    faults: list[Failure] = []
    until = exchange.clock() + _LONGEST
    while True:
        credential = exchange.credential.header() if with_credential else None
        failure: WyseError
        try:
            response: Response = yield Send(request, credential, exchange.options.timeout, until, origin, sink)
            if response.status_code == 200 or response.status_code in _REDIRECTS or response.status_code in _REFUSED:
                return response
            failure = _refusal(response, exchange)
        except WyseError as error:
            failure = error
        faults.append(fault_of(failure))
        wait = exchange.wait_after(failure, faults, _OPERATION, until)
        if wait is None:
            raise failure
        yield Sleep(wait)


def _request(url: str, exchange: Exchange) -> tuple[str, Request]:
    """Take a URL apart; raises ValidationError where it is none that is fetched from."""
    parts, base = _parts(url), urlsplit(exchange.options.base_url)
    is_own = _origin(parts) == _origin(base)
    both_here = is_loopback(parts.hostname or "") and is_loopback(base.hostname or "")
    in_the_clear = parts.scheme == "http" and (is_own or both_here or exchange.options.allow_insecure)
    if not parts.hostname or not (parts.scheme == "https" or in_the_clear):
        raise ValidationError(
            f"the file lies at {parts.scheme or 'no'}://; give one at https://, or at http:// of the service itself",
            field="url",
        )
    path = quote(parts.path or "/", safe=_IN_A_PATH) + (f"?{quote(parts.query, safe=_IN_A_PATH)}" * bool(parts.query))
    return _origin(parts), Request(_OPERATION, path, {}, dict(_HEADERS))


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - read here, for it may be no number
    except ValueError:
        raise ValidationError(f"the file's address is no URL: {url!r:.60}", field="url") from None
    return parts


def _origin(parts: SplitResult) -> str:
    """Return scheme, host and port, as two URLs of one server have them alike. Names and passwords are left out."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    default = {"https": 443, "http": 80}.get(parts.scheme)
    port = parts.port
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, default) else "")


def _refusal(response: Response, exchange: Exchange) -> APIError:
    """Make the error of an answer that is not the file."""
    error = read_answer(Call(_OPERATION, "/", anything), response, exchange.credential.secrets)[1]
    return error or APIError(
        f"{_OPERATION} was answered with HTTP {response.status_code} instead of the file",
        status_code=response.status_code,
    )
