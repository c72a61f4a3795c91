"""Gathers a round's events into its `TaskResult`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from wyseos.generated.models import (
    BrowserEvent,
    FileEvent,
    FollowUpSuggestionEvent,
    PingEvent,
    PlanEvent,
    PlanStatusEvent,
    PongEvent,
    TweetDraftEvent,
    TweetReplyEvent,
)
from wyseos.mate.plan import Plan, plan_after
from wyseos.mate.plan_states import PlanStates
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.local_events import PolicyDecision, Reconnecting
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.streams import Streams
from wyseos.mate.tasks.result import ResultFile, ResultSource, TaskExecutionOptions, TaskResult

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent

_UNCOUNTED = frozenset({PingEvent, PongEvent, Reconnecting})


class ResultBuilder:
    """The record of one round.

    Args:
        options: what is kept.
        session_id: the session.
        source: what fetches the files of the result.
    """

    def __init__(self, options: TaskExecutionOptions, session_id: str, source: ResultSource | None = None) -> None:
        self._options = options
        self._logs_events = options.logs_events
        self._result = TaskResult(session_id=session_id, source=source)
        self._source = source
        self._plan: Plan | None = None
        self._states = PlanStates()
        self._files: dict[tuple[str, str], ResultFile] = {}
        self._streams: Streams | None = None

    def add(self, items: Iterable[TaskEvent | Question]) -> None:
        """Take what came; questions are not events."""
        count = 0
        for item in items:
            kind = type(item)
            if kind in _UNCOUNTED or isinstance(item, Question):
                continue
            count += kind is not PolicyDecision
            if self._logs_events:
                self._result.execution_logs.append({"kind": "event", **item.to_dict(), **_told(item)})
            if kind in _MADE:
                _MADE[kind](self, item)
        self._result.message_count += count

    def finish(self, done: Done, duration: float) -> TaskResult:
        """Return the result of a round that took `duration` seconds."""
        result = self._result
        result.success, result.final_answer, result.error, result.code = (
            done.success,
            done.answer,
            done.error,
            done.code,
        )
        if not done.success and done.error is None:
            result.error = f"the task was {done.state}"
        elif done.code and not done.success:
            result.error = f"[{done.code}] {done.error}"
        result.files = list(self._files.values())
        if self._streams is not None:
            result.replies = [tweet.to_dict() for tweet in self._streams.replies]
            result.drafts = self._streams.whole_drafts
        result.stop_confirmed = done.stop_confirmed
        result.question = None if done.question is None else done.question.to_dict()
        result.session_duration = duration
        return result

    def _add_plan(self, event: PlanEvent | PlanStatusEvent) -> None:
        self._plan = plan_after(self._plan, event)
        steps = self._states.steps_of(self._plan)
        history = self._result.plan_history
        if history and history[-1]["plan"] == steps:
            return
        status = str(self._plan.status) if self._plan is not None else ""
        history.append({**_told(event), "type": event.message.type, "status": status, "plan": steps})
        del history[: self._states.added()]

    def _add_browser_action(self, event: BrowserEvent) -> None:
        action = event.message.data
        if action is None:
            return
        entry = {**_told(event), "url": action.url, "action": action.action, "text": action.text}
        if self._options.capture_screenshots and action.screenshot:
            self._result.screenshots.append({**entry, "screenshot": action.screenshot})
        if self._options.enable_browser_logging and not self._logs_events:
            self._result.execution_logs.append({"kind": "browser", **entry})

    def _add_decision(self, event: PolicyDecision) -> None:
        self._result.decisions.append(event.to_dict())

    def _add_chunk(self, event: TaskEvent) -> None:
        self._streams = self._streams or Streams()
        self._streams.add(event)

    def _add_suggestions(self, event: FollowUpSuggestionEvent) -> None:
        self._result.suggestions += [each.to_dict() for each in event.message.data or ()]

    def _add_files(self, event: FileEvent) -> None:
        for file in event.message.data or ():
            if file.url:
                name = file.file_name or file.url.partition("?")[0].rpartition("/")[2]
                extension = (file.extension or name.rpartition(".")[2] * ("." in name)).lstrip(".")
                self._files[name, file.url] = ResultFile(name, file.url, extension, self._source)


_MADE: dict[type, Callable[[ResultBuilder, Any], None]] = {
    BrowserEvent: ResultBuilder._add_browser_action,
    FileEvent: ResultBuilder._add_files,
    FollowUpSuggestionEvent: ResultBuilder._add_suggestions,
    PlanEvent: ResultBuilder._add_plan,
    PlanStatusEvent: ResultBuilder._add_plan,
    PolicyDecision: ResultBuilder._add_decision,
    TweetReplyEvent: ResultBuilder._add_chunk,
    TweetDraftEvent: ResultBuilder._add_chunk,
}


def _told(event: TaskEvent) -> dict[str, str]:
    """Return what each entry tells, as text: when, by whom, in which words."""
    moment = getattr(event, "created_at", None)
    return {
        "timestamp": "" if moment is None else moment.isoformat(),
        "source": getattr(event, "source", None) or "",
        "content": event.content or "",
    }
