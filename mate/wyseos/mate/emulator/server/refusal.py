"""How the service says no: a code of its own, the HTTP status that goes with it, and a message."""

from __future__ import annotations

INVALID = 4000
AT_CAPACITY = 4200
RATE_LIMITED = 4201
TOO_MANY_TASKS = 4202
NOT_FOUND = 4203
NO_CREDITS = 4600
INTERNAL = 5000

STATUS_OF_CODE = {
    INVALID: 400,
    AT_CAPACITY: 429,
    RATE_LIMITED: 429,
    TOO_MANY_TASKS: 429,
    NOT_FOUND: 404,
    NO_CREDITS: 400,
    INTERNAL: 500,
}


class Refusal(Exception):
    """A request that is answered with an error envelope.

    Args:
        code: the service's code, as on the page of errors.
        message: what is wrong, for a person.
        status: the HTTP status; by default the one that goes with the code.
    """

    def __init__(self, code: int, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or STATUS_OF_CODE.get(code, 400)


def not_found(what: str, identifier: object) -> Refusal:
    """Make the refusal for an id that names nothing."""
    return Refusal(NOT_FOUND, f"{what} {identifier} not found")
