"""The SDK's own events."""

from __future__ import annotations

from typing import get_args

from wyseos.generated.models import MarketingData
from wyseos.mate.tasks.protocol.events import TaskEvent
from wyseos.mate.tasks.protocol.local_events import LOCAL_EVENTS, Gap, PolicyDecision, Reconnecting, StreamClosed


def test_our_own_events_tell_what_happened_and_every_kind_of_event_is_one_of_the_tasks() -> None:
    assert Reconnecting(2, 0.5, "cut").to_dict() == {"type": "reconnecting", "attempt": 2, "wait": 0.5, "reason": "cut"}
    assert {Gap, Reconnecting, StreamClosed} < set(get_args(TaskEvent))


def test_our_own_events_are_ready_for_json() -> None:
    assert Gap("gone", after="a").to_dict() == {"type": "gap", "after": "a", "reason": "gone", "state": "lost"}
    closed = StreamClosed("writer_twitter", reason="no")
    assert closed.to_dict() == {"type": "stream_closed", "stream": "writer_twitter", "data": None, "reason": "no"}


def test_the_whole_data_of_a_stream_is_told_with_its_end() -> None:
    data = MarketingData.from_dict({"tweet": [{"draft_id": "d", "content": "Hello"}]})
    closed = StreamClosed("writer_twitter", data=data)
    assert closed.to_dict() == {
        "type": "stream_closed",
        "stream": "writer_twitter",
        "data": data.to_dict(),
        "reason": None,
    }


def test_our_own_events_say_in_words_what_happened() -> None:
    assert Gap("the history has an end").content == "the history has an end"
    assert Reconnecting(2, 0.25, "it was cut").content == "it was cut; trying again in 0.2 s"
    assert StreamClosed("writer_twitter").content == "writer_twitter is complete"
    assert StreamClosed("writer_twitter", reason="it is gone").content == "it is gone"


def test_a_decision_is_told_whole_but_for_the_id_that_it_never_has() -> None:
    decision = PolicyDecision(decision="ask", rule="default", kind="text", request_id="r")
    assert decision.to_dict() == {
        "decision": "ask",
        "rule": "default",
        "kind": "text",
        "request_id": "r",
        "question": "",
        "say": "",
        "why": "",
        "type": "policy_decision",
    }
    assert decision.content == "ask (default)"


def test_our_own_events_are_no_messages_of_the_service() -> None:
    assert set(LOCAL_EVENTS) < set(get_args(TaskEvent))
    assert {Gap("a").message_id, Reconnecting(1, 0.0, "a").message_id, StreamClosed("a").message_id} == {None}
