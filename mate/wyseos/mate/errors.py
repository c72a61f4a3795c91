"""Every error of this SDK. Catch `WyseError` for all, or the narrowest one that you can do something about.

    WyseError
    ├── APIError                       what was asked of the service failed
    │   ├── AuthenticationError        401: the key or token is not accepted
    │   ├── AuthorizationError         403: accepted, but not allowed to do this
    │   ├── NotFoundError              404, code 4203
    │   ├── RateLimitError             429, codes 4200 to 4202; `retry_after` in seconds
    │   ├── ServerError                5xx, code 5000
    │   ├── ValidationError            an argument is wrong; nothing was sent (also a ValueError)
    │   └── SessionExecutionError      a task was run and failed
    │       ├── AnalysisFailedError    a product's analysis ended without a report
    │       └── AnalysisTimeoutError   a product's analysis is not done in time
    ├── ConfigError                    a setting is missing or wrong; nothing was sent (also a ValueError)
    ├── DecodeError                    what was read is no JSON that can be used (also a ValueError)
    ├── NetworkError                   no answer came
    └── WebSocketError                 the connection of a task failed

Each carries `message`, `code` (the service's), `status_code` (of HTTP), `request_id`, `details`, `retryable` and
`hint`, can be pickled, and holds no credential.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from wyseos.runtime import hints as t
from wyseos.runtime.errors import APIError, DecodeError, ValidationError, WyseError

__all__ = [
    "APIError",
    "AnalysisFailedError",
    "AnalysisTimeoutError",
    "AuthenticationError",
    "AuthorizationError",
    "ConfigError",
    "DecodeError",
    "NetworkError",
    "NotFoundError",
    "RateLimitError",
    "ServerError",
    "SessionExecutionError",
    "ValidationError",
    "WebSocketError",
    "WyseError",
    "api_error",
    "fault_of",
]


class Failure(Enum):
    """What went wrong with one try, as far as trying again is concerned."""

    REFUSED = "no connection"
    UNKNOWN_HOST = "unknown host"
    CERTIFICATE = "certificate not trusted"
    CONNECT_TIMEOUT = "no connection in time"
    TIMED_OUT = "no answer in time"
    CUT = "connection lost"
    DEADLINE = "deadline passed"
    BUSY = "the service says later"
    UNAVAILABLE = "service unavailable"
    STRANGE = "not an answer of the service"
    FINAL = "trying again does not help"


class AuthenticationError(APIError):
    """The API key or the JWT was not accepted (HTTP 401)."""

    default_message = "The API key or the JWT was not accepted"


class AuthorizationError(APIError):
    """The key is good, but what was asked is not allowed to it (HTTP 403)."""

    default_message = "This is not allowed to the key"


class NotFoundError(APIError):
    """There is nothing under this id or path (HTTP 404, code 4203)."""

    default_message = "There is nothing under this id"


class RateLimitError(APIError):
    """Too much at once: try again after `retry_after` seconds, if told (HTTP 429, codes 4200 to 4202)."""

    default_message = "Too much at once"


class ServerError(APIError):
    """The service or something before it failed (HTTP 5xx, code 5000)."""

    default_message = "The service failed"


class ConfigError(WyseError, ValueError):
    """A setting is missing or wrong; nothing was sent.

    Args:
        message: what is wrong, and what to write instead.
        field: the name of the setting.
        cause: the error below, if there is one.
    """

    default_message = "A setting cannot be used"

    def __init__(
        self,
        message: str | None = None,
        field: str | None = None,
        cause: BaseException | None = None,
        *,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.field = field
        self.cause = cause


class NetworkError(WyseError):
    """No answer came: no connection, a bad certificate, a timeout, a connection that broke.

    Args:
        message: what went wrong, with the host.
        cause: the error of the operating system or of TLS below, without its traceback.
        may_have_been_taken: whether the service may have done what was asked, although no answer came.
        fault: what it was, as far as trying again is concerned.
        retryable: whether the same request may succeed later.
        hint: what to do about it.
    """

    default_message = "No answer came"

    def __init__(
        self,
        message: str | None = None,
        cause: BaseException | None = None,
        may_have_been_taken: bool = False,
        *,
        fault: Failure = Failure.FINAL,
        details: Mapping[str, t.Any] | None = None,
        retryable: bool = True,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, details=details, retryable=retryable, hint=hint)
        self.cause = cause
        self.may_have_been_taken = may_have_been_taken
        self.fault = fault


class WebSocketError(WyseError):
    """The live connection of a session could not be made, or broke for good.

    Args:
        message: what went wrong.
        session_id: the session whose connection it was.
        cause: the error below, if there is one.
        close_code: the WebSocket close code, if the connection was closed with one.
        status_code: the HTTP status, if the handshake was refused.
        retryable: whether a new connection may succeed later.
        hint: what to do about it.
    """

    default_message = "The connection of the session failed"

    def __init__(
        self,
        message: str | None = None,
        session_id: str | None = None,
        cause: BaseException | None = None,
        close_code: int | None = None,
        *,
        status_code: int | None = None,
        retryable: bool = False,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, status_code=status_code, retryable=retryable, hint=hint)
        self.session_id = session_id
        self.cause = cause
        self.close_code = close_code


class SessionExecutionError(APIError):
    """A task or a piece of work of the service was begun and did not end well.

    Args:
        message: what went wrong.
        session_id: the session it ran in, if it was one.
        product_id: the product that was analysed, if it was one.
        message_id: the message that told of it, if one did.
        source: who sent that message.
        code: the code that the service gave.
        details: what else is known.
        cause: the error below, if there is one.
        retryable: whether waiting or trying again may help.
        hint: what to do about it.
    """

    default_message = "The task did not end well"

    def __init__(
        self,
        message: str | None = None,
        session_id: str | None = None,
        *,
        product_id: str | None = None,
        message_id: str | None = None,
        source: str | None = None,
        code: int | None = None,
        details: Mapping[str, t.Any] | None = None,
        cause: BaseException | None = None,
        retryable: bool = False,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, code=code, details=details, retryable=retryable, hint=hint)
        self.session_id = session_id
        self.product_id = product_id
        self.message_id = message_id
        self.source = source
        self.cause = cause


class AnalysisFailedError(SessionExecutionError):
    """The analysis of a product ended without a report; arguments as of `SessionExecutionError`."""

    default_message = "The analysis failed"


class AnalysisTimeoutError(SessionExecutionError):
    """The analysis of a product is not done in time, and goes on; arguments as of `SessionExecutionError`."""

    default_message = "The analysis is not done in time"


# Where the status says enough, it wins over the code; then the code; then the family of the status.
_BY_STATUS: dict[int, type[APIError]] = {
    401: AuthenticationError,
    403: AuthorizationError,
    404: NotFoundError,
    429: RateLimitError,
}

# The service's codes for: not now, too much is under way.
CAPACITY_CODES = frozenset({4200, 4201, 4202})

_BY_CODE: dict[int, type[APIError]] = {
    4000: APIError,
    **dict.fromkeys(CAPACITY_CODES, RateLimitError),
    4203: NotFoundError,
    4600: APIError,
    5000: ServerError,
}

_HINT_BY_CODE: dict[int, str] = {
    4000: "Check the arguments: the service refused one of them.",
    4200: "The service is at capacity. Try again later.",
    4201: "Send fewer requests at a time, or raise max_retries and deadline.",
    4202: "Too many tasks run already. Wait until one has ended.",
    4203: "Check the id: it may be mistyped, deleted, or of another account.",
    4600: "The account has not enough credits. Top it up, then try again.",
    5000: "The service had an internal error. Try again later; if it stays, report the request id.",
}

_HINT_BY_CLASS: dict[type[APIError], str] = {
    APIError: "Read the answer in details['body'], and check base_url; if it stays, report the request id.",
    AuthenticationError: "Check the API key or the JWT, and that it is meant for this base_url.",
    AuthorizationError: "This key may not do this. Use one of the account that owns the object.",
    NotFoundError: _HINT_BY_CODE[4203],
    RateLimitError: _HINT_BY_CODE[4201],
    ServerError: "Try again later; if it stays, report the request id.",
}

# For whatever may have been done although it looks failed: said in place of "try again".
CHECK_FIRST = "Check whether it was done before you try again."

# What passes: a slow client, a service or a gateway in trouble; 520 to 524 and 529 are those of common gateways.
_RETRYABLE_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
# A refused key is not accepted later, whatever the envelope says.
_FINAL_STATUSES = frozenset({401, 403})
_RETRYABLE_CODES = CAPACITY_CODES | {5000}


def api_error(
    message: str,
    *,
    status_code: int,
    code: int | None = None,
    details: Mapping[str, t.Any] | None = None,
    request_id: str | None = None,
    retry_after: float | None = None,
) -> APIError:
    """Make the error that an HTTP status and an envelope code stand for, with its hint.

    Args:
        message: what went wrong.
        status_code: the HTTP status.
        code: the code of the envelope, None where there was none.
        details: what else is known.
        request_id: the service's name for the request.
        retry_after: seconds that the service asked to wait.

    Returns:
        The error, not raised. The tables above decide its class, its hint and whether it is retryable.
    """
    kind = error_class(status_code, code)
    error = kind(
        message,
        code=code,
        status_code=status_code,
        details=details,
        request_id=request_id,
        retryable=status_code not in _FINAL_STATUSES
        and (status_code in _RETRYABLE_STATUSES or code in _RETRYABLE_CODES),
        hint=_HINT_BY_CODE.get(code or 0) or _HINT_BY_CLASS.get(kind),
    )
    error.retry_after = retry_after
    return error


def error_class(status_code: int, code: int | None) -> type[APIError]:
    """Tell the class of error for an HTTP status and an envelope code."""
    by_code = _BY_CODE.get(code or 0)
    return _BY_STATUS.get(status_code) or by_code or (ServerError if status_code >= 500 else APIError)


def fault_of(error: WyseError) -> Failure:
    """Tell what an error means for trying again."""
    if isinstance(error, NetworkError):
        return error.fault
    if not isinstance(error, APIError) or isinstance(error, ValidationError | SessionExecutionError):
        return Failure.FINAL
    if isinstance(error, RateLimitError):
        return Failure.BUSY
    if error.retryable:
        return Failure.UNAVAILABLE
    succeeded = 200 <= (error.status_code or 0) < 300
    return Failure.STRANGE if succeeded and not error.code else Failure.FINAL
