"""The task machine: what a task's messages mean, and what is to be done about them.

It is pure: events, commands and inputs go in through `receive`, each with the time; actions come out. The states and
the table of transitions are in `states.py`, with the rules. Beyond the table it knows four things:

- the open questions, each by its `request_id`, and who is to answer them (`AnswerPolicy`);
- what is unconfirmed: messages of ours that the service may not have taken. Only what certainly was not taken is sent
  again (fault rows 16 and 17), a stop and a pause always, the confirmation of a public act never;
- the deadlines: for the round, for an answer, for a follow-up suggestion and for the confirmation of a stop. The
  round's clock stands while a question is open to a person;
- whether the round is over by the history alone: that is settled only once all of it is in (`Resynced`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from wyseos.generated.models import (
    ErrorEvent,
    FollowUpSuggestionEvent,
    InputEvent,
    PauseMessage,
    PlanEvent,
    PlanStatusEvent,
    ProgressEvent,
    StartMessage,
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
from wyseos.mate.tasks.protocol.actions import (
    AskAgain,
    Done,
    FetchStream,
    MachineAction,
    PutQuestion,
    RoundOver,
    SendMessage,
    TellDecision,
)
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Command, Decline, Pause, Start, Stop
from wyseos.mate.tasks.protocol.delivery import is_own
from wyseos.mate.tasks.protocol.inputs import Broken, Closed, Input, Opened, Reopened, Resynced, Tick
from wyseos.mate.tasks.protocol.messages import ClientMessage, answer_message
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy, Ruling
from wyseos.mate.tasks.protocol.questions import (
    SIGNALS,
    Question,
    QuestionKind,
    answered_by,
    answering,
    question_of,
    refuse_misfit,
    shows_answered,
    unanswered,
    unfinished,
)
from wyseos.mate.tasks.protocol.round_clock import Awaited, RoundClock
from wyseos.mate.tasks.protocol.small_sets import EMPTY, without
from wyseos.mate.tasks.protocol.states import FINAL, TRANSITIONS, Signal, TaskState
from wyseos.mate.tasks.protocol.streams import STREAM_DATA

if TYPE_CHECKING:
    from wyseos.generated.events import Event

FOLLOW_UP_PATIENCE = 1.5
"""Seconds that a follow-up suggestion is waited for after a result."""
STOP_PATIENCE = 10.0
"""Seconds that the confirmation of a stop is waited for, once it was sent."""
STOP_OUTAGE = 60.0
"""Seconds for which a stop that can't be sent goes on being delivered."""
MOST_QUESTIONS = 500
"""So many questions are open at most; of more, the oldest are forgotten. Nobody answers that many, and each is held."""

# A session's status that tells that the round is over, and how.
_ENDED: Mapping[str | None, Signal] = {"complete": Signal.RESULT, "stopped": Signal.HALT, "error": Signal.ERROR}
# What may follow a result without being the beginning of another round.
_AFTER_RESULT = (FollowUpSuggestionEvent, WarningEvent, UnknownEvent)
# The service's words for an answer that nothing asks for, or for a start of what is at work: no end of the round.
_REFUSALS = frozenset({4000, 4203})
# What no other message of the service confirms.
_REQUESTS = (PauseMessage, StopMessage)


class TaskMachine:
    """The state of one task in one session, through all its rounds.

    Args:
        policy: who answers which question, and the times, in seconds.
        ask_again: seconds between the two answers of the service that tell that a message of ours was not taken.

    Example:
        machine = TaskMachine()
        machine.receive(Start(message), now=0.0)
        [send] = machine.receive(Opened(), now=0.1)
        for action in machine.receive(event, now=0.2): ...
    """

    def __init__(self, policy: AnswerPolicy | None = None, ask_again: float = 5.0) -> None:
        self.policy = policy or AnswerPolicy()
        self._ask_again = ask_again
        self.plan: Plan | None = None
        self.questions: dict[str, Question] = {}
        """The open questions by their `request_id`, in the order in which they were asked."""
        self.outcome: Done | None = None
        self.is_connected = False
        """Whether what is sent now goes out."""
        self._state = TaskState.IDLE
        self._resend_in: frozenset[str | None] = EMPTY  # statuses that prove that the start was never taken
        # An answer by its `request_id`, all else by its class: the service may give any word as an id.
        self._unconfirmed: dict[str | type, ClientMessage] = {}
        self._sent: frozenset[str | type] = EMPTY  # what of it may have reached the service
        self._confirmations: frozenset[str] = EMPTY  # the questions about actions that were agreed to
        self._put: frozenset[str] = EMPTY  # questions that were put to somebody
        self._quiet_since: float | None = None  # when the service told that nothing came of what is unconfirmed
        self._may_be_refused = False  # something was sent in this round that may have come too late
        self._refusal: str | None = None  # the service's words for it
        self._passed: frozenset[str] = EMPTY  # open questions that were answered: their agents went on
        self._after_plan = self._settling = self._is_trailing = self._followed = False
        self._result: Done | None = None
        self._clock = RoundClock()

    @property
    def state(self) -> TaskState:
        """Where the task is."""
        return self._state

    @property
    def question(self) -> Question | None:
        """The open question that was asked last."""
        questions = list(self.questions.values())  # a copy at once: other threads ask too
        return questions[-1] if questions else None

    @property
    def deadline(self) -> float | None:
        """When a `Tick` is due, on the caller's clock, or None. Without a connection no follow-up is waited for."""
        return self._clock.deadline(follow_up=self.is_connected)

    @property
    def is_ending(self) -> bool:
        """Whether the result is there, and only a follow-up to it may be missing."""
        return self._is_trailing or self._result is not None

    @property
    def has_limit(self) -> bool:
        """Whether the round ends by its own time."""
        return self._clock.has_limit

    def due(self, now: float) -> bool:
        """Tell whether the next `Tick` ends the round without a result."""
        return self._clock.ends_round(now)

    def receive(self, event: Event | Command | Input, now: float) -> Sequence[MachineAction]:
        """Take an event of the service, a command or an input, and return what is to be done.

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

    def replay(
        self, events: Iterable[Event], now: float, predecessors: Mapping[int, Event] | None = None
    ) -> Sequence[MachineAction]:
        """Take events read from the history. Their questions are put, and a round is over, only at `Resynced`.

        What the agents do after a question shows that it was answered, what they do after a result that another round
        was begun, here or elsewhere. By the `id` of an event, `predecessors` tells what stands directly before it,
        where that came earlier: a question may be about a plan that was told before a gap was filled.
        """
        actions: list[MachineAction] = []
        self._settling = True
        for event in events:
            if predecessors and (before := predecessors.get(id(event))) is not None:
                self._after_plan = isinstance(before, PlanEvent)
            if self._result is not None and not isinstance(event, _AFTER_RESULT):
                self._reopen(now)
            self._close_answered(event, now)
            actions.extend(() if is_own(event) else self.receive(event, now))
        self._settling = False
        return actions

    # ---- what the service says

    def _on_plan(self, event: PlanEvent, now: float) -> Sequence[MachineAction]:
        self._after_plan = True
        self.plan = plan_after(self.plan, event)
        return self._activity()

    def _on_plan_status(self, event: PlanStatusEvent, now: float) -> Sequence[MachineAction]:
        self.plan = plan_after(self.plan, event)
        return self._on_work(event, now)

    def _on_work(self, event: ProgressEvent | PlanStatusEvent, now: float) -> Sequence[MachineAction]:
        self._after_plan = False
        if self.questions:
            self._passed |= {rid for rid, question in self.questions.items() if shows_answered(event, question)}
        return self._activity()

    def _on_aside(self, event: WarningEvent | UnknownEvent, now: float) -> Sequence[MachineAction]:
        """A warning or an unknown message may stand between a plan and the question about it, and proves nothing."""
        self._move(Signal.ACTIVITY)
        return ()

    def _on_input(self, event: InputEvent, now: float) -> Sequence[MachineAction]:
        question = question_of(event, self.plan if self._after_plan else None)
        self._after_plan = False
        for passed in self._passed:
            self._close(self.questions[passed], now)
        rid = question.request_id
        if not rid or rid in self._confirmations or not self._move(SIGNALS[question.kind]):
            return self._activity()
        self._activity()
        self._unconfirmed.pop(StartMessage, None)
        self.questions.pop(rid, None)
        self.questions[rid] = question
        self._put = without(self._put, {rid})
        if len(self.questions) > MOST_QUESTIONS:
            self._drop(next(iter(self.questions)), now)
        return () if self._settling else self._ask(question, now)

    def _on_stream(
        self, event: TweetReplyEvent | TweetInteractEvent | TweetDraftEvent, now: float
    ) -> Sequence[MachineAction]:
        self._after_plan = False
        self._activity()
        if event.delta or event.chunk_id:
            return ()
        return [FetchStream(stream=event.message.type, kinds=STREAM_DATA[type(event)])]

    def _on_result(self, event: TaskResultEvent, now: float) -> Sequence[MachineAction]:
        data = event.message.data if event.message is not None else None
        stopped = data is not None and data.status == "stopped"
        return self._end(Signal.HALT if stopped else Signal.RESULT, now, answer=event.content or "")

    def _on_error(self, event: ErrorEvent, now: float) -> Sequence[MachineAction]:
        error = event.error or event.content or "the service reports an error"
        if self._may_be_refused and (event.code or 4000) in _REFUSALS:
            # What was sent came too late, or twice: no end, unless the status says so.
            self._activity()
            self._note_taken()
            self._refusal = error
            return [AskAgain(self._ask_again)]
        return self._end(Signal.ERROR, now, error=error, code=event.code)

    def _on_follow_up(self, event: FollowUpSuggestionEvent, now: float) -> Sequence[MachineAction]:
        """It may come late, once the next round was asked for, and proves nothing of that one."""
        self._after_plan = False
        self._followed = True
        return self._finish()

    # ---- what the user asks for

    def _on_start(self, start: Start, now: float) -> Sequence[MachineAction]:
        self._demand(Signal.START, "a task is already under way in this session")
        self._resend_in = start.resend_in
        self._unconfirmed = {StartMessage: start.message}
        self._sent = EMPTY
        self.plan = self.outcome = self._result = self._quiet_since = self._refusal = None
        self._after_plan = self._is_trailing = self._may_be_refused = False
        self._clock.clear()
        self._clock.wait(Awaited.COMPLETION, self.policy.completion_timeout, now)
        return ()

    def _on_attach(self, attach: Attach, now: float) -> Sequence[MachineAction]:
        self._demand(Signal.ATTACH, "this task is already attached")
        self._is_trailing = False
        self._clock.wait(Awaited.COMPLETION, self.policy.completion_timeout, now)
        return ()

    def _on_answer(self, answer: Answer, now: float) -> Sequence[MachineAction]:
        last = self.question
        rid = answer.request_id if answer.request_id is not None else last.request_id if last is not None else ""
        question = self.questions.get(rid)
        if question is None:
            raise SessionExecutionError(_STALE if rid else "there is no open question to answer")
        refuse_misfit(question, answer)
        if question.kind is QuestionKind.CONFIRMATION and not answer.accepted:
            return self._on_stop(Stop(answer.text), now)
        message = answer_message(question, answer)
        self._close(question, now)
        self._unconfirmed[question.request_id] = message
        self._sent = without(self._sent, {question.request_id})
        if question.kind is QuestionKind.CONFIRMATION:
            self._confirmations |= {question.request_id}
        self._may_be_refused = True
        return self._send(question.request_id)

    def _on_decline(self, decline: Decline, now: float) -> Sequence[MachineAction]:
        question = self.questions.get(decline.request_id)
        if question is None or self.policy.fallback is None:
            return ()
        return self._ask(question, now, self.policy.fallback)

    def _on_pause(self, pause: Pause, now: float) -> Sequence[MachineAction]:
        self._demand(Signal.PAUSE, "there is no running task to pause")
        self._forget_questions(now)
        self._unconfirmed[PauseMessage] = PauseMessage(reason=pause.reason)
        return self._send(PauseMessage)

    def _on_stop(self, stop: Stop, now: float) -> Sequence[MachineAction]:
        if self._state in (TaskState.STOPPING, TaskState.STOPPED):
            return ()
        self._demand(Signal.STOP, "there is no running task to stop")
        self._forget_questions(now)
        self._clock.wait(Awaited.STOP, STOP_PATIENCE if self.is_connected else STOP_OUTAGE, now)
        self._unconfirmed[StopMessage] = StopMessage(reason=stop.reason)
        return self._send(StopMessage)

    # ---- what the session and the clock tell

    def _on_opened(self, opened: Opened, now: float) -> Sequence[MachineAction]:
        """Send the start, and a pause or a stop that was asked for before there was a connection."""
        if self._state is TaskState.STOPPING:
            self._clock.wait(Awaited.STOP, STOP_PATIENCE, now)
        return self._send(*self._unconfirmed)

    def _on_reopened(self, reopened: Reopened, now: float) -> Sequence[MachineAction]:
        if self._state is TaskState.STOPPING:
            self._clock.wait(Awaited.STOP, STOP_PATIENCE, now)
        return self._send(*(kind for kind in _REQUESTS if kind in self._unconfirmed))

    def _on_resynced(self, report: Resynced, now: float) -> Sequence[MachineAction]:
        if self.is_ending:
            return self._finish()
        if self._state is TaskState.STARTING:
            return self._on_started_or_not(report, now)
        if report.status in _ENDED and self._state not in FINAL:
            return self._on_ended(report, now)
        actions = list(self._send_again(report, now))
        for question in [question for rid, question in self.questions.items() if rid not in self._put]:
            actions += self._ask(question, now)
        return actions

    def _on_started_or_not(self, report: Resynced, now: float) -> Sequence[MachineAction]:
        """Fault row 16: send the start again only where the status proves that it was not taken.

        A later round begins in a status that may also be its end: there a message, too, shows that it was begun.
        """
        if report.status in self._resend_in:
            return self._send_again(report, now)
        if report.status in _ENDED:
            return self._on_ended(report, now)
        if report.status is not None:
            self._activity()
        return ()

    def _on_ended(self, report: Resynced, now: float) -> Sequence[MachineAction]:
        """The status tells an end that no message told. A later round is told apart from the one before it by time."""
        if report.status in self._resend_in and not self._is_said_again(now):
            return [AskAgain(self._ask_again)]
        return self._end(_ENDED[report.status], now, answer=report.answer, error=report.error or self._refusal)

    def _send_again(self, report: Resynced, now: float) -> Sequence[MachineAction]:
        """Fault row 17: what could not be sent goes out; what was sent again, if the service says twice that nothing
        came of it. The confirmation of an action may have been carried out: it never goes out again.
        """
        # Of a start only the status tells whether it was taken, as long as nothing else was asked for.
        others = _REQUESTS if self._state is TaskState.STARTING else {*_REQUESTS, StartMessage}
        waiting = [name for name in self._unconfirmed if name not in others]
        if not waiting or not self.is_connected:
            self._quiet_since = None
            return ()
        if unsent := [name for name in waiting if name not in self._sent]:
            return self._send(*unsent)
        again = [name for name in waiting if name not in self._confirmations]
        if report.news or report.status is None or not again:
            self._quiet_since = None
            return ()
        if not self._is_said_again(now):
            return [AskAgain(self._ask_again)]
        self._quiet_since = None
        self._may_be_refused = True
        return self._send(*again)

    def _is_said_again(self, now: float) -> bool:
        """Tell whether the service says something for the second time, some seconds after the first."""
        if self._quiet_since is None:
            self._quiet_since = now
        return now >= self._quiet_since + self._ask_again

    def _on_closed(self, closed: Closed, now: float) -> Sequence[MachineAction]:
        self._followed = True
        return self._finish()

    def _on_broken(self, broken: Broken, now: float) -> Sequence[MachineAction]:
        if self.is_ending:
            return self._on_closed(Closed(), now)
        return self._end(Signal.GIVE_UP, now, error=broken.error)

    def _on_tick(self, tick: Tick, now: float) -> Sequence[MachineAction]:
        over = self._clock.over(now)
        if over is Awaited.FOLLOW_UP:
            return self._on_closed(Closed(), now)
        if over is Awaited.STOP:
            return self._end(Signal.HALT, now, error=_UNCONFIRMED_STOP, stop_confirmed=False)
        if over is Awaited.ANSWER:
            return self._end(Signal.GIVE_UP, now, error=unanswered(self.question, self.policy.answer_timeout))
        if over is Awaited.COMPLETION:
            return self._end(Signal.GIVE_UP, now, error=self._unfinished())
        return ()

    def _unfinished(self) -> str:
        is_in_doubt = not self._confirmations.isdisjoint(self._unconfirmed)
        return unfinished(self.question, self.policy.completion_timeout) + (_IN_DOUBT if is_in_doubt else "")

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

    def _activity(self) -> Sequence[MachineAction]:
        """Note that the service works: what we sent before was taken, but for a pause or a stop."""
        self._quiet_since = None
        if self._move(Signal.ACTIVITY) and self._unconfirmed and self._state is TaskState.RUNNING:
            self._note_taken()
        return ()

    def _send(self, *names: str | type) -> Sequence[MachineAction]:
        """Send what is unconfirmed under these names; without a connection it stays for later."""
        if self.is_connected:
            self._sent |= {*names}
        return [SendMessage(self._unconfirmed[name]) for name in names]

    def _note_taken(self) -> None:
        self._unconfirmed = {name: message for name, message in self._unconfirmed.items() if name in _REQUESTS}

    def _ask(self, question: Question, now: float, policy: AnswerPolicy | None = None) -> Sequence[MachineAction]:
        if policy is None and self.policy.judge is not None:
            return self._rule(question, self.policy.judge(question), now)
        who = answering(question, policy or self.policy)
        if who is Answering.AUTOMATIC:
            return self._on_answer(Answer(request_id=question.request_id), now)
        if who is Answering.STOP:
            return self._on_stop(Stop("stop_on_x_confirm"), now)
        if who is Answering.NOBODY:
            return self._end(Signal.GIVE_UP, now, error=unanswered(question, None))
        self._put |= {question.request_id}
        self._clock.wait(Awaited.ANSWER, self.policy.answer_timeout, now)
        if self.policy.clock_stands:
            self._clock.stop(now)
        return [PutQuestion(question)]

    def _rule(self, question: Question, ruling: Ruling, now: float) -> Sequence[MachineAction]:
        """Do what was decided about a question; it is told before it is done."""
        told = TellDecision(ruling.event)
        if ruling.command is not None:
            return [told, *self.receive(ruling.command, now)]
        return [told, *self._ask(question, now, self.policy)]

    def _close_answered(self, event: Event, now: float) -> None:
        """Close the questions that an event of the history shows to be answered."""
        if not self.questions or isinstance(event, WarningEvent | UnknownEvent | InputEvent):
            return
        # Answers come in the order of their questions, where one does not name its own. Of an old question it is not
        # known whether its plan is still in the history that was read: whatever else follows shows that work went on.
        own = answered_by(event) or next(iter(self.questions))
        answered = [own] if is_own(event) else list(self.questions)
        for rid in answered:
            if rid in self.questions:
                self._close(self.questions[rid], now)

    def _close(self, question: Question, now: float) -> None:
        """Take a question from the open ones; the one asked before it, if any, is what is waited for now."""
        self._move(Signal.ANSWER)
        self._drop(question.request_id, now)
        if self.question is not None:
            self._move(SIGNALS[self.question.kind])

    def _forget_questions(self, now: float) -> None:
        for rid in list(self.questions):
            self._drop(rid, now)

    def _drop(self, rid: str, now: float) -> None:
        del self.questions[rid]
        self._put = without(self._put, {rid})
        self._passed = without(self._passed, {rid})
        if not self.questions:
            self._clock.forget(Awaited.ANSWER)
        if not self._put:
            self._clock.go_on(now)

    def _end(
        self,
        signal: Signal,
        now: float,
        *,
        answer: str = "",
        error: str | None = None,
        code: int | None = None,
        stop_confirmed: bool | None = None,
    ) -> Sequence[MachineAction]:
        """End the round. Only after a result is there something left to wait for: a follow-up suggestion."""
        if signal is Signal.HALT and stop_confirmed is None:
            stop_confirmed = True
        if not self._move(signal):
            return ()
        self._followed = False
        question = self.question
        self._result = Done(self._state, answer, error, code, question, stop_confirmed)
        self._unconfirmed.clear()
        self._forget_questions(now)
        self._clock.clear()
        if self._state is TaskState.COMPLETED:
            self._clock.wait(Awaited.FOLLOW_UP, FOLLOW_UP_PATIENCE, now)
        return self._finish()

    def _reopen(self, now: float) -> None:
        """Another round goes on where the history told a result: it has its whole time."""
        self._result = None
        self._clock.clear()
        self._clock.wait(Awaited.COMPLETION, self.policy.completion_timeout, now)
        self._move(Signal.ATTACH)

    def _finish(self) -> Sequence[MachineAction]:
        """Tell the result, and where nothing can follow it, the end of the round."""
        if self._settling:
            return ()
        actions: list[MachineAction] = []
        if self._result is not None:
            self.outcome, self._result, self._is_trailing = self._result, None, True
            actions.append(self.outcome)
        if self._is_trailing and (self._followed or self._state is not TaskState.COMPLETED):
            self._is_trailing = False
            self._clock.clear()
            actions.append(RoundOver())
        return actions


_IN_DOUBT = "; whether the confirmation of an action arrived is not known, and it is never sent twice"
_STALE = "the question is not open any more: it was answered, here or elsewhere; nothing was sent"
_UNCONFIRMED_STOP = "the service did not confirm the stop: the session may go on"

_HANDLERS: dict[type, Callable[[TaskMachine, Any, float], Sequence[MachineAction]]] = {
    PlanEvent: TaskMachine._on_plan,
    PlanStatusEvent: TaskMachine._on_plan_status,
    ProgressEvent: TaskMachine._on_work,
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
    Reopened: TaskMachine._on_reopened,
    Resynced: TaskMachine._on_resynced,
    Closed: TaskMachine._on_closed,
    Broken: TaskMachine._on_broken,
    Tick: TaskMachine._on_tick,
}
