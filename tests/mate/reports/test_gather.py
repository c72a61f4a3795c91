"""What a report makes of a session's events: answers, trouble on the way, kinds that nobody has named."""

from __future__ import annotations

from typing import Any

import pytest

from wyseos.generated.events import event_from_dict
from wyseos.mate import Client, TaskResult
from wyseos.mate.emulator import Emulator
from wyseos.mate.reports import SessionReport, result_report, session_report
from wyseos.mate.tasks.protocol.local_events import Gap

QUESTION = {"type": "input", "content": "Which colour?", "source": "writer"}


def report(*told: dict[str, Any], **more: Any) -> SessionReport:
    return result_report(TaskResult(session_id="s", **more), events=map(event_from_dict, told))


def answers(*told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(asked.question, asked.answer) for asked in report(*told).asked]


def test_the_words_of_an_answer_stand_beside_their_question() -> None:
    said = {"type": "text", "content": "Red", "source_component": "user"}
    assert answers(QUESTION, said, {"type": "text", "content": "Thanks", "source_component": "user"}) == [
        ("Which colour?", "Red")
    ]


def test_an_answer_whose_words_are_not_kept_shows_in_that_the_agents_go_on() -> None:
    goes_on = {"type": "progress", "content": "Painting", "source": "writer"}
    assert answers(QUESTION, goes_on) == [("Which colour?", "answered")]
    assert answers(QUESTION, goes_on | {"source": "another"}) == [("Which colour?", "")]
    assert answers(QUESTION, {"type": "error", "error": "no credits", "source": "writer"}) == [("Which colour?", "")]
    assert "no answer" in report(QUESTION).to_html()


def test_trouble_on_the_way_has_a_section_and_what_ended_the_session_stands_at_the_top() -> None:
    told = report(
        {"type": "warning", "content": "This may not go well."}, {"type": "error", "error": "no  credits"},
        error="no  credits",
    )  # fmt: skip
    assert [(row.label, row.text) for row in told.troubles] == [("warning", "This may not go well.")]
    assert told.to_html().count("no credits") == 1
    assert "## Errors, warnings and gaps\n\n-  warning: This may not go well." in told.to_markdown()
    missing = result_report(TaskResult(), events=[Gap("3 are lost"), Gap("3 are lost", state="filled")])
    assert [row.text for row in missing.troubles] == [
        "messages are missing here: 3 are lost",
        "what was missing has come",
    ]


def test_a_kind_that_nobody_has_named_is_a_line_too() -> None:
    [line] = report({"type": "policy_decision", "content": "the plan was approved by rule 2"}).timeline
    assert (line.label, line.text) == ("other", "policy_decision: the plan was approved by rule 2")
    assert report({"type": "pong"}).timeline == []


def test_marks_of_markdown_do_not_stand_in_the_timeline() -> None:
    [line] = report({"type": "text", "content": "I read **three** pages of `a.md`"}).timeline
    assert line.text == "I read three pages of a.md"


@pytest.mark.wyseos(scenario="questions")
def test_a_session_that_is_still_at_work_says_so(wyseos_emulator: Emulator) -> None:
    client = Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key)
    with client, client.start("Paint it", confirm="ask") as task:
        next(event for event in task if event.type == "input")
        told = session_report(client, task.session_id)
    assert (told.outcome, "What went wrong" in told.to_html()) == ("at work", False)
    assert "The session is at work." in told.to_markdown()
    assert told.to_fragment() == "<p>The session is at work.</p>"
