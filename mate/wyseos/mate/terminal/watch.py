"""A person or a script beside a running task: shows it, puts its questions, and obeys Ctrl-C. For every view.

The task is iterated by a thread of its own (`EventFeed`), so that Ctrl-C interrupts only what stands here: the person
is asked what is meant, and the task goes on meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wyseos.generated.models import InputEvent
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.protocol.questions import QuestionKind, request_id_of
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.mate.terminal.answers import PROMPTS, answer_with
from wyseos.mate.terminal.feed import EventFeed
from wyseos.mate.terminal.lines import LineReader
from wyseos.mate.terminal.plan_editor import HELP, edited, numbered
from wyseos.mate.terminal.subjects import Subjects
from wyseos.mate.terminal.summaries import Summary
from wyseos.mate.terminal.text import one_line
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.questions import Question
    from wyseos.mate.tasks.result import TaskResult
    from wyseos.mate.tasks.task import Task
    from wyseos.mate.terminal.view import View

LEAVE = frozenset({"exit", "quit", "q"})
_INTERRUPT = "\nStop the task, leave it running, or go on? s, l or Enter> "

Reason = Literal["ended", "left", "stopped", "question left", "refused"]


@records.frozen
class WatchOutcome:
    """How watching a task ended.

    Args:
        reason: what ended it. After `left` and `question left` the task goes on without us.
        result: the task's result, where there is one.
        question: what is left open, or was refused for want of somebody who approves.
    """

    reason: Reason
    result: TaskResult | None = None
    question: Question | None = None


class _Left(Exception):
    """The person goes, or nobody is there to answer."""

    def __init__(self, ending: WatchOutcome) -> None:
        self.ending = ending


class Watch:
    """Watches a task to its end.

    Args:
        task: the running task. Its confirmations have to be left open, unless something else answers them.
        view: shows it.
        reader: where answers come from.
        subjects: what questions are about.
        asks_in_public: whether confirmations are put to the reader; else they are refused.
        has_rules: whether a policy decides first, which tells its decisions itself.
    """

    def __init__(
        self,
        task: Task,
        view: View,
        reader: LineReader,
        subjects: Subjects,
        *,
        asks_in_public: bool = True,
        has_rules: bool = False,
    ) -> None:
        self._task = task
        self._view = view
        self._reader = reader
        self._subjects = subjects
        self._asks_in_public = asks_in_public
        self._has_rules = has_rules
        self._feed = EventFeed(task)
        self._asked: set[str] = set()  # those whose event was shown: the task is ahead of what is shown
        self._answered: set[str] = set()
        self._refused: Question | None = None
        self._was_stopped = False

    def run(self) -> WatchOutcome:
        """Show and answer until the task has ended, or the person leaves."""
        try:
            while True:
                try:
                    self._follow()
                    break
                except KeyboardInterrupt:
                    self._interrupted()
            return WatchOutcome(self._reason(), self._task.result(), self._refused)
        except _Left as left:
            return left.ending
        finally:
            self._feed.close()

    def _reason(self) -> Reason:
        return "stopped" if self._was_stopped else "refused" if self._refused is not None else "ended"

    def _follow(self) -> None:
        self._put_open_questions()  # one that Ctrl-C interrupted
        for event, plan in self._feed:
            self._subjects.add(event)
            self._view.show(event, plan)
            if isinstance(event, InputEvent):
                self._asked.add(request_id_of(event))
                self._put_open_questions(event)

    # ---- questions

    def _put_open_questions(self, event: InputEvent | None = None) -> None:
        new = [each for each in self._task.questions if each.request_id in self._asked - self._answered]
        for question in new:
            self._put(question)
        if event is not None and not new and not self._has_rules:
            # Somebody else answers, or the options do: a plan is approved by itself, and that is shown.
            is_over = self._task.state in (TaskState.STOPPING, TaskState.STOPPED)
            self._view.note(Summary("answer", "refused: --yes permits it" if is_over else "approved"))

    def _put(self, question: Question) -> None:
        if question.kind is QuestionKind.CONFIRMATION and not self._asks_in_public:
            self._refused = question
            question.reject("nobody is here who could permit it")
            self._settle(question, "refused: --yes permits it")
            return
        with self._view.asking(question, self._subjects.of(question)):
            self._reader.forget_typed()
            said = self._answer(question)
        if said is not None:
            self._settle(question, said)

    def _answer(self, question: Question) -> str | None:
        """Read lines until one is an answer, and return it; None where the question is not open any more."""
        while self._is_open(question):
            typed = self._reader.read(PROMPTS[question.kind], lambda: self._is_open(question))
            if typed is None:
                if self._is_open(question):
                    raise _Left(WatchOutcome("question left", question=question))
                return None
            try:
                if self._is_command(typed):
                    return None
                outcome = answer_with(question, typed)
                if outcome == "edit":
                    question.approve(self._edit(question.plan or Plan()))
                if outcome != "ask again":
                    return typed
            except SessionExecutionError as error:
                self._view.say(f"! {error.message}")
        return None

    def _settle(self, question: Question, said: str) -> None:
        self._answered.add(question.request_id)
        of_nothing = "approved" if question.kind is QuestionKind.PLAN else "no"
        self._view.note(Summary("answer", one_line(said) or of_nothing))

    def _is_open(self, question: Question) -> bool:
        return any(question.request_id == each.request_id for each in self._task.questions)

    def _is_command(self, typed: str) -> bool:
        word = typed.lower()
        if word in LEAVE:
            raise _Left(WatchOutcome("left"))
        if word == "stop":
            self._stop()
        elif word == "pause":
            self._task.pause()
        return word in {"stop", "pause"}

    def _edit(self, plan: Plan) -> Plan:
        self._view.say(HELP)
        while True:
            self._view.say(numbered(plan))
            line = self._reader.read("edit> ")
            if not line:
                return plan
            plan = edited(plan, line)

    # ---- Ctrl-C

    def _interrupted(self) -> None:
        """Ask what is meant; where nobody can be asked, and at a second Ctrl-C, leave."""
        try:
            with self._view.standing_aside():
                said = (self._reader.read(_INTERRUPT) if self._reader.is_terminal else None) or ""
        except KeyboardInterrupt:
            raise _Left(WatchOutcome("left")) from None
        if not self._reader.is_terminal or said.lower() in {"l", "leave", *LEAVE}:
            raise _Left(WatchOutcome("left"))
        if said.lower() in {"s", "stop"}:
            self._stop()

    def _stop(self) -> None:
        self._was_stopped = True
        try:
            self._task.stop()
        except SessionExecutionError as error:
            self._view.say(f"! {error.message}")
