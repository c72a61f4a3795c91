"""The SDK's own events."""

from __future__ import annotations

from typing import get_args

from wyseos.mate.tasks.protocol.events import TaskEvent
from wyseos.mate.tasks.protocol.local_events import Gap, Reconnecting, StreamClosed


def test_our_own_events_tell_what_happened_and_every_kind_of_event_is_one_of_the_tasks() -> None:
    assert Reconnecting(2, 0.5, "cut").to_dict() == {"type": "reconnecting", "attempt": 2, "wait": 0.5, "reason": "cut"}
    assert {Gap, Reconnecting, StreamClosed} < set(get_args(TaskEvent))


def test_our_own_events_are_ready_for_json() -> None:
    assert Gap("gone", after="a").to_dict() == {"type": "gap", "after": "a", "reason": "gone", "state": "lost"}
    closed = StreamClosed("writer_twitter", reason="no")
    assert closed.to_dict() == {"type": "stream_closed", "stream": "writer_twitter", "data": None, "reason": "no"}
