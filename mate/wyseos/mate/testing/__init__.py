"""The test kit: pytest fixtures, factories for events and models, and recorded sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.lazy import attribute

if TYPE_CHECKING:
    from wyseos.mate.testing.cassette import CassetteError
    from wyseos.mate.testing.factories import frame, make, session_events
    from wyseos.mate.testing.recorder import Recorder
    from wyseos.mate.testing.replay import Replay

_HOMES = {
    "CassetteError": "cassette",
    "Recorder": "recorder",
    "Replay": "replay",
    "frame": "factories",
    "make": "factories",
    "session_events": "factories",
}

__all__ = ["CassetteError", "Recorder", "Replay", "frame", "make", "session_events"]


def __getattr__(name: str) -> Any:
    return attribute(__name__, _HOMES, name)
