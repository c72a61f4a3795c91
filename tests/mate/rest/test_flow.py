"""The two drivers do the same with a flow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from wyseos.mate.errors import NetworkError, WyseError
from wyseos.mate.rest.flow import Flow, Sleep, Step, run, run_async


def drive_async(flow: Flow[Any], perform: Callable[[Step], Any]) -> Any:
    async def awaited(step: Step) -> Any:
        return perform(step)

    return asyncio.run(run_async(flow, awaited))


both_drivers = pytest.mark.parametrize("drive", [run, drive_async])


@both_drivers
def test_a_flow_is_sent_what_came_of_each_step(drive: Any) -> None:
    def flow() -> Flow[list[Any]]:
        first = yield Sleep(1)
        second = yield Sleep(2)
        return [first, second]

    assert drive(flow(), lambda step: f"slept {step.seconds}") == ["slept 1", "slept 2"]


@both_drivers
def test_an_error_of_a_step_is_thrown_into_the_flow_which_may_go_on(drive: Any) -> None:
    def flow() -> Flow[str]:
        try:
            yield Sleep(1)
        except NetworkError as error:
            answer: str = yield Sleep(2)
            return f"{error.message}, then {answer}"
        return "nothing was thrown"

    def perform(step: Sleep) -> str:
        if step.seconds == 1:
            raise NetworkError("cut")
        return "well"

    assert drive(flow(), perform) == "cut, then well"


@both_drivers
def test_an_error_that_the_flow_does_not_take_reaches_the_caller(drive: Any) -> None:
    def flow() -> Flow[None]:
        yield Sleep(1)

    def perform(step: Step) -> None:
        raise WyseError("no")

    with pytest.raises(WyseError, match="no"):
        drive(flow(), perform)


@both_drivers
def test_what_is_no_error_of_ours_passes_the_flow_by(drive: Any) -> None:
    seen: list[str] = []

    def flow() -> Flow[None]:
        try:
            yield Sleep(1)
        except ZeroDivisionError:
            seen.append("thrown into the flow")

    def perform(step: Step) -> float:
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        drive(flow(), perform)
    assert seen == []


@both_drivers
def test_a_flow_without_steps_just_returns(drive: Any) -> None:
    def flow() -> Flow[str]:
        yield from ()
        return "done"

    assert drive(flow(), lambda step: None) == "done"
