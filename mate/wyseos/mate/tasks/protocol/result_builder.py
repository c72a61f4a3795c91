"""Gathers a round's events into its `TaskResult`. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from wyseos.generated.models import BrowserEvent, PingEvent, PlanEvent, PlanStatusEvent, PongEvent
from wyseos.mate.plan import Plan, plan_after
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.result import TaskExecutionOptions, TaskResult

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent

_UNCOUNTED = (PingEvent, PongEvent)
_PLANS = (PlanEvent, PlanStatusEvent)


class Record:
    """The record of one round.

    Args:
        options: what is kept.
        session_id: the session.
    """

    def __init__(self, options: TaskExecutionOptions, session_id: str) -> None:
        self._options = options
        self._logs_events = options.logs_events
        self._result = TaskResult(session_id=session_id)
        self._plan: Plan | None = None

    def add(self, event: TaskEvent) -> None:
        """Takes an event."""
        kind = type(event)
        if kind in _UNCOUNTED:
            return
        self._result.message_count += 1
        if self._logs_events:
            self._result.execution_logs.append({"kind": "event", **event.to_dict()})
        if kind in _PLANS and isinstance(event, _PLANS):
            self._add_plan(event)
        elif isinstance(event, BrowserEvent):
            self._add_browser_action(event)

    def finish(self, done: Done, duration: float) -> TaskResult:
        """Returns the result of a round that took `duration` seconds."""
        result = self._result
        result.success, result.final_answer, result.error, result.code = (
            done.success,
            done.answer,
            done.error,
            done.code,
        )
        if not done.success and done.error is None:
            result.error = f"the task was {done.state}"
        result.question = None if done.question is None else done.question.to_dict()
        result.session_duration = duration
        return result

    def _add_plan(self, event: PlanEvent | PlanStatusEvent) -> None:
        self._plan = plan_after(self._plan, event)
        steps = self._plan.to_list() if self._plan is not None else []
        history = self._result.plan_history
        if history and history[-1]["plan"] == steps:
            return
        status = str(self._plan.status) if self._plan is not None else ""
        history.append(
            {"timestamp": _time(event.created_at), "type": event.message.type, "status": status, "plan": steps}
        )

    def _add_browser_action(self, event: BrowserEvent) -> None:
        action = event.message.data
        if action is None:
            return
        entry: dict[str, Any] = {
            "timestamp": _time(event.created_at),
            "url": action.url,
            "action": action.action,
            "text": action.text,
        }
        if self._options.capture_screenshots and action.screenshot:
            self._result.screenshots.append({**entry, "screenshot": action.screenshot})
        if self._options.enable_browser_logging and not self._logs_events:
            self._result.execution_logs.append({"kind": "browser", **entry})


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
