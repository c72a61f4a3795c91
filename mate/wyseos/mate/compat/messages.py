"""The words of a session's messages as 0.3.x names them, and its helpers to read a message and to answer it.

Better today: typed events and questions (`client.start`), which need none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from wyseos.generated.models import PlanInputData, PlanInputMessage, TextInputData, TextInputMessage
from wyseos.mate.compat.plans import AcceptPlan
from wyseos.runtime.reading import embedded


class MessageType(StrEnum):
    """The kinds of messages, of both sides."""

    TEXT = "text"
    PLAN = "plan"
    INPUT = "input"
    RICH = "rich"
    PING = "ping"
    PONG = "pong"
    START = "start"
    PAUSE = "pause"
    STOP = "stop"
    TASK_RESULT = "task_result"
    PROGRESS = "progress"
    WARNING = "warning"
    ERROR = "error"


class PlanType(StrEnum):
    """The kinds of plan messages."""

    CREATE_PLAN = "create_plan"
    UPDATE_PLAN = "update_plan"
    UPDATE_TASK_STATUS = "update_task_status"


class InputType(StrEnum):
    """The kinds of answers."""

    TEXT = "text"
    PLAN = "plan"


class MessageHelpers:
    """What `WebSocketClient` offers for messages as plain dicts."""

    @staticmethod
    def get_message_type(message: Mapping[str, Any]) -> str:
        """Return a message's type, "unknown" where it names none."""
        return str(message.get("type") or "unknown")

    @staticmethod
    def get_request_id(message: Mapping[str, Any]) -> str | None:
        """Return the id by which a question is answered, None where the message asks nothing."""
        asked = embedded((embedded(message.get("message")) or {}).get("data")) or {}
        request_id = asked.get("request_id")
        return None if request_id is None else str(request_id)

    @staticmethod
    def create_plan_acceptance_response(request_id: str, plan: Sequence[Any] | None = None) -> dict[str, Any]:
        """Return the message that approves a plan.

        Args:
            request_id: the question, as `get_request_id` gives it.
            plan: the plan's steps where they were edited.
        """
        return _approval(request_id, AcceptPlan.create(plan=plan))

    @staticmethod
    def create_x_confirm_response(request_id: str, content: str = "") -> dict[str, Any]:
        """Return the message that gives permission for an action in the browser.

        Args:
            request_id: the question, as `get_request_id` gives it.
            content: what is to be said besides.
        """
        return _approval(request_id, AcceptPlan.create(content=content))

    @staticmethod
    def create_text_input_response(
        request_id: str,
        text: str,
        attachments: Sequence[Any] | None = None,
        skills: Sequence[Any] | None = None,
    ) -> dict[str, Any]:
        """Return the message that answers a question with text.

        Args:
            request_id: the question, as `get_request_id` gives it.
            text: the answer.
            attachments: uploaded files, `{file_name, file_url}` each.
            skills: skills to use, `{skill_id, skill_name}` each.
        """
        data = TextInputData(text, request_id, attachments=list(attachments or ()), skills=list(skills or ()))
        return TextInputMessage(data).to_dict()


def _approval(request_id: str, answer: AcceptPlan) -> dict[str, Any]:
    return PlanInputMessage(PlanInputData(request_id, answer)).to_dict()
