"""What a question is about: the plan, the draft or the report that came before it, to be shown before the question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wyseos.generated.models import MarketingReportEvent, ProductReport, TextEvent
from wyseos.mate.tasks.protocol.local_events import StreamClosed
from wyseos.mate.tasks.protocol.questions import QuestionKind
from wyseos.mate.tasks.protocol.streams import Streams
from wyseos.mate.terminal.text import plain

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.questions import Question

FetchReport = Callable[[str], ProductReport | None]


class Subjects:
    """Keeps what the next question may be about.

    Args:
        fetch_report: reads the report on a product, given the product's id; None where there is no way to.
    """

    def __init__(self, fetch_report: FetchReport | None = None) -> None:
        self._fetch_report = fetch_report
        self._streams = Streams()
        self._drafts: dict[str, str] = {}
        self._product: tuple[str, str] | None = None
        self._said = ""

    def add(self, event: TaskEvent) -> None:
        """Take an event."""
        self._streams.add(event)
        if isinstance(event, MarketingReportEvent) and event.message and event.message.data:
            self._product = (str(event.message.data.product_id or ""), event.message.data.product_name or "")
        elif isinstance(event, StreamClosed) and event.data is not None:
            self._drafts |= {draft.draft_id: draft.content or "" for draft in event.data.tweet or ()}
        elif isinstance(event, TextEvent) and event.content:
            self._said = event.content

    def of(self, question: Question) -> str:
        """Return what the question is about, as text that is safe to print; empty where that is not known."""
        about = {
            QuestionKind.PLAN: self._plan,
            QuestionKind.CONFIRMATION: self._draft,
            QuestionKind.REPORT: self._report,
        }.get(question.kind, self._text)
        return plain(about(question))

    def _text(self, question: Question) -> str:
        return self._said

    def _plan(self, question: Question) -> str:
        return question.plan.render() if question.plan is not None else ""

    def _draft(self, question: Question) -> str:
        drafts = {**self._streams.drafts, **self._drafts}
        return "\n\n".join(text for text in drafts.values() if text)

    def _report(self, question: Question) -> str:
        if self._product is None:
            return self._said
        product_id, name = self._product
        report = self._fetch_report(product_id) if self._fetch_report is not None and product_id else None
        if report is None:
            return f"The report on {name or product_id}"
        rows = {
            "Product": report.product_name or name,
            "For": report.target_description,
            "Keywords": ", ".join(report.keywords or ()),
            "Competitors": ", ".join(report.competitors or ()),
            "Campaigns": ", ".join(campaign.name or "" for campaign in report.recommended_campaigns or ()),
        }
        return "\n".join(f"{name}: {value}" for name, value in rows.items() if value)
