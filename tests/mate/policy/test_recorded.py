"""Recorded events tell the questions that were asked, each with the plan that it was about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import messages as said
from wyseos.generated.events import event_from_dict
from wyseos.mate.errors import ConfigError
from wyseos.mate.policy.recorded import events_of_file, questions_in

ROWS = [
    said.plan("m1"), said.warning("m2"), said.question("m3", "r1"), said.text("m4"),
    said.question("m5", "r2", "x_confirm"), said.question("m6", "r3"),
]  # fmt: skip


def test_a_plan_belongs_to_the_question_directly_after_it() -> None:
    asked = list(questions_in(map(event_from_dict, ROWS)))
    assert [(each.kind, each.request_id) for each in asked] == [("plan", "r1"), ("confirmation", "r2"), ("text", "r3")]
    assert asked[0].plan is not None
    assert [step.title for step in asked[0].plan.steps] == ["Research", "Write"]


@pytest.mark.parametrize("text", [json.dumps(ROWS), "\n".join(map(json.dumps, ROWS)) + "\n"])
def test_a_file_holds_an_event_a_line_or_an_array(tmp_path: Path, text: str) -> None:
    (tmp_path / "events").write_text(text, "utf-8")
    assert [event.type for event in events_of_file(tmp_path / "events")] == [row["type"] for row in ROWS]


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "events").write_text(json.dumps(ROWS[0]) + "\n\nnothing\n", "utf-8")
    with pytest.raises(ConfigError, match="line 3 is not JSON"):
        events_of_file(tmp_path / "events")


def test_a_plan_is_not_that_of_a_question_after_something_else() -> None:
    rows = [said.plan("m1"), said.text("m2"), said.question("m3")]
    assert [each.plan for each in questions_in(map(event_from_dict, rows))] == [None]


def test_an_array_may_stand_below_empty_lines(tmp_path: Path) -> None:
    (tmp_path / "events").write_text("\n  " + json.dumps(ROWS, indent=1), "utf-8")
    assert len(events_of_file(tmp_path / "events")) == len(ROWS)
