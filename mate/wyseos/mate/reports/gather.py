"""Gathers what a report shows, from a session's events and its result. Each kind of event has a row in `_GATHERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from wyseos.generated.models import (
    BrowserEvent,
    InputEvent,
    PlanEvent,
    PlanStatusEvent,
    PlanStep,
    SearchEvent,
    TextEvent,
    UnknownEvent,
)
from wyseos.mate.plan import Plan, plan_after
from wyseos.mate.reports.session import Asked, Entry, SessionReport, Shot, Source, StepRow
from wyseos.mate.tasks.protocol.questions import question_of, shows_answered
from wyseos.mate.terminal.pictures import decoded
from wyseos.mate.terminal.summaries import SUMMARIES, Summary, summary_of
from wyseos.mate.terminal.text import one_line, plain, without_marks

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.questions import Question

# Many screenshots of some MB make a page that no browser opens: so many are shown, and as much text of a line.
_MOST_SHOTS = 200
_WIDEST = 2000
# What is told of a question that the agents went on from, where the history holds no words of the answer.
_WITHOUT_WORDS = "answered"
# Lines that tell of the connection or of a failure: they show nothing about an open question.
_NO_ANSWERS = frozenset({"gap", "away", "warning", "error", "question"})


class Reported(Protocol):
    """What a report shows of a result: a `TaskResult`, of which this module knows no more."""

    session_id: str
    success: bool
    final_answer: str
    error: str | None
    session_duration: float
    plan_history: list[dict[str, Any]]
    screenshots: list[dict[str, Any]]
    drafts: list[Any]
    replies: list[Any]
    question: dict[str, Any] | None
    decisions: list[dict[str, Any]]

    @property
    def known_usage(self) -> Any:
        """What it used, as far as somebody has asked."""

    @property
    def files(self) -> Sequence[Any]:
        """The files that the task made."""


def result_report(
    result: Reported,
    *,
    title: str = "",
    events: Iterable[TaskEvent] = (),
    usage: dict[str, Any] | None = None,
    runs: bool = False,
) -> SessionReport:
    """Return the report on a result.

    Args:
        result: how the task ended.
        title: what was asked for; the session's id where it is empty.
        events: its events, where somebody has kept them: plan, timeline, sources and pictures come from there.
        usage: what it used.
        runs: whether the session is still at work.
    """
    gathered = _Gathered()
    for event in events:
        gathered.add(event)
    shots = gathered.shots or [_shot(row.get("screenshot"), row) for row in result.screenshots]
    return SessionReport(
        title=plain(title) or result.session_id,
        session_id=result.session_id,
        success=result.success,
        runs=runs,
        answer=result.final_answer,
        error=result.error,
        began=gathered.began,
        seconds=result.session_duration,
        usage=usage,
        steps=gathered.steps() or _steps_of(result),
        timeline=gathered.timeline,
        shots=[shot for shot in shots if shot is not None][:_MOST_SHOTS],
        sources=list(gathered.sources.values()),
        files=[file.to_dict() for file in result.files],
        drafts=result.drafts,
        replies=result.replies,
        asked=[Asked(*pair) for pair in gathered.asked],
        decisions=result.decisions,
    )


class _Gathered:
    """What the events have told so far."""

    def __init__(self) -> None:
        self.began: datetime | None = None
        self.timeline: list[Entry] = []
        self.shots: list[Shot | None] = []
        self.sources: dict[str, Source] = {}
        self.asked: list[tuple[str, str]] = []
        self._plan: Plan | None = None
        self._begun: dict[str, float] = {}
        self._ended: dict[str, float] = {}
        self._open: Question | None = None

    def add(self, event: TaskEvent) -> None:
        moment = getattr(event, "created_at", None)
        self.began = self.began or moment
        at = (moment - self.began).total_seconds() if moment and self.began else None
        summary = summary_of(event) or _unknown(event)
        if summary is not None:
            source = getattr(event, "source", None) or ""
            self.timeline.append(Entry(at, summary.label, plain(source), without_marks(summary.text)[:_WIDEST]))
            self._go_on(event, summary.label)
        gather = _GATHERS.get(type(event))
        if gather is not None:
            gather(self, event, at)

    def steps(self) -> list[StepRow]:
        """Return the plan with the times of its steps."""
        return [] if self._plan is None else [self._step(depth, step) for depth, step in self._plan.walk()]

    def _step(self, depth: int, step: Any) -> StepRow:
        begun, ended = self._begun.get(step.id), self._ended.get(step.id)
        seconds = ended - begun if begun is not None and ended is not None else None
        return StepRow(plain(step.title or step.id or ""), step.status or "not_started", depth, begun, seconds)

    def _add_plan(self, event: PlanEvent, at: float | None) -> None:
        self._plan = plan_after(self._plan, event)

    def _add_step(self, event: PlanStatusEvent, at: float | None) -> None:
        self._plan = plan_after(self._plan, event)
        step = event.message.data
        if step is None or step.id is None or at is None:
            return
        if step.status == "in_progress":
            self._begun.setdefault(step.id, at)
        elif step.status in ("done", "error", "skip"):
            self._ended[step.id] = at

    def _add_browser(self, event: BrowserEvent, at: float | None) -> None:
        action = event.message.data
        if action is not None and action.screenshot and len(self.shots) < _MOST_SHOTS:
            self.shots.append(_shot(action.screenshot, action.to_dict()))

    def _add_search(self, event: SearchEvent, at: float | None) -> None:
        for hit in event.message.data or ():
            if hit.link:
                self.sources.setdefault(
                    hit.link, Source(plain(hit.title or hit.link), hit.link, plain(hit.snippet or ""))
                )

    def _add_question(self, event: InputEvent, at: float | None) -> None:
        self.asked.append((plain(event.content or "a question"), ""))
        self._open = question_of(event, self._plan)

    def _add_text(self, event: TextEvent, at: float | None) -> None:
        if self._open is not None and event.source_component == "user":
            self._answered(plain(event.content or ""))

    def _go_on(self, event: Any, label: str) -> None:
        """Take what the agents do after a question for its answer, as an attached task does."""
        if self._open is None or label in _NO_ANSWERS or getattr(event, "source_component", None) == "user":
            return
        if shows_answered(event, self._open):
            self._answered(_WITHOUT_WORDS)

    def _answered(self, words: str) -> None:
        self.asked[-1] = (self.asked[-1][0], words)
        self._open = None


_GATHERS: dict[type, Callable[[_Gathered, Any, float | None], None]] = {
    PlanEvent: _Gathered._add_plan,
    PlanStatusEvent: _Gathered._add_step,
    BrowserEvent: _Gathered._add_browser,
    SearchEvent: _Gathered._add_search,
    InputEvent: _Gathered._add_question,
    TextEvent: _Gathered._add_text,
}


def _unknown(event: Any) -> Summary | None:
    """Sum up an event of a kind that nobody has named yet: a report leaves out nothing that was said."""
    if type(event) in SUMMARIES and not isinstance(event, UnknownEvent):
        return None
    words = ": ".join(filter(None, (str(getattr(event, "type", "") or ""), getattr(event, "content", None))))
    return Summary("other", one_line(words)) if words else None


def _shot(encoded: str | None, action: dict[str, Any]) -> Shot | None:
    shown = decoded(encoded)
    words = (str(action.get(name) or "") for name in ("action", "url", "text"))
    return None if shown is None else Shot(shown.url, plain(" ".join(filter(None, words)))[:300])


def _steps_of(result: Reported) -> list[StepRow]:
    """Return the last plan of a result whose events nobody has kept."""
    if not result.plan_history:
        return []
    plan = Plan(PlanStep.from_dict(step) for step in result.plan_history[-1]["plan"])
    return [StepRow(plain(step.title or ""), step.status or "not_started", depth) for depth, step in plan.walk()]
