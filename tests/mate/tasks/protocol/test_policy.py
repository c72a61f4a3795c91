"""Who answers what where nothing was said."""

from __future__ import annotations

from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy


def test_plans_and_actions_are_agreed_to_text_is_left_to_people_and_nothing_has_an_end() -> None:
    assert AnswerPolicy() == AnswerPolicy(
        plan=Answering.AUTOMATIC,
        text=Answering.WAIT,
        confirmation=Answering.AUTOMATIC,
        completion_timeout=None,
        answer_timeout=None,
        clock_stands=True,
        fallback=None,
        judge=None,
    )
