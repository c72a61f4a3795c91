"""The root of the SDK's errors, and the few that the generated layer raises itself.

WyseError
├── APIError             what was asked of the service failed
│   └── ValidationError  what the caller gave can't be sent (also a ValueError)
├── DecodeError          what the service sent can't be read (also a ValueError)
├── NoAnswer             the raw client got no answer: no connection, or none that lasted
└── UnexpectedAnswer     the raw client got an error status or an envelope with a code other than 0
"""

from __future__ import annotations

from collections.abc import Mapping

from wyseos.runtime import hints as t


class WyseError(Exception):
    """Something went wrong; every error of the SDK is one of these.

    Args:
        message: what happened, in one sentence.
        code: the service's own code, from the envelope.
        status_code: the HTTP status.
        request_id: the service's name for the request, where it told one.
        details: more that the service or the SDK knows, JSON-ready; empty where that is nothing.
        retryable: whether the same call may work later.
        hint: what to do about it.
    """

    # What it says where nobody gives a message.
    default_message: t.ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        message: str | None = None,
        *,
        code: int | None = None,
        status_code: int | None = None,
        request_id: str | None = None,
        details: t.Any = None,
        retryable: bool = False,
        hint: str | None = None,
    ) -> None:
        self.message = self.default_message if message is None else message
        super().__init__(self.message)
        self.code = code
        self.status_code = status_code
        self.request_id = request_id
        self.details: t.Any = {} if details is None else details
        self.retryable = retryable
        self.hint = hint

    def __str__(self) -> str:
        known = {"code": self.code, "HTTP status": self.status_code, "request": self.request_id}
        facts = ", ".join(f"{name} {value}" for name, value in known.items() if value is not None)
        return self.message + (f" ({facts})" if facts else "") + (f" – {self.hint}" if self.hint else "")

    def __reduce__(self) -> tuple[t.Any, ...]:
        # Exceptions pickle by their positional arguments alone; ours carry keywords.
        return _restore, (type(self), self.args, self.__dict__.copy())


def _restore(cls: type[WyseError], args: tuple[t.Any, ...], state: dict[str, t.Any]) -> WyseError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class APIError(WyseError):
    """The service answered with an error, or what was asked of it failed otherwise.

    Args:
        message: what went wrong.
        code: the `code` of the service's envelope.
        status_code: the HTTP status.
        details: what else is known: `endpoint`, and `body`, the start of the answer, redacted.
        request_id: the service's name for the request, to be told to its support.
        retryable: whether the same request may succeed later.
        hint: what to do about it.

    `retry_after` holds the seconds that the service asked to wait, None if it named no time.
    """

    default_message = "The request failed"
    retry_after: float | None = None

    def __init__(
        self,
        message: str | None = None,
        code: int | None = None,
        status_code: int | None = None,
        details: Mapping[str, t.Any] | None = None,
        request_id: str | None = None,
        *,
        retryable: bool = False,
        hint: str | None = None,
    ) -> None:
        super().__init__(
            message,
            code=code,
            status_code=status_code,
            details=details,
            request_id=request_id,
            retryable=retryable,
            hint=hint,
        )


class ValidationError(APIError, ValueError):
    """What the caller gave can't be sent; nothing has been.

    Args:
        message: names the field, the kind of value it got, and the remedy.
        field: the field or parameter at fault.
    """

    default_message = "An argument cannot be used"

    def __init__(self, message: str | None = None, field: str | None = None, **more: t.Any) -> None:
        super().__init__(message, **more)
        self.field = field


class DecodeError(WyseError, ValueError):
    """What the service sent can't be read."""

    default_message = "The answer cannot be read"


class NoAnswer(WyseError):
    """The raw client got no answer: no connection, or none that lasted; `__cause__` is httpx's own error."""

    default_message = "No answer came"


class UnexpectedAnswer(WyseError):
    """The raw client got an answer that is not a success."""
