"""The task machine: what a task's messages mean, and what is to be done about them.

It is pure: events and commands go in through `receive`, each with the time; actions for the driver come out. The
states and the table of transitions are in `states.py`, with the rules; what goes in and out besides the service's
events is in `commands.py`, `inputs.py` and `actions.py`. Beyond the table it knows three things:

- the open question, and who is to answer it (`Policy`);
- the doubt: the last message of ours that the service may not have taken. A reconnect tells (`Resynced`), and only
  what was certainly not taken is sent again (fault rows 16 and 17);
- the deadlines: for the round, for an answer, for a follow-up suggestion and for the confirmation of a stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wyseos.generated.models import (
    ErrorEvent,
    FollowUpSuggestionEvent,
    InputEvent,
    PauseMessage,
    PlanEvent,
    PlanStatusEvent,
    StopMessage,
    TaskResultEvent,
    TweetDraftEvent,
    TweetInteractEvent,
    TweetReplyEvent,
    UnknownEvent,
    WarningEvent,
)
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan, plan_after
from wyseos.mate.tasks.protocol.actions import Action, Ask, Done, Fetch, Send
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Decline, Pause, Start, Stop
from wyseos.mate.tasks.protocol.inputs import Broken, Closed, Opened, Resynced, Tick
from wyseos.mate.tasks.protocol.messages import ClientMessage, answer_message
from wyseos.mate.tasks.protocol.policy import Answering, Policy
from wyseos.mate.tasks.protocol.questions import (
    SIGNALS,
    Question,
    QuestionKind,
    answering,
    question_of,
    refuse_misfit,
    unanswered,
    unfinished,
)
from wyseos.mate.tasks.protocol.states import TRANSITIONS, Signal, TaskState
from wyseos.mate.tasks.protocol.streams import STREAM_DATA

if TYPE_CHECKING:
    from wyseos.generated.events import Event

FOLLOW_UP_PATIENCE = 1.5
"""Seconds that a follow-up suggestion is waited for after a result."""
STOP_PATIENCE = 10.0
"""Seconds that the confirmation of a stop is waited for."""

# A session's status that tells that the round is over, and how.
_ENDED = {"complete": Signal.RESULT, "stopped": Signal.HALT, "error": Signal.ERROR}
_NOT_STARTED = "created"
# What may follow a result without being the beginning of another round.
_AFTER_RESULT = (FollowUpSuggestionEvent, WarningEvent, UnknownEvent)


class TaskMachine:
    """The state of one task in one session, through all its rounds.

    Args:
        policy: who answers which question, and the times, in seconds.

    Example:
        machine = TaskMachine()
        [send] = machine.receive(Start(message), now=0.0)
        for action in machine.receive(event, now=0.1): ...
    """

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy = policy or Policy()
        self.plan: Plan | None = None
        self.question: Question | None = None
        self.outcome: Done | None = None
        self._state = TaskState.IDLE
        self._resend_in: frozenset[str] = frozenset()
        self._first: ClientMessage | None = None  # the start
        self._doubt: ClientMessage | None = None
        self._after_plan = self._settling = False
        self._result: Done | None = None
        self._followed = False
        self._asked = ""
        self._deadlines: dict[str, float] = {}

    @property
    def state(self) -> TaskState:
        """Where the task is."""
        return self._state

    @property
    def deadline(self) -> float | None:
        """When a `Tick` is due, on the caller's clock, or None."""
        return min(self._deadlines.values(), default=None)

    @property
    def is_ending(self) -> bool:
        """Whether the result is there, and only a follow-up to it may be missing."""
        return self._result is not None

    def receive(self, event: Event | Command, now: float) -> Sequence[Action]:
        """Takes an event of the service or a command, and returns what is to be done.

        Args:
            event: what happened.
            now: seconds on a monotonic clock.
        Raises:
            SessionExecutionError: the user asks for what the state does not allow; the state is as it was.
        """
        handler = _HANDLERS.get(type(event))
        if handler is not None:
            return handler(self, event, now)
        self._after_plan = False
        return self._activity()

    def replay(self, events: Iterable[Event], now: float) -> Sequence[Action]:
        """Takes events read from the history. Their questions are put, and a round is over, only at `Resynced`.

        An event after a question shows that it was answered, one after a result that another round was begun, here or
        elsewhere.
        """
        actions: list[Action] = []
        self._settling = True
        for event in events:
            if self.question is not None:
                self._close_question()
            if self._result is not None and not isinstance(event, _AFTER_RESULT):
                self._reopen()
            actions.extend(self.receive(event, now))
        self._settling = False
        return actions

    # ---- what the service says

    def _on_plan(self, event: PlanEvent, now: float) -> Sequence[Action]:
        self._after_plan = True
        self.plan = plan_after(self.plan, event)
        return self._activity()

    def _on_plan_status(self, event: PlanStatusEvent, now: float) -> Sequence[Action]:
        self._after_plan = False
        self.plan = plan_after(self.plan, event)
        return self._activity()

    def _on_aside(self, event: WarningEvent | UnknownEvent, now: float) -> Sequence[Action]:
        """A warning or an unknown message may stand between a plan and the question about it, and proves nothing."""
        self._move(Signal.ACTIVITY)
        return ()

    def _on_input(self, event: InputEvent, now: float) -> Sequence[Action]:
        question = question_of(event, self.plan if self._after_plan else None)
        self._after_plan = False
        if not question.request_id or not self._move(SIGNALS[question.kind]):
            return self._activity()
        self._doubt = None
        self.question = question
        return () if self._settling else self._put(question, now)

    def _on_stream(self, event: TweetReplyEvent | TweetInteractEvent | TweetDraftEvent, now: float) -> Sequence[Action]:
        self._after_plan = False
        self._activity()
        if event.delta or event.chunk_id:
            return ()
        return [Fetch(stream=event.message.type, kinds=STREAM_DATA[type(event)])]

    def _on_result(self, event: TaskResultEvent, now: float) -> Sequence[Action]:
        data = event.message.data if event.message is not None else None
        stopped = data is not None and data.status == "stopped"
        return self._end(Signal.HALT if stopped else Signal.RESULT, now, answer=event.content or "")

    def _on_error(self, event: ErrorEvent, now: float) -> Sequence[Action]:
        error = event.error or event.content or "the service reports an error"
        return self._end(Signal.ERROR, now, error=error, code=event.code)

    def _on_follow_up(self, event: FollowUpSuggestionEvent, now: float) -> Sequence[Action]:
        self._after_plan = False
        self._move(Signal.ACTIVITY)
        self._followed = True
        return self._finish()

    # ---- what the user asks for

    def _on_start(self, start: Start, now: float) -> Sequence[Action]:
        self._demand(Signal.START, "a task is already under way in this session")
        self._resend_in, self._first, self._doubt = start.resend_in, start.message, start.message
        self.plan = self.question = self.outcome = self._result = None
        self._after_plan = False
        self._deadlines.clear()
        self._wait_at_most("completion", self.policy.completion_timeout, now)
        return [Send(start.message)]

    def _on_attach(self, attach: Attach, now: float) -> Sequence[Action]:
        self._demand(Signal.ATTACH, "this task is already attached")
        self._wait_at_most("completion", self.policy.completion_timeout, now)
        return ()

    def _on_answer(self, answer: Answer, now: float) -> Sequence[Action]:
        question = self.question
        if question is None or answer.request_id not in (None, question.request_id):
            raise SessionExecutionError("there is no open question to answer")
        refuse_misfit(question, answer)
        if question.kind is QuestionKind.CONFIRMATION and not answer.accepted:
            return self._on_stop(Stop(answer.text), now)
        message = answer_message(question, answer)
        self._close_question()
        self._doubt = message
        return [Send(message)]

    def _on_decline(self, decline: Decline, now: float) -> Sequence[Action]:
        if self.question is None or self.question.request_id != decline.request_id or self.policy.fallback is None:
            return ()
        return self._put(self.question, now, self.policy.fallback)

    def _on_pause(self, pause: Pause, now: float) -> Sequence[Action]:
        self._demand(Signal.PAUSE, "there is no running task to pause")
        self._forget_question()
        self._doubt = PauseMessage(reason=pause.reason)
        return [Send(self._doubt)]

    def _on_stop(self, stop: Stop, now: float) -> Sequence[Action]:
        self._demand(Signal.STOP, "there is no running task to stop")
        self._forget_question()
        self._wait_at_most("stop", STOP_PATIENCE, now)
        self._doubt = StopMessage(reason=stop.reason)
        return [Send(self._doubt)]

    # ---- what the line and the clock tell

    def _on_opened(self, opened: Opened, now: float) -> Sequence[Action]:
        early = self._doubt is not self._first  # a pause or a stop that was asked for before there was a line
        return [Send(message) for message in (self._first, self._doubt if early else None) if message is not None]

    def _on_resynced(self, report: Resynced, now: float) -> Sequence[Action]:
        if self._result is not None:
            return self._finish() if self._followed or self._state is not TaskState.COMPLETED else ()
        if self._state is TaskState.STARTING:
            return self._on_started_or_not(report, now)
        if not self._state.is_final and report.status in _ENDED:
            return self._end(_ENDED[report.status], now, answer=report.answer, error=report.error or None)
        if self.question is not None and self.question.request_id != self._asked:
            return self._put(self.question, now)
        return self._resend(report)

    def _on_started_or_not(self, report: Resynced, now: float) -> Sequence[Action]:
        """Fault row 16: sends the start again only where the session's status proves that it was not taken.

        A later round begins in a status that may also be its end: there a message, too, shows that it was begun.
        """
        if report.status == _NOT_STARTED:
            return [Send(self._doubt)] if self._doubt is not None else ()
        if report.status in self._resend_in:
            return self._resend(report)
        if report.status in _ENDED:
            return self._end(_ENDED[report.status], now, answer=report.answer, error=report.error or None)
        if report.status is not None:
            self._activity()
        return ()

    def _resend(self, report: Resynced) -> Sequence[Action]:
        """Fault row 17: an answer goes out again if nothing came after its question; a stop and a pause may always."""
        again = isinstance(self._doubt, StopMessage | PauseMessage) or (report.status is not None and not report.news)
        return [Send(self._doubt)] if self._doubt is not None and again else ()

    def _on_closed(self, closed: Closed, now: float) -> Sequence[Action]:
        return self._finish()

    def _on_broken(self, broken: Broken, now: float) -> Sequence[Action]:
        return self._finish() or self._end(Signal.GIVE_UP, now, error=broken.error)

    def _on_tick(self, tick: Tick, now: float) -> Sequence[Action]:
        due = {name for name, at in self._deadlines.items() if at <= now}
        if "follow-up" in due:
            return self._finish()
        if "stop" in due:
            error = f"stopped, though the service did not confirm it within {STOP_PATIENCE:g} s"
            return self._end(Signal.HALT, now, error=error)
        if "answer" in due:
            return self._end(Signal.GIVE_UP, now, error=unanswered(self.question, self.policy.answer_timeout))
        if "completion" in due:
            return self._end(Signal.GIVE_UP, now, error=unfinished(self.question, self.policy.completion_timeout))
        return ()

    # ---- the one place where the state is assigned, and the steps that the handlers share

    def _move(self, signal: Signal) -> bool:
        state = TRANSITIONS[self._state].get(signal)
        if state is None:
            return False
        self._state = state
        return True

    def _demand(self, signal: Signal, complaint: str) -> None:
        if not self._move(signal):
            raise SessionExecutionError(f"{complaint} (it is {self._state.replace('_', ' ')})")

    def _activity(self) -> Sequence[Action]:
        """Notes that the service works: what we sent before was taken, but for a pause or a stop."""
        if self._move(Signal.ACTIVITY) and self._state is TaskState.RUNNING:
            self._doubt = None
        return ()

    def _put(self, question: Question, now: float, policy: Policy | None = None) -> Sequence[Action]:
        who = answering(question, policy or self.policy)
        if who is Answering.AUTOMATIC:
            return self._on_answer(Answer(), now)
        if who is Answering.STOP:
            return self._on_stop(Stop("stop_on_x_confirm"), now)
        if who is Answering.NOBODY:
            return self._end(Signal.GIVE_UP, now, error=unanswered(question, None))
        self._asked = question.request_id
        self._wait_at_most("answer", self.policy.answer_timeout, now)
        return [Ask(question)]

    def _close_question(self) -> None:
        self._move(Signal.ANSWER)
        self._forget_question()

    def _forget_question(self) -> None:
        self.question = None
        self._deadlines.pop("answer", None)

    def _wait_at_most(self, name: str, seconds: float | None, now: float) -> None:
        if seconds is not None:
            self._deadlines[name] = now + seconds

    def _end(
        self, signal: Signal, now: float, *, answer: str = "", error: str | None = None, code: int | None = None
    ) -> Sequence[Action]:
        """Ends the round. Only after a result is there something left to wait for: a follow-up suggestion."""
        if not self._move(signal):
            return ()
        self._followed = False
        self._result = Done(state=self._state, answer=answer, error=error, code=code, question=self.question)
        self._doubt = None
        self._forget_question()
        self._deadlines.clear()
        if self._state is not TaskState.COMPLETED:
            return self._finish()
        self._wait_at_most("follow-up", FOLLOW_UP_PATIENCE, now)
        return ()

    def _reopen(self) -> None:
        self._result = None
        self._deadlines.pop("follow-up", None)
        self._move(Signal.ATTACH)

    def _finish(self) -> Sequence[Action]:
        if self._result is None or self._settling:
            return ()
        self.outcome, self._result = self._result, None
        self._deadlines.clear()
        return [self.outcome]


Command = Start | Attach | Answer | Decline | Pause | Stop | Opened | Resynced | Closed | Broken | Tick

_HANDLERS: dict[type, Callable[[TaskMachine, Any, float], Sequence[Action]]] = {
    PlanEvent: TaskMachine._on_plan,
    PlanStatusEvent: TaskMachine._on_plan_status,
    WarningEvent: TaskMachine._on_aside,
    UnknownEvent: TaskMachine._on_aside,
    InputEvent: TaskMachine._on_input,
    TweetReplyEvent: TaskMachine._on_stream,
    TweetInteractEvent: TaskMachine._on_stream,
    TweetDraftEvent: TaskMachine._on_stream,
    TaskResultEvent: TaskMachine._on_result,
    ErrorEvent: TaskMachine._on_error,
    FollowUpSuggestionEvent: TaskMachine._on_follow_up,
    Start: TaskMachine._on_start,
    Attach: TaskMachine._on_attach,
    Answer: TaskMachine._on_answer,
    Decline: TaskMachine._on_decline,
    Pause: TaskMachine._on_pause,
    Stop: TaskMachine._on_stop,
    Opened: TaskMachine._on_opened,
    Resynced: TaskMachine._on_resynced,
    Closed: TaskMachine._on_closed,
    Broken: TaskMachine._on_broken,
    Tick: TaskMachine._on_tick,
}
