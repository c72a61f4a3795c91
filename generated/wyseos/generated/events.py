# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Decodes what the service sends over a session's WebSocket into one class for each kind of message.

A message is told by its `type`, and where several kinds share one, by its `message.type`. What the schema does not
name becomes an `UnknownEvent` that keeps all of it (fault row 25).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from wyseos.runtime import codec
from wyseos.runtime.errors import DecodeError
from wyseos.runtime.reading import embedded, kind

from . import models

if TYPE_CHECKING:
    from .models.browser_event import BrowserEvent
    from .models.error_event import ErrorEvent
    from .models.file_event import FileEvent
    from .models.file_surfer_event import FileSurferEvent
    from .models.follow_up_suggestion_event import FollowUpSuggestionEvent
    from .models.input_event import InputEvent
    from .models.marketing_report_event import MarketingReportEvent
    from .models.marketing_topic_event import MarketingTopicEvent
    from .models.marketing_tweet_event import MarketingTweetEvent
    from .models.ping_event import PingEvent
    from .models.plan_event import PlanEvent
    from .models.plan_status_event import PlanStatusEvent
    from .models.pong_event import PongEvent
    from .models.progress_event import ProgressEvent
    from .models.research_tweets_event import ResearchTweetsEvent
    from .models.search_event import SearchEvent
    from .models.skill_event import SkillEvent
    from .models.task_result_event import TaskResultEvent
    from .models.text_event import TextEvent
    from .models.tweet_draft_event import TweetDraftEvent
    from .models.tweet_interact_event import TweetInteractEvent
    from .models.tweet_reply_event import TweetReplyEvent
    from .models.unknown_event import UnknownEvent
    from .models.warning_event import WarningEvent
    from .models.x_browser_action_event import XBrowserActionEvent

    Event: TypeAlias = (
        BrowserEvent
        | ErrorEvent
        | FileEvent
        | FileSurferEvent
        | FollowUpSuggestionEvent
        | InputEvent
        | MarketingReportEvent
        | MarketingTopicEvent
        | MarketingTweetEvent
        | PingEvent
        | PlanEvent
        | PlanStatusEvent
        | PongEvent
        | ProgressEvent
        | ResearchTweetsEvent
        | SearchEvent
        | SkillEvent
        | TaskResultEvent
        | TextEvent
        | TweetDraftEvent
        | TweetInteractEvent
        | TweetReplyEvent
        | UnknownEvent
        | WarningEvent
        | XBrowserActionEvent
    )
else:
    Event = Any  # the classes are imported when they are first needed

# The types that one class serves alone.
EVENTS: dict[str, str] = {
    "error": "ErrorEvent",
    "input": "InputEvent",
    "ping": "PingEvent",
    "pong": "PongEvent",
    "progress": "ProgressEvent",
    "task_result": "TaskResultEvent",
    "text": "TextEvent",
    "warning": "WarningEvent",
}
# The types that `message.type` divides further.
NESTED_EVENTS: dict[str, dict[str, str]] = {
    "plan": {
        "create_plan": "PlanEvent",
        "update_plan": "PlanEvent",
        "update_task_status": "PlanStatusEvent",
    },
    "rich": {
        "browser": "BrowserEvent",
        "file": "FileEvent",
        "file_surfer": "FileSurferEvent",
        "follow_up_suggestion": "FollowUpSuggestionEvent",
        "image": "FileEvent",
        "marketing_report": "MarketingReportEvent",
        "marketing_research_tweets": "ResearchTweetsEvent",
        "marketing_topic": "MarketingTopicEvent",
        "marketing_tweet": "MarketingTweetEvent",
        "marketing_tweet_interact": "TweetInteractEvent",
        "marketing_tweet_reply": "TweetReplyEvent",
        "search": "SearchEvent",
        "skill": "SkillEvent",
        "writer_twitter": "TweetDraftEvent",
        "x_browser_action": "XBrowserActionEvent",
    },
}

# Filled as kinds are met: a class is imported when its first message comes.
_readers: dict[Any, Callable[[Any], Any]] = {}


def decode_event(frame: str | bytes | bytearray | memoryview) -> Event:
    """Decode one WebSocket message.

    Args:
        frame: the JSON text, or its UTF-8 bytes.

    Returns:
        The event, an `UnknownEvent` where the schema does not name its kind.

    Raises:
        DecodeError: if the frame is not JSON, or not an object (fault row 26).

    Example:
        event = decode_event('{"type": "text", "message_id": "m1", "content": "hello"}')
        event.content  # "hello"
    """
    source = codec.loads(frame)
    if type(source) is not dict:
        raise DecodeError(f"a message should be a JSON object, but is {kind(source)}")
    return event_from_dict(source)


def event_from_dict(source: Mapping[str, Any]) -> Event:
    """Read an event from an object that is already decoded, such as a row of the history; never raises for its content."""
    name = source.get("type")
    if type(name) is not str:
        return _reader("UnknownEvent")(source)  # type: ignore[no-any-return]
    read = _readers.get(name)
    if read is None:
        read = _find(name, source)
    return read(source)  # type: ignore[no-any-return]


def _find(name: str, source: Mapping[str, Any]) -> Callable[[Any], Any]:
    """Find the reader of a message that its type alone does not tell, or that comes for the first time."""
    if name in EVENTS:
        _readers[name] = _reader(EVENTS[name])
        return _readers[name]
    message = embedded(source.get("message"))
    subtype = message.get("type") if message else None
    key = (name, subtype if type(subtype) is str else "")
    if key in _readers:
        return _readers[key]
    known = NESTED_EVENTS.get(name, {}).get(key[1])
    if known is None:
        return _reader("UnknownEvent")  # not kept by its name: the service could invent names for ever
    _readers[key] = _reader(known)
    return _readers[key]


def _reader(name: str) -> Callable[[Any], Any]:
    return getattr(models, name).from_dict  # type: ignore[no-any-return]
