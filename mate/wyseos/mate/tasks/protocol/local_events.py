"""Events that the SDK itself adds to a task's stream, beside those of the service."""

from __future__ import annotations

from typing import Any, Literal

from wyseos.generated.models import MarketingData
from wyseos.runtime import records


@records.frozen
class Gap:
    """Messages are missing here; the task goes on (fault row 20).

    Args:
        reason: why they are missing.
        after: the cursor before the gap, None where nothing came before it; of a filled one the cursor behind all that
            has come.
        state: "open": they are still asked for, and come later; "filled": what an open gap left out has come by now;
            "lost": they could not be had.
    """

    reason: str
    after: str | None = None
    state: Literal["open", "filled", "lost"] = "lost"
    type: Literal["gap"] = "gap"
    message_id: None = None

    @property
    def content(self) -> str:
        """What happened, in words."""
        return self.reason

    def to_dict(self) -> dict[str, Any]:
        """Return the event ready for JSON."""
        return {"type": self.type, "after": self.after, "reason": self.reason, "state": self.state}


@records.frozen
class Reconnecting:
    """The connection is away and is tried again; nothing is lost by that.

    Args:
        attempt: how many connections in a row failed or ended.
        wait: seconds until the next one is tried.
        reason: why the last one ended.
    """

    attempt: int
    wait: float
    reason: str
    type: Literal["reconnecting"] = "reconnecting"
    message_id: None = None

    @property
    def content(self) -> str:
        """What happened, in words."""
        return f"{self.reason}; trying again in {self.wait:.1f} s"

    def to_dict(self) -> dict[str, Any]:
        """Return the event ready for JSON."""
        return {"type": self.type, "attempt": self.attempt, "wait": self.wait, "reason": self.reason}


@records.frozen
class StreamClosed:
    """A stream of marketing data is complete, and this is its whole data, fetched once.

    `stream` is the `message.type` of its chunks. `data` is None where it could not be fetched; `reason` then tells why.
    """

    stream: str
    data: MarketingData | None = None
    reason: str | None = None
    type: Literal["stream_closed"] = "stream_closed"
    message_id: None = None

    @property
    def content(self) -> str:
        """What happened, in words."""
        return self.reason or f"{self.stream} is complete"

    def to_dict(self) -> dict[str, Any]:
        """Return the event ready for JSON."""
        data = None if self.data is None else self.data.to_dict()
        return {"type": self.type, "stream": self.stream, "data": data, "reason": self.reason}


@records.frozen(kw_only=True)
class PolicyDecision:
    """A policy has decided about a question.

    Args:
        decision: "approve", "reject", "answer", "ask" or "stop".
        rule: the name of the rule that decided, "rule 2" where it has none, "default" where none fitted.
        kind: the kind of the question.
        request_id: the question's.
        question: its text.
        say: what was answered or given as the reason.
        why: more about it, such as what kept the rule's approval from counting.
    """

    decision: Literal["approve", "reject", "answer", "ask", "stop"]
    rule: str
    kind: str
    request_id: str
    question: str = ""
    say: str = ""
    why: str = ""
    type: Literal["policy_decision"] = "policy_decision"
    message_id: None = None

    @property
    def content(self) -> str:
        """What happened, in words."""
        said = f": {self.say}" if self.say else ""
        return f"{self.decision} ({self.rule}{'; ' + self.why if self.why else ''}){said}"

    def to_dict(self) -> dict[str, Any]:
        """Return the event ready for JSON."""
        return records.asdict(self, leave={"message_id"}.__contains__)


LOCAL_EVENTS = (Gap, PolicyDecision, Reconnecting, StreamClosed)
