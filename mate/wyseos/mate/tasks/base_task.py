"""What the sync and the async handle of a task share."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wyseos.generated.models import Skill, UploadedFile
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.handlers import Handlers
from wyseos.mate.tasks.io.engine import Engine
from wyseos.mate.tasks.protocol.commands import Answer, Pause, Stop
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.terminal.describe import describe

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.machine import Command
    from wyseos.mate.tasks.protocol.states import TaskState

R = TypeVar("R")


class Handle(Generic[R]):
    """What both handles share. `R` is what a command returns: nothing, or something to be awaited."""

    def __init__(self, engine: Engine, handlers: Handlers, *, verbose: bool) -> None:
        self._engine = engine
        self._handlers = handlers
        self._verbose = verbose
        self._ready: deque[TaskEvent | Question] = deque()
        self._cursor = engine.line.cursor

    @property
    def session_id(self) -> str:
        """The session that the task runs in."""
        return self._engine.session_id

    @property
    def cursor(self) -> str | None:
        """The id of the last message handed out; `client.attach(session_id, after=cursor)` goes on after it."""
        return self._cursor

    @property
    def state(self) -> TaskState:
        """Where the task is."""
        return self._engine.machine.state

    @property
    def plan(self) -> Plan | None:
        """The plan as it is now, None before there is one."""
        return self._engine.machine.plan

    @property
    def question(self) -> Question | None:
        """What the task waits for, None while it waits for nothing."""
        return self._engine.machine.question

    @property
    def is_open(self) -> bool:
        """Whether the line is open now."""
        return self._engine.is_open

    def respond(
        self,
        text: str,
        attachments: Sequence[dict[str, Any]] | None = None,
        skills: Sequence[dict[str, Any]] | None = None,
    ) -> R:
        """Answers the open question with text.

        Args:
            text: the answer.
            attachments: uploaded files, `{file_name, file_url}` each.
            skills: skills to be used from now on, `{skill_id, skill_name}` each.

        Raises:
            SessionExecutionError: no question is open, or it wants leave and not text.
        """
        files = [UploadedFile.from_dict(file) for file in attachments] if attachments else None
        wanted = [Skill.from_dict(skill) for skill in skills] if skills else None
        return self._do(Answer(text=text, attachments=files, skills=wanted))

    def approve(self, plan: Plan | None = None) -> R:
        """Gives leave for the plan, perhaps edited, or for the browser action that the open question is about.

        Raises:
            SessionExecutionError: no question is open, or it wants text.
        """
        return self._do(Answer(plan=plan))

    def reject(self, why: str | None = None) -> R:
        """Refuses the plan and says what to improve; refuses a browser action by stopping the task.

        Raises:
            SessionExecutionError: no question is open, or it wants text.
        """
        return self._do(Answer(accepted=False, text=why))

    def pause(self, reason: str | None = None) -> R:
        """Pauses the task.

        Raises:
            SessionExecutionError: it does not run.
        """
        return self._do(Pause(reason))

    def stop(self, reason: str | None = None) -> R:
        """Stops the task; its result then comes without an answer.

        Raises:
            SessionExecutionError: it does not run.
        """
        return self._do(Stop(reason))

    @abstractmethod
    def _do(self, command: Command) -> R: ...

    def __repr__(self) -> str:
        return f"{type(self).__name__}(session_id={self.session_id!r}, state={self.state.value!r})"

    def _hand_out(self, event: TaskEvent) -> TaskEvent:
        self._cursor = event.message_id or self._cursor
        return event

    def _show(self, item: TaskEvent | Question) -> None:
        if self._verbose and not isinstance(item, Question) and (line := describe(item)) is not None:
            print(line, flush=True)

    def _is_open(self, question: Question | None) -> bool:
        current = self.question
        return question is not None and current is not None and current.request_id == question.request_id

    @property
    def _looks_at_items(self) -> bool:
        return self._verbose or not self._handlers.is_empty

    def _refill(self) -> bool:
        """Takes what has come, and returns False where nothing has and nothing will."""
        items, over = self._engine.inbox.poll()
        self._ready.extend(items)
        return not over

    @property
    def _note(self) -> str:
        return f"The session goes on without this program: client.attach({self.session_id!r}, after={self.cursor!r})"
