"""One line for each event that a person wants to see, safe to print, for every view of a task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from wyseos.mate.terminal.text import one_line


class Line(NamedTuple):
    """What to show of an event."""

    label: str
    """One word that tells the kind, for the eye and for `grep`."""
    text: str
    """The rest, on one line."""


def line_of(event: Any) -> Line | None:
    """Tell an event in one line.

    Args:
        event: any event of a task.

    Returns:
        The line, or None for what is not worth one: pings, chunks of a stream.
    """
    told = _TOLD.get(type(event).__name__)
    if told is None:
        return None
    label, text = told
    shown = one_line(text(event) or "")
    return Line(label, shown) if shown else None


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


def _suggestions(event: Any) -> str:
    return " | ".join(suggestion.content or "" for suggestion in _data(event) or [])


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


_TOLD: dict[str, tuple[str, Callable[[Any], str]]] = {
    "TextEvent": ("text", _content),
    "ProgressEvent": ("progress", _content),
    "PlanEvent": ("plan", _plan),
    "PlanStatusEvent": ("step", _step),
    "InputEvent": ("question", lambda event: event.content or "an answer, please"),
    "SearchEvent": ("search", _search),
    "BrowserEvent": ("browser", _browser),
    "FileEvent": ("file", _files),
    "FileSurferEvent": ("file", _opened),
    "SkillEvent": ("skill", _skill),
    "MarketingReportEvent": ("report", _report),
    "ResearchTweetsEvent": ("research", lambda event: "tweets matched"),
    "StreamClosed": ("marketing", _stream),
    "FollowUpSuggestionEvent": ("next", _suggestions),
    "TaskResultEvent": ("result", _content),
    "WarningEvent": ("warning", _content),
    "ErrorEvent": ("error", lambda event: event.error or event.content or str(event.code)),
    "Gap": ("gap", lambda event: f"messages are missing here: {event.reason}"),
}
