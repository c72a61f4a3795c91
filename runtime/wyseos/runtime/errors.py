"""The root of the SDK's errors, and the few that the generated layer raises itself.

WyseError
├── ValidationError      what the caller gave can't be sent (also a ValueError)
├── DecodeError          what the service sent can't be read (also a ValueError)
└── UnexpectedAnswer     the raw client got an error status or an envelope with a code other than 0
"""

from __future__ import annotations

from typing import Any


class WyseError(Exception):
    """Something went wrong; every error of the SDK is one of these.

    Args:
        message: what happened, in one sentence.
        code: the service's own code, from the envelope.
        status_code: the HTTP status.
        request_id: the service's name for the request, where it told one.
        details: more that the service or the SDK knows, JSON-ready.
        retryable: whether the same call may work later.
        hint: what to do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        code: int | None = None,
        status_code: int | None = None,
        request_id: str | None = None,
        details: Any = None,
        retryable: bool = False,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status_code = status_code
        self.request_id = request_id
        self.details = details
        self.retryable = retryable
        self.hint = hint

    def __str__(self) -> str:
        known = {"code": self.code, "HTTP status": self.status_code, "request": self.request_id}
        facts = ", ".join(f"{name} {value}" for name, value in known.items() if value is not None)
        return self.message + (f" ({facts})" if facts else "") + (f" – {self.hint}" if self.hint else "")

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by their positional arguments alone; ours carry keywords.
        return _restore, (type(self), self.args, self.__dict__.copy())


def _restore(cls: type[WyseError], args: tuple[Any, ...], state: dict[str, Any]) -> WyseError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ValidationError(WyseError, ValueError):
    """What the caller gave can't be sent; nothing has been.

    Args:
        message: names the field, the kind of value it got, and the remedy.
        field: the field or parameter at fault.
    """

    def __init__(self, message: str, field: str | None = None, **more: Any) -> None:
        super().__init__(message, **more)
        self.field = field


class DecodeError(WyseError, ValueError):
    """What the service sent can't be read."""


class UnexpectedAnswer(WyseError):
    """The raw client got an answer that is not a success."""
