"""A session that is over, as its history tells it: its events and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.generated.events import Event, event_from_dict
from wyseos.generated.models import SessionInfo, TaskResultEvent
from wyseos.mate.services.session import SessionService
from wyseos.mate.tasks.io.fetcher import Fetcher
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.mate.tasks.result import TaskExecutionOptions, TaskResult
from wyseos.mate.tasks.result_builder import ResultBuilder
from wyseos.runtime import records
from wyseos.runtime.reading import source_of

if TYPE_CHECKING:
    from wyseos.mate.rest.caller import Caller

_OPTIONS = TaskExecutionOptions(capture_screenshots=True, enable_event_logging=False)


@records.frozen
class StoredSession:
    """What the service keeps of a session.

    Args:
        info: the session.
        events: its history, the oldest first.
        result: what came of it, over all rounds.
    """

    info: SessionInfo
    events: list[Event]
    result: TaskResult

    @property
    def runs(self) -> bool:
        """Whether the session is still at work, or can be."""
        return self.info.status in ("created", "active", "paused")


def stored_session(client: Caller, session_id: str) -> StoredSession:
    """Read a session and its whole history.

    Raises:
        NotFoundError: there is no such session.
    """
    sessions = SessionService(client)
    info = sessions.get_info(session_id)
    messages = sessions.iter_messages(session_id, page_size=50)
    events = [event_from_dict(source_of(message)) for message in messages]
    record = ResultBuilder(_OPTIONS, session_id, Fetcher(client.exchange))
    record.add(events)
    return StoredSession(info, events, record.finish(_outcome(info, events), _seconds(info)))


def _outcome(info: SessionInfo, events: list[Event]) -> Done:
    answers = [event.content or "" for event in events if isinstance(event, TaskResultEvent)]
    kept = info.task_result.content if info.task_result is not None else None
    if info.status == "complete" and (kept or answers):
        return Done(TaskState.COMPLETED, answer=kept or answers[-1])
    return Done(TaskState.FAILED, error=info.error_message or f"the session is {info.status or 'of no known state'}")


def _seconds(info: SessionInfo) -> float:
    if info.created_at is None or info.updated_at is None:
        return 0.0
    return max(0.0, (info.updated_at - info.created_at).total_seconds())
