"""Templates of scenarios."""

from __future__ import annotations

import pytest

from wyseos.mate.emulator.scenario.templating import fill, topic_of


def test_variables_are_put_into_every_text_however_nested() -> None:
    template = {"a": "On {topic}", "b": ["{topic}, {topic}", 3, None], "{topic}": True}
    assert fill(template, {"topic": "tea"}) == {"a": "On tea", "b": ["tea, tea", 3, None], "{topic}": True}


def test_what_is_no_known_variable_stays_as_it_stands_and_nothing_is_executed() -> None:
    template = "{other} {topic.__class__} {0} {{topic}}"
    assert fill(template, {"topic": "{other}", "other": "x"}) == "x {topic.__class__} {0} {{other}}"


@pytest.mark.parametrize(
    ("task", "topic"),
    [
        ("Compare lanterns.", "Compare lanterns"),
        ("First\nSecond", "First"),
        ("  ", "the task"),
        ("word " * 20, " ".join(["word"] * 12)),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_topic_is_what_fits_into_a_title(task: str, topic: str) -> None:
    assert topic_of(task) == topic
