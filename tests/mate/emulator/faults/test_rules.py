"""Faults: what an order may say, when a fault strikes, and that the same seed gives the same trouble."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wyseos.mate.emulator import Emulator, Fault, FaultError
from wyseos.mate.emulator.faults.rules import KINDS, Faults, load_faults, parse_fault


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_ordered_by_its_name_alone(kind: str) -> None:
    assert parse_fault({"kind": kind}).options == dict(KINDS[kind].options)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({}, "a fault is an object with a `kind`"),
        ({"kind": "flood"}, "flood: kind: 'flood' can't be here; it is one of 'status', "),
        ({"kind": "cut", "html": True}, "cut: it takes no 'html'; it takes kind, session_id, frame, "),
        ({"kind": "cut", "times": -1}, "cut: times: -1 is less than the minimum of 0"),
        ({"kind": "cut", "probability": 2}, "cut: probability: 2 is greater than the maximum of 1"),
        ({"kind": "cut", "frame": -1}, "cut: frame: -1 is less than the minimum of 0"),
        ({"kind": "cut", "frame": "first"}, "cut: frame: 'first' is of the wrong kind; a whole number is needed"),
    ],
)
def test_an_order_that_cannot_be_understood_says_why(told: dict[str, Any], message: str) -> None:
    with pytest.raises(FaultError) as error:
        parse_fault(told)
    assert str(error.value).startswith(message)


def test_a_fault_strikes_as_often_as_it_was_told() -> None:
    faults = Faults()
    fault = faults.arm({"kind": "status", "skip": 1, "times": 2})
    struck = [len(faults.strike("status", operation="get_session")) for _ in range(5)]
    assert (struck, fault.hits) == ([0, 1, 1, 0, 0], 2)


def test_a_fault_strikes_only_where_it_was_told() -> None:
    faults = Faults()
    faults.arm({"kind": "status", "operation": "get_session", "session_id": "s1", "times": 0})
    asked = [("get_session", "s1"), ("get_session", "s2"), ("list_messages", "s1")]
    assert [len(faults.strike("status", operation=operation, session_id=at)) for operation, at in asked] == [1, 0, 0]


def test_a_fault_at_a_message_does_not_strike_at_an_event() -> None:
    faults = Faults()
    faults.arm({"kind": "cut", "message": "input"})
    assert faults.strike("cut", frame=1) == []
    assert faults.strike("cut", message="start") == []
    assert len(faults.strike("cut", message="input")) == 1


def test_cleared_faults_strike_no_more() -> None:
    faults = Faults()
    faults.arm({"kind": "status"})
    faults.clear()
    assert (faults.strike("status"), faults.armed()) == ([], [])


def test_the_same_seed_gives_the_same_trouble() -> None:
    def trouble(seed: int) -> list[int]:
        faults = Faults(seed)
        faults.arm_chaos({"duplicate": 0.3})
        return [len(faults.strike("duplicate", frame=n)) for n in range(200)]

    assert trouble(1) == trouble(1) != trouble(2)
    assert 30 < sum(trouble(1)) < 90


def test_faults_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text("faults: [{kind: cut, frame: 3}]\nchaos: {duplicate: 0.5}", "utf-8")
    assert load_faults(path) == ([Fault("cut", frame=3)], {"duplicate": 0.5})

    with Emulator(faults=path, chaos={"reorder": 0.1}) as emulator:
        armed = [(fault.kind, fault.frame, fault.probability, fault.times) for fault in emulator.faults.armed()]
    assert armed == [("cut", 3, 1.0, 1), ("duplicate", None, 0.5, 0), ("reorder", None, 0.1, 0)]


@pytest.mark.parametrize("content", ["5", "flood: []", "- {kind: flood}"])
def test_a_file_that_cannot_be_understood_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(FaultError, match=r"faults\.yaml: "):
        load_faults(path)
