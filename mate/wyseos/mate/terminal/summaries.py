"""One line for each event that a person wants to see, safe to print, for every view of a task.

`SUMMARIES` has a row for each class of event; a test holds it against the union of all events.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from wyseos.generated import models
from wyseos.mate.tasks.protocol import local_events
from wyseos.mate.terminal.text import one_line


class Summary(NamedTuple):
    """What to show of an event."""

    label: str
    """One word that tells the kind, for the eye and for `grep`."""
    text: str
    """The rest, on one line."""


class SummaryRow(NamedTuple):
    """How the events of a class are summed up."""

    label: str
    text: Callable[[Any], str]
    mark: str = ""
    """The sign that stands for the label where lines are read, not searched."""


def summary_of(event: object) -> Summary | None:
    """Sum an event up in one line.

    Args:
        event: any event of a task.

    Returns:
        The line, or None for what is not worth one: pings, chunks of a stream.
    """
    row = SUMMARIES.get(type(event))
    if row is None:
        return None
    shown = one_line(row.text(event) or "")
    return Summary(row.label, shown) if shown else None


def mark_of(label: str) -> str:
    """Return what stands before a line instead of its label."""
    return _MARKS.get(label) or f"· {label}:"


def _content(event: Any) -> str:
    return event.content or ""


def _data(event: Any) -> Any:
    return event.message.data if event.message else None


def _plan(event: Any) -> str:
    steps = _data(event) or []
    return f"{len(steps)} steps: " + ", ".join(step.title or step.id or "?" for step in steps)


def _step(event: Any) -> str:
    step = _data(event)
    return f"{step.title or step.id}: {(step.status or '').replace('_', ' ')}" if step else ""


def _search(event: Any) -> str:
    hits = _data(event) or []
    return f"{len(hits)} found" + (f", first: {hits[0].title or hits[0].link}" if hits else "")


def _browser(event: Any) -> str:
    seen = _data(event)
    return " ".join(filter(None, (seen.action, seen.url, seen.text))) if seen else ""


def _files(event: Any) -> str:
    return ", ".join(file.file_name or file.url or "?" for file in _data(event) or [])


def _opened(event: Any) -> str:
    seen = _data(event)
    return " ".join(filter(None, (seen.action, seen.file_name))) if seen else ""


def _report(event: Any) -> str:
    data = _data(event)
    return f"of {data.product_name or data.product_id}" if data else ""


def _skill(event: Any) -> str:
    used = _data(event)
    return " ".join(filter(None, (used.skill_name, used.tool_name))) if used else ""


def _public_action(event: Any) -> str:
    done = _data(event)
    return " ".join(filter(None, (done.action_type, done.data_id, done.status))) if done else ""


def _suggestions(event: Any) -> str:
    return " | ".join(suggestion.content or "" for suggestion in _data(event) or [])


def _error(event: Any) -> str:
    return event.error or event.content or (str(event.code) if event.code is not None else "")


def _stream(event: Any) -> str:
    if event.data is None:
        return f"{event.stream} could not be fetched: {event.reason}"
    kinds: dict[str, Sequence[Any] | None] = {
        "replies": event.data.reply,
        "likes": event.data.like,
        "retweets": event.data.retweet,
        "drafts": event.data.tweet,
    }
    return ", ".join(f"{len(rows)} {name}" for name, rows in kinds.items() if rows)


def _gap(event: Any) -> str:
    return "what was missing has come" if event.state == "filled" else f"messages are missing here: {event.reason}"


def _nothing(event: Any) -> str:
    return ""


SUMMARIES: dict[type, SummaryRow] = {
    models.TextEvent: SummaryRow("text", _content, ""),
    models.ProgressEvent: SummaryRow("progress", _content, "…"),
    models.PlanEvent: SummaryRow("plan", _plan),
    models.PlanStatusEvent: SummaryRow("step", _step, "·"),
    models.InputEvent: SummaryRow("question", lambda event: event.content or "an answer, please", "?"),
    models.SearchEvent: SummaryRow("search", _search),
    models.BrowserEvent: SummaryRow("browser", _browser),
    models.FileEvent: SummaryRow("file", _files),
    models.FileSurferEvent: SummaryRow("file", _opened),
    models.SkillEvent: SummaryRow("skill", _skill),
    models.MarketingReportEvent: SummaryRow("report", _report),
    models.MarketingTweetEvent: SummaryRow("marketing", _content),
    models.MarketingTopicEvent: SummaryRow("marketing", _content),
    models.ResearchTweetsEvent: SummaryRow("research", lambda event: "tweets matched"),
    models.XBrowserActionEvent: SummaryRow("action", _public_action),
    models.FollowUpSuggestionEvent: SummaryRow("next", _suggestions, "→"),
    models.TaskResultEvent: SummaryRow("result", _content),
    models.WarningEvent: SummaryRow("warning", _content, "!"),
    models.ErrorEvent: SummaryRow("error", _error, "!"),
    local_events.StreamClosed: SummaryRow("marketing", _stream),
    local_events.Gap: SummaryRow("gap", _gap, "!"),
    local_events.Reconnecting: SummaryRow("away", _content, "!"),
    local_events.PolicyDecision: SummaryRow("policy", _content),
    # Chunks are told once, when their stream is closed; what nobody knows yet has no words.
    models.TweetReplyEvent: SummaryRow("marketing", _nothing),
    models.TweetInteractEvent: SummaryRow("marketing", _nothing),
    models.TweetDraftEvent: SummaryRow("marketing", _nothing),
    models.UnknownEvent: SummaryRow("unknown", _nothing),
    models.PingEvent: SummaryRow("ping", _nothing),
    models.PongEvent: SummaryRow("pong", _nothing),
}

_MARKS = {row.label: row.mark for row in SUMMARIES.values() if row.mark}
