"""The kinds of faults: where each strikes, what it waits for, and its options with their schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

REST, HANDSHAKE, LIVE = "rest", "handshake", "live"

# What an order may say of the moment at which it strikes; what a kind never asks for can never strike.
_REQUEST = ("operation", "session_id")
_ANYWHERE = ("session_id",)
_FRAME = ("session_id", "frame")
_LINE = ("session_id", "frame", "message")

_LONGEST = 86_400
_LARGEST = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault.

    Args:
        place: where it strikes.
        waits_for: what an order of it may name of its moment.
        told: the schema of each option, with its default.
        first_frame: the lowest frame that it strikes at; 0: as soon as the connection is open.
    """

    place: str
    waits_for: tuple[str, ...]
    told: Mapping[str, Json]
    first_frame: int = 0

    @property
    def options(self) -> Json:
        """The options with what they are by default."""
        return {name: schema["default"] for name, schema in self.told.items()}


def _flag(default: bool, about: str) -> Json:
    return {"type": "boolean", "default": default, "description": about}


def _text(default: str | None, about: str, **more: Any) -> Json:
    return {
        "type": "string" if default is not None else ["string", "null"],
        "default": default,
        "description": about,
    } | more


def _whole(default: int, about: str, least: int = 0, most: int = _LARGEST) -> Json:
    return {"type": "integer", "minimum": least, "maximum": most, "default": default, "description": about}


def _seconds(default: float, about: str) -> Json:
    return {"type": "number", "minimum": 0, "maximum": _LONGEST, "default": default, "description": about}


# What stands in a header must not end its line.
_IN_HEADER = {"pattern": "^[\\x20-\\x7e]*$", "patternErrorMessage": "it goes into a header: plain ASCII in one line"}
_BODILESS = {
    "not": {"enum": [204, 205, 304]},
    "errorMessage": "a whole number from 200 to 599; 204, 205 and 304 have no body",
}
_STATUS = _whole(503, "The HTTP status.", 200, 599) | _BODILESS
_RETRY_AFTER = {
    "type": ["integer", "number", "string", "null"],
    "minimum": 0,
    "default": None,
    "description": "The header Retry-After: seconds, or a date.",
    **_IN_HEADER,
}
_HTML = _flag(False, "A proxy's page instead of an envelope.")
_TAKEN = _flag(False, "The request is carried out all the same.")
_LOCATION = _text("http://127.0.0.1:9/", "Where it redirects to.", **_IN_HEADER)
_REDIRECT = {"enum": [301, 302, 303, 307, 308], "default": 307, "description": "The HTTP status."}
_RESET = _flag(False, "With a reset; what was under way may be lost.")
_BYTE = _whole(0, "After so many bytes of the body.")
_MESSAGE_TAKEN = _flag(True, "With `message`: false strikes before the message is taken.")
CLOSE_CODE: Json = {
    "type": "integer",
    "anyOf": [{"enum": [*range(1000, 1004), *range(1007, 1015)]}, {"minimum": 3000, "maximum": 4999}],
    "errorMessage": "a code that a connection may be closed with: 1000 to 1003, 1007 to 1014, 3000 to 4999",
    "default": 1011,
    "description": "The code.",
}
CLOSE_REASON: Json = {
    "type": "string",
    "anyOf": [{"pattern": "^[\\x00-\\x7f]{0,123}$"}, {"maxLength": 30}],
    "errorMessage": "a text of at most 123 bytes",
    "default": "",
    "description": "The reason, at most 123 bytes.",
}

KINDS: dict[str, Kind] = {
    # An answer other than the right one.
    "status": Kind(
        REST,
        _REQUEST,
        {
            "status": _STATUS,
            "code": {"type": "integer", "default": 5000, "description": "The service's code in the envelope."},
            "msg": _text("", "What the envelope or the page says."),
            "retry_after": _RETRY_AFTER,
            "html": _HTML,
            "taken": _TAKEN,
        },
    ),
    "not_json": Kind(REST, _REQUEST, {"text": _text("<html>This is not JSON.</html>", "The body."), "taken": _TAKEN}),
    "wrong_shape": Kind(REST, _REQUEST, {"data": {"default": "not what was asked for", "description": "The data."}}),
    "redirect": Kind(REST, _REQUEST, {"location": _LOCATION, "status": _REDIRECT, "taken": _TAKEN}),
    "lost_history": Kind(REST, _REQUEST, {}),
    "quirks": Kind(REST, _REQUEST, {}),
    # The right answer, but late, or not whole, or not at all.
    "slow": Kind(REST, _REQUEST, {"seconds": _seconds(1.0, "How late it is.")}),
    "drip": Kind(
        REST,
        _REQUEST,
        {"seconds": _seconds(0.05, "Between two drops."), "bytes": _whole(1, "The size of a drop.", least=1)},
    ),
    "cut_body": Kind(REST, _REQUEST, {"byte": _BYTE}),
    "refuse": Kind(REST, _REQUEST, {"reset": _RESET, "taken": _TAKEN}),
    "hang": Kind(REST, _REQUEST, {"taken": _TAKEN}),
    # Instead of a WebSocket.
    "handshake_status": Kind(HANDSHAKE, _ANYWHERE, {"status": _STATUS, "retry_after": _RETRY_AFTER, "html": _HTML}),
    "handshake_redirect": Kind(HANDSHAKE, _ANYWHERE, {"location": _LOCATION, "status": _REDIRECT}),
    "handshake_refuse": Kind(HANDSHAKE, _ANYWHERE, {"reset": _RESET}),
    "handshake_hang": Kind(HANDSHAKE, _ANYWHERE, {}),
    # To the connection.
    "cut": Kind(
        LIVE,
        _LINE,
        {
            "byte": _BYTE | {"type": ["integer", "null"], "default": None, "description": "After so many more bytes."},
            "reset": _RESET,
            "taken": _MESSAGE_TAKEN,
        },
    ),
    "half_open": Kind(LIVE, _LINE, {"taken": _MESSAGE_TAKEN}),
    "close": Kind(LIVE, _LINE, {"code": CLOSE_CODE, "reason": CLOSE_REASON, "taken": _MESSAGE_TAKEN}),
    # To single frames.
    "lose": Kind(LIVE, _FRAME, {}, first_frame=1),
    "duplicate": Kind(LIVE, _FRAME, {}, first_frame=1),
    "reorder": Kind(LIVE, _FRAME, {}, first_frame=1),
    "text_body": Kind(LIVE, _FRAME, {}, first_frame=1),
    "oversize": Kind(
        LIVE, _FRAME, {"bytes": _whole(2 * 2**20, "By how much the event grows.", least=1)}, first_frame=1
    ),
    "stray": Kind(
        LIVE,
        _LINE,
        {
            "text": _text(None, "A text frame that says this."),
            "binary": _text(None, "A binary frame that holds this."),
            "bad_utf8": _flag(False, "A text frame that is no UTF-8."),
        },
    ),
    "unknown_type": Kind(
        LIVE,
        _LINE,
        {
            "type": _text("brand_new", "The type of the event.", minLength=1),
            "rich": _text(None, "Instead: a rich message of this kind.", minLength=1),
        },
    ),
    "no_pong": Kind(LIVE, _ANYWHERE, {}),
}
