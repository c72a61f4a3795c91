"""The user's handlers: who answers which question, and what a handler's answer means. Pure but for calling them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from wyseos.mate.errors import ValidationError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.checks import check_confirm
from wyseos.mate.tasks.protocol.commands import Answer, Decline, Stop
from wyseos.mate.tasks.protocol.events import TaskEvent
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy, Ruling
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.tasks.result import TaskExecutionOptions
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.mate.policy.policy import Policy

OnEvent: TypeAlias = Callable[[TaskEvent], object]
"""Is told each event; what it returns does not matter, but that an awaitable is awaited by an `AsyncClient`."""
OnPlan: TypeAlias = Callable[[Plan], Plan | bool | str | None]
OnInput: TypeAlias = Callable[[Question], str | None]
OnConfirm: TypeAlias = Callable[[Question], bool | None]

# An `AsyncClient` takes coroutine functions as well.
AsyncOnPlan: TypeAlias = Callable[[Plan], Plan | bool | str | Awaitable[Plan | bool | str | None] | None]
AsyncOnInput: TypeAlias = Callable[[Question], str | Awaitable[str | None] | None]
AsyncOnConfirm: TypeAlias = Callable[[Question], bool | Awaitable[bool | None] | None]


@records.frozen(kw_only=True)
class Handlers:
    """Functions of the user; on an `AsyncClient` they may be coroutine functions.

    Args:
        on_event: called with each event, in order.
        on_plan: called with a plan that asks for approval. Returns True, an edited `Plan`, False, or what to improve.
        on_input: called with a `Question` that wants text. Returns the text.
        on_confirm: called with a `Question` that asks permission for a browser action. Returns True; False stops.

    What returns None leaves the question to the options, or to somebody who answers it later.
    """

    on_event: Callable[[TaskEvent], Any] | None = None
    on_plan: Callable[[Plan], Any] | None = None
    on_input: Callable[[Question], Any] | None = None
    on_confirm: Callable[[Question], Any] | None = None

    def for_question(self, question: Question) -> Callable[[Any], Any] | None:
        """Return the handler of a question's kind."""
        by_kind = {QuestionKind.PLAN: self.on_plan, QuestionKind.CONFIRMATION: self.on_confirm}
        return by_kind.get(question.kind, self.on_input)

    @property
    def by_name(self) -> dict[str, Any]:
        """All of them, None where there is none."""
        return records.asdict(self, recurse=False)

    @property
    def answers(self) -> bool:
        """Whether one of them answers questions."""
        return any((self.on_plan, self.on_input, self.on_confirm))

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return not (self.on_event or self.answers)


class HandlerCall(NamedTuple):
    """A handler to be called; where it answers a question, `command_for` tells what its answer means."""

    handler: Callable[[Any], Any]
    argument: Any
    question: Question | None = None


def call_for(handlers: Handlers, item: TaskEvent | Question) -> HandlerCall | None:
    """Return what is to be called for an event or a question, None where nothing is."""
    if not isinstance(item, Question):
        return HandlerCall(handlers.on_event, item) if handlers.on_event is not None else None
    handler = handlers.for_question(item)
    if handler is None:
        return None
    return HandlerCall(handler, item.plan if item.kind is QuestionKind.PLAN else item, item)


def command_for(question: Question, answer: object) -> Answer | Decline:
    """Return what a handler's answer means.

    Raises:
        ValidationError: it means nothing.
    """
    if answer is None:
        return Decline(question.request_id)
    if question.kind in (QuestionKind.TEXT, QuestionKind.REPORT):
        return _text_answer(question, answer)
    if isinstance(answer, bool):
        return Answer(accepted=answer, request_id=question.request_id)
    if question.kind is QuestionKind.PLAN and isinstance(answer, Plan):
        return Answer(plan=answer, request_id=question.request_id)
    if question.kind is QuestionKind.PLAN and isinstance(answer, str):
        return Answer(accepted=False, text=answer, request_id=question.request_id)
    raise ValidationError(f"a {question.kind} handler returned {type(answer).__name__}", field=_FIELDS[question.kind])


def _text_answer(question: Question, answer: object) -> Answer:
    if not isinstance(answer, str):
        raise ValidationError(f"on_input returned {type(answer).__name__}; it should return text", field="on_input")
    return Answer(text=answer, request_id=question.request_id)


_FIELDS = {QuestionKind.PLAN: "on_plan", QuestionKind.CONFIRMATION: "on_confirm"}


Confirm: TypeAlias = Literal["ask", "approve", "stop"]
"""Who gives permission for an action in the browser, where no handler does: a person, the program, or nobody."""


def confirmation_for(confirm: Confirm | None, options: TaskExecutionOptions, human: Answering) -> Answering:
    """Return who answers a question about an action.

    Raises:
        ValidationError: `confirm` is not one of its words.
    """
    check_confirm(confirm)
    by_options = Answering.STOP if options.stop_on_x_confirm else Answering.AUTOMATIC
    words = {None: by_options, "ask": human, "approve": Answering.AUTOMATIC, "stop": Answering.STOP}
    return words[confirm]


def policy_for(
    options: TaskExecutionOptions,
    handlers: Handlers,
    *,
    attended: bool,
    clock_stands: bool = True,
    confirm: Confirm | None = None,
) -> AnswerPolicy:
    """Return who answers what.

    Args:
        options: those of the run.
        handlers: a handler answers before the options do.
        attended: whether somebody may answer from elsewhere, another thread or the loop over the events.
        clock_stands: whether the round's time stands while somebody is asked.
        confirm: who gives permission for an action; None: as the options say.
    """
    human = Answering.WAIT if attended else Answering.NOBODY
    completion, answer = options.completion_timeout or None, options.max_user_input_timeout or None
    fallback = AnswerPolicy(
        plan=Answering.AUTOMATIC if options.auto_accept_plan else human,
        text=human,
        confirmation=confirmation_for(confirm, options, human),
        completion_timeout=completion,
        answer_timeout=answer,
        clock_stands=clock_stands,
    )
    return records.evolve(
        fallback,
        plan=fallback.plan if handlers.on_plan is None else Answering.WAIT,
        text=fallback.text if handlers.on_input is None else Answering.WAIT,
        confirmation=fallback.confirmation if handlers.on_confirm is None else Answering.WAIT,
        fallback=fallback,
    )


def left_to_people(options: TaskExecutionOptions) -> tuple[TaskExecutionOptions, Confirm]:
    """Return the options under rules: nothing is approved by itself, and what was to be stopped still is."""
    return records.evolve(options, auto_accept_plan=False), "stop" if options.stop_on_x_confirm else "ask"


def ruled(policy: AnswerPolicy, rules: Policy, mode: str) -> AnswerPolicy:
    """Return who answers what where rules decide first.

    Args:
        policy: who answers what the rules leave to a person.
        rules: the user's policy.
        mode: the kind of task.
    """

    def judge(question: Question) -> Ruling:
        decision = rules.decide(question, mode)
        return Ruling(decision, _COMMANDS[decision.decision](question.request_id, decision.say or None))

    return records.evolve(policy, judge=judge)


_COMMANDS: dict[str, Callable[[str, str | None], Answer | Stop | None]] = {
    "approve": lambda rid, say: Answer(request_id=rid),
    "reject": lambda rid, say: Answer(accepted=False, text=say, request_id=rid),
    "answer": lambda rid, say: Answer(text=say, request_id=rid),
    "stop": lambda rid, say: Stop(say or "a policy stops it"),
    "ask": lambda rid, say: None,
}


WATCHING = AnswerPolicy(plan=Answering.WAIT, text=Answering.WAIT, confirmation=Answering.WAIT)
"""Answers nothing by itself: for one who looks on while another process may be answering."""
