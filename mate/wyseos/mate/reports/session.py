"""A session as a page: outcome, plan with its times, timeline, pictures, sources, files, drafts, questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from wyseos.mate.reports.pages import ReportPage, markdown
from wyseos.mate.terminal.marks import step_mark
from wyseos.mate.terminal.text import plain
from wyseos.runtime import records


@records.frozen
class StepRow:
    """A step of the plan.

    Args:
        title: what is done.
        status: `not_started`, `in_progress`, `done`, `skip`, `error`.
        depth: how deep it lies in the plan, from 0.
        begun: seconds from the session's first event until it was begun, None where that is not told.
        seconds: how long it took, None where that is not told.
    """

    title: str
    status: str
    depth: int
    begun: float | None = None
    seconds: float | None = None

    @property
    def mark(self) -> str:
        """The sign of its status."""
        return step_mark(self.status).sign


@records.frozen
class Entry:
    """A line of the timeline: seconds from the first event (None where no time is told), kind, who, what."""

    at: float | None
    label: str
    source: str
    text: str

    @property
    def is_trouble(self) -> bool:
        """Whether something went wrong there."""
        return self.label in ("error", "warning", "gap")


@records.frozen
class Shot:
    """A screenshot: a `data:` URL and what it shows."""

    picture: str
    caption: str


@records.frozen
class Source:
    """What a search found."""

    title: str
    link: str
    text: str


@records.frozen
class Asked:
    """A question and what was answered, empty where nothing was."""

    question: str
    answer: str


@records.frozen(kw_only=True)
class SessionReport(ReportPage):
    """What came of a session.

    Args:
        title: what was asked for.
        session_id: the session.
        success: whether it came to its answer.
        runs: whether it is still at work, so that this is what came of it so far.
        answer: the answer, Markdown of the service.
        error: why there is none.
        began: when it began, None where that is not told.
        seconds: how long it took.
        usage: what it used, ready for JSON; None where that is not told.
        steps: the plan.
        timeline: what happened.
        shots: screenshots.
        sources: what was found.
        files: what it made: `{name, url, extension}` each.
        drafts: drafted tweets, as of `MarketingData.tweet`.
        replies: drafted answers, as of `MarketingData.reply`.
        asked: questions and answers.
        decisions: what a policy has decided, as of `PolicyDecision`; kept by the result alone.
    """

    template = "session.html"

    title: str
    session_id: str
    success: bool
    runs: bool = False
    answer: str = ""
    error: str | None = None
    began: datetime | None = None
    seconds: float = 0.0
    usage: dict[str, Any] | None = None
    steps: Sequence[StepRow] = ()
    timeline: Sequence[Entry] = records.field(default=(), repr=lambda rows: f"[{len(rows)}]")
    shots: Sequence[Shot] = records.field(default=(), repr=lambda rows: f"[{len(rows)}]")
    sources: Sequence[Source] = ()
    files: Sequence[dict[str, Any]] = ()
    drafts: Sequence[dict[str, Any]] = ()
    replies: Sequence[dict[str, Any]] = ()
    asked: Sequence[Asked] = ()
    decisions: Sequence[dict[str, Any]] = ()

    @property
    def outcome(self) -> str:
        """How it stands, in a word or two: `done`, `at work`, `not done`."""
        return "done" if self.success else "at work" if self.runs else "not done"

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each kind the timeline has, in the order in which the kinds first came."""
        return dict(Counter(entry.label for entry in self.timeline))

    @property
    def troubles(self) -> list[Entry]:
        """Errors, warnings and gaps on the way; the one that ended the session is told at the top."""
        ended_by = " ".join((self.error or "").split())
        return [entry for entry in self.timeline if entry.is_trouble and entry.text != ended_by]

    @property
    def numbers(self) -> dict[str, int]:
        """The place of each kind, by which its filter in the page is known."""
        return {label: number for number, label in enumerate(self.counts)}

    @property
    def longest(self) -> float:
        """Seconds from the session's first event to the end of its plan's last step; the bars' full width."""
        ends = [(step.begun or 0) + (step.seconds or 0) for step in self.steps]
        return max([*ends, 0.001])

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What stands below the title: names and values."""
        told = (
            ("began", self.began.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if self.began else ""),
            ("took", clock(self.seconds)),
            *facts_of_usage(self.usage).items(),
            ("session", self.session_id),
        )
        return [(name, value) for name, value in told if value]

    def clock(self, seconds: float | None) -> str:
        """Return a time for people; empty for None."""
        return "" if seconds is None else clock(seconds)

    def to_dict(self) -> dict[str, Any]:
        """Return it as a plain dict, ready for JSON."""
        told = records.asdict(self)
        return told | {"began": self.began.isoformat() if self.began else None}

    def to_fragment(self) -> str:
        """Return the answer, or why there is none, as HTML."""
        if self.success:
            return str(markdown(self.answer))
        if self.runs:
            return "<p>The session is at work.</p>"
        return f"<p><strong>Failed:</strong> {escape(plain(self.error or 'no reason was told'))}</p>"

    def to_markdown(self) -> str:
        """Return it as Markdown, the screenshots left out."""
        parts = [f"# {_line(self.title)}", " · ".join(f"{name} {value}" for name, value in self.facts)]
        failed = "The session is at work." if self.runs else f"**Failed:** {_line(self.error or 'no reason was told')}"
        parts.append(self.answer if self.success else failed)
        parts += _section("Plan", [_step(step) for step in self.steps])
        parts += _section(
            "Errors, warnings and gaps",
            [f"- {self.clock(row.at)} {row.label}: {_line(row.text)}" for row in self.troubles],
        )
        parts += _section("Files", [f"- {_line(file['name'])}: <{_line(file['url'])}>" for file in self.files])
        parts += _section("Drafts", [_quote(draft.get("content")) for draft in self.drafts])
        parts += _section(
            "Replies", [f"{_quote(row.get('tweet'))}\n\n{_line(row.get('reply') or '')}" for row in self.replies]
        )
        parts += _section("Sources", [f"- {_line(row.title)}: <{_line(row.link)}>" for row in self.sources])
        parts += _section(
            "Questions", [f"- {_line(row.question)}: {_line(row.answer) or 'no answer'}" for row in self.asked]
        )
        parts += _section("Decided by a policy", [f"- {line_of_decision(row)}" for row in self.decisions])
        rows = [
            f"| {self.clock(row.at)} | {row.label} | {_cell(row.source)} | {_cell(row.text)} |" for row in self.timeline
        ]
        if rows:
            parts += ["## Timeline", "\n".join(["| | | | |", "| --- | --- | --- | --- |", *rows])]
        return "\n\n".join(part for part in parts if part) + "\n"


def facts_of_usage(usage: dict[str, Any] | None) -> dict[str, str]:
    """Write tokens and credits for people, as far as they are told: `{"tokens": "1,540", "credits": "12.5"}`."""
    used = usage or {}
    tokens = used.get("prompt_tokens", 0) + used.get("completion_tokens", 0)
    told = {"tokens": f"{tokens:,}" if tokens else ""}
    told["credits"] = f"{used['credits']:g}" if used.get("credits") is not None else ""
    return {name: value for name, value in told.items() if value}


def clock(seconds: float) -> str:
    """Write a time for people: `4.2 s`, `3 min 05 s`, `2 h 10 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def _section(title: str, rows: Sequence[str]) -> list[str]:
    between = "\n" if rows and rows[0].lstrip().startswith("-") else "\n\n"
    return [f"## {title}", between.join(rows)] if rows else []


def _step(step: StepRow) -> str:
    took = f" ({clock(step.seconds)})" if step.seconds is not None else ""
    return f"{'  ' * step.depth}- {step_mark(step.status).box} {_line(step.title)}{took}"


def line_of_decision(row: dict[str, Any]) -> str:
    """Return what a policy has decided, as a line of Markdown."""
    said = row.get("say") or row.get("why")
    return _line(
        f"{row['decision']} ({row['rule']}): {row.get('question') or row['kind']}{f': {said}' if said else ''}"
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _quote(text: str | None) -> str:
    return "\n".join(f"> {line}" for line in (text or "").splitlines())


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")
