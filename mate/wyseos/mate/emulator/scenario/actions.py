"""What a scenario wants done. A script yields these; the session does them, and sends back the answers to `Ask`."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Emit:
    """Send an event to everyone who listens; `kept` says whether it goes into the history as well."""

    event: Json
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Wait:
    """Let time pass, in seconds at speed 1."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Ask:
    """Send an `input` event and wait for its answer, whose `data` comes back; `expects` is its `input_type`."""

    event: Json
    request_id: str
    expects: str


@dataclass(frozen=True, slots=True)
class Record:
    """Let the service know of something besides the events: a file, a product, tweets, the session's status."""

    what: str
    data: Json


@dataclass(frozen=True, slots=True)
class Close:
    """Close the connections of this session with a code and a reason."""

    code: int
    reason: str


Action = Emit | Wait | Ask | Record | Close
Script = Generator[Action, Json | None, None]
