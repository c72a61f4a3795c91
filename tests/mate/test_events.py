"""The public module of events names every kind that the decoder knows."""

from __future__ import annotations

import typing

import pytest

from wyseos.generated.events import EVENTS, NESTED_EVENTS
from wyseos.mate import events


def test_every_kind_of_event_is_exported() -> None:
    nested = {name for kinds in NESTED_EVENTS.values() for name in kinds.values()}
    assert {*EVENTS.values(), *nested, "UnknownEvent"} - set(events.__all__) == set()


def test_every_exported_name_is_there() -> None:
    assert [name for name in events.__all__ if not hasattr(events, name)] == []


def kind_of(event: events.TaskEvent) -> str | None:
    """What kind of event it is; the type checkers refuse this where a class is missing."""
    match event:
        case (
            events.BrowserEvent()
            | events.ErrorEvent()
            | events.FileEvent()
            | events.FileSurferEvent()
            | events.FollowUpSuggestionEvent()
            | events.InputEvent()
            | events.MarketingReportEvent()
            | events.MarketingTopicEvent()
            | events.MarketingTweetEvent()
            | events.PingEvent()
            | events.PlanEvent()
            | events.PlanStatusEvent()
            | events.PongEvent()
            | events.ProgressEvent()
            | events.ResearchTweetsEvent()
            | events.SearchEvent()
            | events.SkillEvent()
            | events.TaskResultEvent()
            | events.TextEvent()
            | events.TweetDraftEvent()
            | events.TweetInteractEvent()
            | events.TweetReplyEvent()
            | events.UnknownEvent()
            | events.WarningEvent()
            | events.XBrowserActionEvent()
            | events.Gap()
            | events.PolicyDecision()
            | events.Reconnecting()
            | events.StreamClosed()
        ):
            return event.type
        case _:
            typing.assert_never(event)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (events.event_from_dict({"type": "text", "content": "Hello"}), "text"),
        (events.event_from_dict({"type": "brand_new"}), "brand_new"),
        (events.Gap("a cut"), "gap"),
        (events.PolicyDecision(decision="ask", rule="default", kind="text", request_id="r"), "policy_decision"),
        (events.Reconnecting(1, 0.5, "a cut"), "reconnecting"),
        (events.StreamClosed("writer_twitter"), "stream_closed"),
    ],
)
def test_a_match_over_the_events_can_be_exhaustive(event: events.TaskEvent, kind: str) -> None:
    assert kind_of(event) == kind
    assert event.message_id is None
    assert isinstance(event.content, str | None)
