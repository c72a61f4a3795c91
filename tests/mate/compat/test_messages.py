"""The names of 0.3.x for messages and plans, as its guides use them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.mate.compat.plans import PLAN
from tests.support import messages as said
from wyseos.mate.websocket import InputType, MessageType, PlanType, WebSocketClient


def test_a_type_is_its_word() -> None:
    assert said.text()["type"] == MessageType.TEXT
    assert (str(PlanType.CREATE_PLAN), str(InputType.PLAN)) == ("create_plan", "plan")
    assert json.dumps({"type": MessageType.START}) == '{"type": "start"}'
    assert WebSocketClient.get_message_type(PLAN) == MessageType.PLAN
    assert WebSocketClient.get_message_type({}) == "unknown"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (said.question(), "r"),
        ({"message": {"data": {"request_id": 5}}}, "5"),
        ({"message": '{"data": {"request_id": "q2"}}'}, "q2"),
        ({"message": {"data": None}}, None),
        ({"message": "no JSON"}, None),
        ({}, None),
    ],
)
def test_a_question_is_answered_by_its_id(message: dict[str, Any], expected: str | None) -> None:
    assert WebSocketClient.get_request_id(message) == expected


def test_answers_are_messages_that_can_be_sent() -> None:
    assert WebSocketClient.create_plan_acceptance_response("q1")["data"]["response"]["accepted"] is True
    assert WebSocketClient.create_x_confirm_response("q1", "go on")["data"]["response"] == {
        "accepted": True,
        "content": "go on",
    }
    edited = WebSocketClient.create_plan_acceptance_response("q1", PLAN["message"]["data"])
    assert edited["data"]["response"]["plan"] == PLAN["message"]["data"]
    assert WebSocketClient.create_text_input_response("q1", "Yes", [{"file_name": "a", "file_url": "b"}])["data"] == {
        "input_type": "text",
        "text": "Yes",
        "request_id": "q1",
        "attachments": [{"file_name": "a", "file_url": "b"}],
        "skills": [],
    }
