"""Many results as one page: a table of outcomes, times and usage, and below it what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from wyseos.mate.errors import ValidationError
from wyseos.mate.reports.pages import ReportPage, is_link
from wyseos.mate.reports.session import clock, facts_of_usage, line_of_decision
from wyseos.mate.terminal.text import one_line, plain
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.mate.reports.gather import Reported


def batch_report(
    outcomes: Iterable[tuple[str, Reported | BaseException | str]],
    *,
    title: str = "Batch",
    reports: Mapping[str, str | PathLike[str]] | None = None,
) -> BatchReport:
    """Return the report on many results.

    Args:
        outcomes: for each task a name of yours and how it ended: its `TaskResult`, or the error, or its words, instead.
        title: what all of it was for.
        reports: where a report of its own lies, by that name: a URL, or a path from this page's folder.

    Raises:
        ValidationError: a report lies neither in the web nor in a folder.

    Example:
        ended = ((each.key, each.result or each.error or "never begun") for each in client.batch(tasks))
        batch_report(ended).save("batch.html")
    """
    links = {name: _link(fspath(place)) for name, place in (reports or {}).items()}
    return BatchReport(title=plain(title), rows=[_row(name, ended, links) for name, ended in outcomes])


@records.frozen(kw_only=True)
class BatchRow:
    """What came of one task.

    Args:
        name: its name in the batch.
        success: whether it came to its answer.
        answer: the answer, Markdown of the service.
        error: why there is none.
        asks: the question that it still waits for, empty where there is none.
        seconds: how long it took, None where it never began.
        usage: what it used, ready for JSON; None where that was not asked for.
        session_id: its session.
        files: what it made: `{name, url, extension}` each.
        report: where a report of its own lies, empty where there is none.
        decisions: what a policy has decided, as of `PolicyDecision`.
    """

    name: str
    success: bool = False
    answer: str = ""
    error: str = ""
    asks: str = ""
    seconds: float | None = None
    usage: dict[str, Any] | None = None
    session_id: str = ""
    files: Sequence[dict[str, Any]] = ()
    report: str = ""
    decisions: Sequence[dict[str, Any]] = ()

    @property
    def outcome(self) -> str:
        """How it ended, in a word or two: `done`, `waits for an answer`, `failed`."""
        return "done" if self.success else "waits for an answer" if self.asks else "failed"

    @property
    def took(self) -> str:
        """How long it took, for people."""
        return "" if self.seconds is None else clock(self.seconds)

    @property
    def used(self) -> dict[str, str]:
        """Tokens and credits for people, as far as they are told."""
        return facts_of_usage(self.usage)


@records.frozen(kw_only=True)
class BatchReport(ReportPage):
    """What came of many tasks; `batch_report` makes it.

    Args:
        title: what all of it was for.
        rows: a row for each task.
    """

    template = "batch.html"

    title: str
    rows: Sequence[BatchRow] = ()

    @property
    def outcomes(self) -> dict[str, int]:
        """How many ended in each way; ways that none ended in are left out."""
        ended = [row.outcome for row in self.rows]
        return {way: ended.count(way) for way in ("done", "waits for an answer", "failed") if way in ended}

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What stands below the title: names and values."""
        usages = [row.usage for row in self.rows if row.usage]
        keys = {key for usage in usages for key in ("prompt_tokens", "completion_tokens", "credits") if usage.get(key)}
        sums = {key: sum(usage.get(key) or 0 for usage in usages) for key in keys}
        seconds = [row.seconds for row in self.rows if row.seconds is not None]
        told = [("tasks", f"{len(self.rows):,}"), *((way, f"{count:,}") for way, count in self.outcomes.items())]
        took = [("took on average", clock(sum(seconds) / len(seconds)))] if seconds else []
        return [*told, *took, *facts_of_usage(sums or None).items()]

    def to_dict(self) -> dict[str, Any]:
        """Return it as a plain dict, ready for JSON."""
        return {"title": self.title, "rows": [records.asdict(row) | {"outcome": row.outcome} for row in self.rows]}

    def to_fragment(self) -> str:
        """Return how many ended how, as HTML."""
        told = ", ".join(f"{count:,} {way}" for way, count in self.outcomes.items()) or "no tasks"
        return f"<p><strong>{escape(self.title)}</strong>: {told}</p>"

    def to_markdown(self) -> str:
        """Return it as Markdown."""
        head = "| task | outcome | took | tokens | credits | session |\n| --- | --- | --- | --- | --- | --- |"
        parts = [f"# {one_line(self.title)}", " · ".join(f"{name} {value}" for name, value in self.facts)]
        parts.append("\n".join([head, *(_table_row(row) for row in self.rows)]))
        for row in self.rows:
            parts += [f"## {one_line(row.name)}", row.answer if row.success else f"**{row.outcome}:** {row.error}"]
            parts.append("\n".join(f"- {line_of_decision(each)}" for each in row.decisions))
        return "\n\n".join(part for part in parts if part) + "\n"


def _row(name: str, ended: Reported | BaseException | str, links: Mapping[str, str]) -> BatchRow:
    report = links.get(name, "")
    if isinstance(ended, BaseException | str):
        said = getattr(ended, "message", None) or str(ended) or type(ended).__name__
        return BatchRow(name=plain(name), error=one_line(str(said)), report=report)
    usage = ended.known_usage
    return BatchRow(
        name=plain(name),
        success=ended.success,
        answer=ended.final_answer,
        error=one_line(ended.error or ""),
        asks=one_line((ended.question or {}).get("text") or "a question") if ended.question else "",
        seconds=ended.session_duration,
        usage=None if usage is None else usage.to_dict(),
        session_id=ended.session_id,
        files=[file.to_dict() for file in ended.files],
        report=report,
        decisions=ended.decisions,
    )


def _link(place: str) -> str:
    """Return a link to a report; a scheme that is not the web's would be a script's."""
    if urlsplit(place).scheme and not is_link(place):
        raise ValidationError(f"reports has {place!r}; give a URL, or a path from the page's folder", field="reports")
    return place


def _table_row(row: BatchRow) -> str:
    used = row.used
    cells = (row.name, row.outcome, row.took, used.get("tokens", ""), used.get("credits", ""), row.session_id)
    return f"| {' | '.join(one_line(cell).replace('|', chr(92) + '|') for cell in cells)} |"
