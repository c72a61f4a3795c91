"""A question that a session waits with, as it is listed for whoever may answer it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from wyseos.mate.plan import Plan
from wyseos.mate.tasks.protocol.questions import QuestionKind
from wyseos.runtime import records


@records.frozen(kw_only=True)
class OpenQuestion:
    """A question that a session waits with.

    Args:
        session_id: the session.
        title: its title.
        kind: what the question wants: "plan", "confirmation", "report" or "text".
        text: its words.
        request_id: its id; names it where a session asks more than one thing.
        plan: the plan that it is about.
        asked_at: when it was asked, None where that is not told.
    """

    session_id: str
    title: str
    kind: QuestionKind
    text: str
    request_id: str
    plan: Plan | None = None
    asked_at: datetime | None = None

    @property
    def age(self) -> timedelta | None:
        """For how long it has been open, None where that is not told."""
        return None if self.asked_at is None else max(timedelta(), datetime.now(UTC) - self.asked_at)

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        told = {name: getattr(self, name) for name in ("session_id", "title", "kind", "text", "request_id")}
        plan = None if self.plan is None else self.plan.to_list()
        age = None if self.age is None else round(self.age.total_seconds())
        return {**told, "plan": plan, "asked_at": self.asked_at and self.asked_at.isoformat(), "age_seconds": age}
