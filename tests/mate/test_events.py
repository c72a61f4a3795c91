"""The public module of events names every kind that the decoder knows."""

from __future__ import annotations

from wyseos.generated.events import EVENTS, NESTED_EVENTS
from wyseos.mate import events


def test_every_kind_of_event_is_exported() -> None:
    nested = {name for kinds in NESTED_EVENTS.values() for name in kinds.values()}
    assert {*EVENTS.values(), *nested, "UnknownEvent"} - set(events.__all__) == set()


def test_every_exported_name_is_there() -> None:
    assert [name for name in events.__all__ if not hasattr(events, name)] == []
