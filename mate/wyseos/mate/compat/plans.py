"""Plans as 0.3.x reads and answers them: from messages as plain dicts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from wyseos.generated.models import AcceptPlan as Acceptance
from wyseos.generated.models import PlanEvent, PlanStatusEvent, PlanStep
from wyseos.mate.plan_status import PlanOverallStatus


class AcceptPlan(Acceptance):
    """The answer to a plan or to a question about an action."""

    __slots__ = ()

    @classmethod
    def create(cls, accepted: bool = True, plan: Sequence[Any] | None = None, content: str | None = "") -> Self:
        """Make one; the same as the constructor.

        Args:
            accepted: whether it may be done.
            plan: the plan's steps where they were edited, as objects or dicts.
            content: on a refusal, what to improve.
        """
        return cls(accepted, plan=list(plan) if plan else None, content=content)


class PlanMessages:
    """What `Plan` offers for messages as plain dicts, and under its older names."""

    steps: list[PlanStep]

    @property
    def status(self) -> PlanOverallStatus:
        """How far the plan is."""
        raise NotImplementedError

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> Self:
        """Return the plan of a plan message; one without steps is empty.

        Args:
            message: the message as the handler of a `WebSocketClient` gets it.
        """
        plan = cls()
        plan.apply_message(message)
        return plan

    def apply_message(self, message: Mapping[str, Any]) -> bool:
        """Change the plan as a message says, and return whether that changed anything.

        Args:
            message: the message as the handler of a `WebSocketClient` gets it; any other than a plan's is ignored.
        """
        from wyseos.generated.events import event_from_dict

        event = event_from_dict(dict(message))
        if not isinstance(event, PlanEvent | PlanStatusEvent):
            return False
        before, self.steps = self.steps, self._after(event)
        return before != self.steps

    def _after(self, event: PlanEvent | PlanStatusEvent) -> list[PlanStep]:
        """Return the steps as they are after an event."""
        raise NotImplementedError

    def get_overall_status(self) -> PlanOverallStatus:
        """Return how far the plan is: `status`."""
        return self.status

    def render_text(self) -> str:
        """Return a text tree of the plan: `render()`."""
        return str(self)
