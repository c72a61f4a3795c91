"""All events of a task, one class a kind, and what the SDK adds to them.

from wyseos.mate.events import PlanEvent, TextEvent

for event in task:
    match event:
        case TextEvent():
            print(event.content)
        case PlanEvent():
            print(task.plan)
        case _:
            pass
"""

from wyseos.generated.events import Event, decode_event, event_from_dict
from wyseos.generated.models import (
    BrowserEvent,
    ErrorEvent,
    FileEvent,
    FileSurferEvent,
    FollowUpSuggestionEvent,
    InputEvent,
    MarketingReportEvent,
    MarketingTopicEvent,
    MarketingTweetEvent,
    PingEvent,
    PlanEvent,
    PlanStatusEvent,
    PongEvent,
    ProgressEvent,
    ResearchTweetsEvent,
    SearchEvent,
    SkillEvent,
    TaskResultEvent,
    TextEvent,
    TweetDraftEvent,
    TweetInteractEvent,
    TweetReplyEvent,
    UnknownEvent,
    WarningEvent,
    XBrowserActionEvent,
)
from wyseos.mate.tasks.protocol.events import TaskEvent
from wyseos.mate.tasks.protocol.local_events import Gap, PolicyDecision, Reconnecting, StreamClosed
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.mate.tasks.protocol.streams import Streams

__all__ = [
    "BrowserEvent",
    "ErrorEvent",
    "Event",
    "FileEvent",
    "FileSurferEvent",
    "FollowUpSuggestionEvent",
    "Gap",
    "InputEvent",
    "MarketingReportEvent",
    "MarketingTopicEvent",
    "MarketingTweetEvent",
    "PingEvent",
    "PlanEvent",
    "PlanStatusEvent",
    "PolicyDecision",
    "PongEvent",
    "ProgressEvent",
    "Question",
    "QuestionKind",
    "Reconnecting",
    "ResearchTweetsEvent",
    "SearchEvent",
    "SkillEvent",
    "StreamClosed",
    "Streams",
    "TaskEvent",
    "TaskResultEvent",
    "TaskState",
    "TextEvent",
    "TweetDraftEvent",
    "TweetInteractEvent",
    "TweetReplyEvent",
    "UnknownEvent",
    "WarningEvent",
    "XBrowserActionEvent",
    "decode_event",
    "event_from_dict",
]
