"""An answer as it came, and what it means: data, or the error that tells what went wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from wyseos.mate.errors import CHECK_FIRST, APIError, DecodeError, ServerError, api_error, fault_of
from wyseos.mate.rest.retry import RULES, read_http_date, read_retry_after
from wyseos.mate.settings.secret import QUOTE_LIMIT, Secret, redact
from wyseos.runtime import codec, records
from wyseos.runtime.call import Call, Operation

__all__ = ["Response", "read_answer"]

T = TypeVar("T")

# Of what is none of these (punycode, escapes) decoding is no matter of a character set, and may cost without end.
_CHARSET = r"""charset\s*=\s*["']?((?:utf|iso|latin|windows|cp|us-ascii|ascii|shift|euc|gb|big5|koi)[\w.:-]*)"""
_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-trace-id")


@records.frozen
class Response:
    """One answer of the service, whatever its status.

    Args:
        operation: the operation that was called.
        status_code: the HTTP status.
        headers: the headers, their names in lower case.
        content: the body, unpacked.
        elapsed: seconds from sending to the last byte.
    """

    operation: Operation
    status_code: int
    headers: Mapping[str, str] = records.field(repr=False)
    content: bytes = records.field(repr=False)
    elapsed: float

    @property
    def text(self) -> str:
        """The body as text, in the character set that it shows itself or that its headers name; what is unreadable
        is replaced."""
        return _decoded(self.content, self.headers)

    def json(self) -> Any:
        """Decode the body, envelope and all.

        Raises:
            DecodeError: it is not JSON.
        """
        return codec.loads(self.content)

    @property
    def request_id(self) -> str | None:
        """The service's name for the request, None if it gave none."""
        return next((self.headers[name] for name in _REQUEST_ID_HEADERS if name in self.headers), None)

    @property
    def retry_after(self) -> float | None:
        """Seconds that the service asked to wait, None if it named no time."""
        # A date is counted from the service's own clock where it tells it: ours may be wrong.
        now = read_http_date(self.headers.get("date", "")) or datetime.now(UTC)
        return read_retry_after(self.headers.get("retry-after"), now)


def read_answer(call: Call[T], response: Response, secrets: Iterable[Secret]) -> tuple[T, None] | tuple[None, APIError]:
    """Read what an answer holds, or tell why it cannot be read.

    Args:
        call: what was asked.
        response: the answer.
        secrets: what must not show in an error.

    Returns:
        The parsed data and None, or None and the error (fault rows 8 to 13). The error is not raised here: this frame
        holds the answer, which may repeat the credential, and would be part of the traceback.
    """
    is_success = 200 <= response.status_code < 300
    if response.status_code == 204:
        return call.parse(None), None
    if is_success and (call.raw or call.bare):
        return _read_bare(call, response, secrets)
    try:
        envelope, broken = response.json(), None
    except DecodeError as error:
        envelope, broken = None, error.message
    code = _code(envelope)
    if call.bare:
        return None, _error(response, f"{response.operation} failed", secrets)
    if code is None:
        return None, _error(response, _foreign(response, broken), secrets, reason=broken)
    if code != 0 or not is_success:
        said = envelope.get("msg") or "no reason given"
        return None, _error(response, redact(f"{response.operation} failed: {said}", secrets), secrets, code)
    try:
        return call.parse(envelope.get("data")), None
    except DecodeError as error:
        reason = f"{response.operation} was answered with JSON of another shape: {error.message}"
    return None, _error(response, reason, secrets)


def _read_bare(call: Call[T], response: Response, secrets: Iterable[Secret]) -> tuple[T, None] | tuple[None, APIError]:
    """Read an answer in no envelope: the body itself is the data."""
    try:
        content = response.content
        return call.parse(content if call.raw else codec.loads(content) if content else None), None
    except DecodeError as error:
        reason = f"{response.operation} was answered in another shape: {error.message}"
    return None, _error(response, reason, secrets)


def _error(
    response: Response, message: str, secrets: Iterable[Secret], code: int | None = None, reason: str | None = None
) -> APIError:
    """Make the error of an answer: class and hint by status and code, the start of the body quoted, redacted."""
    body = redact(_decoded(response.content[: QUOTE_LIMIT * 8], response.headers), secrets)
    why = {} if reason is None else {"reason": redact(reason, secrets)}
    error = api_error(
        message,
        status_code=response.status_code,
        code=code,
        details={"endpoint": str(response.operation), "body": body, **why},
        request_id=response.request_id and redact(response.request_id, secrets),
        retry_after=response.retry_after,
    )
    may_have_been_done = isinstance(error, ServerError) or RULES[fault_of(error)].taken
    if may_have_been_done and not response.operation.is_read:
        error.hint = CHECK_FIRST
    return error


def _code(envelope: Any) -> int | None:
    code = envelope.get("code") if isinstance(envelope, dict) else None
    if isinstance(code, str) and code.lstrip("-").isdecimal() and len(code) < 10:
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _decoded(content: bytes, headers: Mapping[str, str]) -> str:
    shown = json.detect_encoding(content)  # by a mark at the beginning, or by its zeros
    named = re.search(_CHARSET, headers.get("content-type", ""), re.I | re.A) if shown == "utf-8" else None
    try:
        return content.decode(named[1] if named else shown, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _foreign(response: Response, broken: str | None) -> str:
    """Say what came instead of an envelope; where it is broken stands in the details."""
    if 300 <= response.status_code < 400:
        return f"{response.operation} was answered with a redirect, which is not followed; check base_url"
    what = f"what is {broken.partition(':')[0]}" if broken else "JSON without a code"
    shape = _shape(_decoded(response.content[:256], response.headers).lstrip().lower()) or what
    return f"{response.operation} was answered with {shape} instead of the service's JSON"


def _shape(start: str) -> str | None:
    if not start:
        return "an empty body"
    is_page = start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body"))
    return "an HTML page" if is_page else None
