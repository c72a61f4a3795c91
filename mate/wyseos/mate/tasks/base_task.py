"""What the sync and the async task share."""

from __future__ import annotations

from abc import abstractmethod
from asyncio import CancelledError
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wyseos.generated.models import InputEvent, Skill, UploadedFile
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.checks import check_task
from wyseos.mate.tasks.handlers import Handlers
from wyseos.mate.tasks.protocol.commands import Answer, Pause, Start, Stop, start_of
from wyseos.mate.tasks.protocol.delivery import NO_IDS
from wyseos.mate.tasks.protocol.local_events import Gap
from wyseos.mate.tasks.protocol.questions import Question, request_id_of
from wyseos.mate.tasks.result import TaskMode

if TYPE_CHECKING:
    from wyseos.mate.tasks.io.engine import Engine
    from wyseos.mate.tasks.protocol.commands import Command
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.states import TaskState

R = TypeVar("R")

# What is put before people: more is to be done with it than to call a handler of events.
PUT_TO_PEOPLE = (Question, InputEvent)
# What Ctrl-C is: in blocking code, and in a coroutine.
_INTERRUPTIONS = (KeyboardInterrupt, CancelledError)


class Handle(Generic[R]):
    """What both kinds of task share. `R` is what a command returns: nothing, or something to be awaited."""

    def __init__(self, engine: Engine, handlers: Handlers, *, verbose: bool, owner: object) -> None:
        self._engine = engine
        self._handlers = handlers
        self._verbose = verbose
        self._looks_at_items = verbose or not handlers.is_empty
        self._tells = None if verbose else handlers.on_event  # where that is all that is to be done with most events
        self._ready: list[TaskEvent | Question] = []  # the next one last
        self._after = engine.delivery.cursor
        self._last: TaskEvent | None = None  # the last event with a cursor that was handed out
        self._owner = owner  # a task goes on while somebody holds it, its client too
        self._handed_out: str | None = None  # the question that a bare `approve` means

    @property
    def session_id(self) -> str:
        """The session that the task runs in."""
        return self._engine.session_id

    @property
    def cursor(self) -> str | None:
        """The id of the last message handed out; `client.attach(session_id, after=cursor)` goes on after it."""
        return self._engine.cursor_after(self._last) if self._last is not None else self._after

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
        """What the task waits for, None while it waits for nothing: the last question of those that are open."""
        question = self._engine.machine.question
        return None if question is None else self._hand_out_question(question)

    @property
    def questions(self) -> list[Question]:
        """All questions that are open, in the order in which they were asked. Answer each by its own methods."""
        return [self._hand_out_question(question) for question in list(self._engine.machine.questions.values())]

    @property
    def is_open(self) -> bool:
        """Whether the connection is open now."""
        return self._engine.is_open

    def respond(
        self,
        text: str,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        skills: Sequence[Mapping[str, Any]] | None = None,
        *,
        question: Question | None = None,
    ) -> R:
        """Answer a question with text.

        Args:
            text: the answer.
            attachments: uploaded files, `{file_name, file_url}` each.
            skills: skills to be used from now on, `{skill_id, skill_name}` each.
            question: which one; the last that was handed out where none is given.

        Raises:
            SessionExecutionError: the question is not open any more, or wants permission and not text; nothing is sent.
        """
        files = [UploadedFile.from_dict(file) for file in attachments] if attachments else None
        wanted = [Skill.from_dict(skill) for skill in skills] if skills else None
        return self._do(Answer(text=text, attachments=files, skills=wanted, request_id=self._meant(question)))

    def approve(self, plan: Plan | None = None, *, question: Question | None = None) -> R:
        """Give permission for a plan, perhaps edited, or for the browser action that a question is about.

        Args:
            plan: the plan as it should be; None leaves it as it is.
            question: which one; the last that was handed out where none is given, by the loop over the events, by
                `question` or to a handler: never one that nobody was shown.

        Raises:
            SessionExecutionError: the question is not open any more, or wants text; nothing is sent.
        """
        return self._do(Answer(plan=plan, request_id=self._meant(question)))

    def reject(self, why: str | None = None, *, question: Question | None = None) -> R:
        """Refuse a plan and say what to improve; refuse a browser action by stopping the task.

        Args:
            why: what to improve.
            question: as for `approve`.

        Raises:
            SessionExecutionError: the question is not open any more, or wants text; nothing is sent.
        """
        return self._do(Answer(accepted=False, text=why, request_id=self._meant(question)))

    def pause(self, reason: str | None = None) -> R:
        """Pause the task.

        Raises:
            SessionExecutionError: it does not run.
        """
        return self._do(Pause(reason))

    def stop(self, reason: str | None = None) -> R:
        """Stop the task; its result then comes without an answer. A second time it does nothing.

        Raises:
            SessionExecutionError: it does not run.
        """
        return self._do(Stop(reason))

    @abstractmethod
    def _do(self, command: Command) -> R: ...

    def __repr__(self) -> str:
        return f"{type(self).__name__}(session_id={self.session_id!r}, state={self.state.value!r})"

    def _hand_out(self, event: TaskEvent) -> TaskEvent:
        if event.message_id not in NO_IDS or (type(event) is Gap and event.state == "filled"):
            self._last = event
        return event

    def _bring(self, item: TaskEvent | Question) -> TaskEvent | Question:
        """Show an item, and note which question it puts before the user."""
        if self._verbose and not isinstance(item, Question):
            _show(item)
        if type(item) is InputEvent:
            self._handed_out = request_id_of(item)
        return self._hand_out_question(item) if isinstance(item, Question) else item

    def _hand_out_question(self, question: Question) -> Question:
        self._handed_out = question.request_id
        return question.of(self)

    def _meant(self, question: Question | None) -> str:
        if question is not None:
            return question.request_id
        if self._handed_out is None and self._engine.machine.questions:
            raise SessionExecutionError(
                "no question was handed out yet, so that it is not known which one is answered; nothing was sent",
                session_id=self.session_id,
                hint="Read task.question, or iterate over the events, and answer what you see.",
            )
        return self._handed_out or ""

    def _is_open(self, question: Question) -> bool:
        return question.request_id in self._engine.machine.questions

    def _pop_plain(self) -> TaskEvent | None:
        """Hand out the next event where that is all that is to be done with it, as with most; else return None."""
        if not self._ready or self._looks_at_items:
            return None
        event = self._ready[-1]
        if isinstance(event, PUT_TO_PEOPLE):
            return None
        self._ready.pop()
        return self._hand_out(event)

    def _next_start(
        self, task: str, attachments: Sequence[Mapping[str, Any]] | None, extra: dict[str, Any] | None
    ) -> Start:
        """Return the start of another round.

        Raises:
            SessionExecutionError: the last round is not over.
        """
        if not self._engine.result.done():
            raise SessionExecutionError("the last round is not over", session_id=self.session_id)
        check_task(task, attachments, TaskMode.Default, extra)
        return start_of(task, attachments, extra, status="complete")

    def _reopen(self) -> None:
        self._handed_out = None
        self._engine.reopen()

    def _refill(self) -> bool:
        """Take what has come, and return False where nothing has and nothing will."""
        items, over = self._engine.inbox.poll()
        self._ready[:0] = reversed(items)
        return not over

    def _tell(self, interruption: BaseException | None) -> None:
        """Have what interrupts the user's code while the round runs say how to go on (fault row 36); once."""
        is_told = self._marker in "".join(getattr(interruption, "__notes__", ()))
        if isinstance(interruption, _INTERRUPTIONS) and not self._engine.result.done() and not is_told:
            interruption.add_note(self._note)

    @property
    def _marker(self) -> str:
        return f"client.attach({self.session_id!r}"

    @property
    def _note(self) -> str:
        return f"The session goes on without this program: {self._marker}, after={self.cursor!r})"


def _show(event: TaskEvent) -> None:
    from wyseos.mate.terminal.describe import describe  # its table names every event: for who wants it shown

    if (line := describe(event)) is not None:
        print(line, flush=True)
