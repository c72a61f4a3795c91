"""One call, driven step by step on a clock of the test's: whatever happens, these promises hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wyseos.generated.api.session import create_session, get_session
from wyseos.generated.models import CreateSessionRequest
from wyseos.mate import NetworkError, WyseError
from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import RateLimitError
from wyseos.mate.rest.auth import Credential
from wyseos.mate.rest.exchange import Exchange
from wyseos.mate.rest.flow import Send, Sleep, Step, run
from wyseos.mate.rest.response import Response
from wyseos.mate.rest.retry import RULES, Failure
from wyseos.mate.settings.secret import Secret

READ = get_session.call("s")
WRITE = create_session.call(CreateSessionRequest("Write"))


def fails(fault: Failure) -> NetworkError:
    return NetworkError(fault.value, fault=fault)


class World:
    """Lets each try take its time and come out as told; the last outcome stays."""

    def __init__(self, *outcomes: NetworkError | tuple[int, dict[str, Any], dict[str, str]], took: float = 0.0) -> None:
        self.now = 0.0
        self.sent: list[Send] = []
        self.waits: list[float] = []
        self._outcomes = outcomes
        self._took = took

    def run(self, call: Any, draw: float = 1.0, **options: Any) -> Any:
        exchange = Exchange(
            ClientOptions("k", **options), Credential(Secret("k"), None), lambda: self.now, lambda: draw
        )
        return run(exchange.data(call), self._perform)

    def _perform(self, step: Step) -> Response | None:
        if isinstance(step, Sleep):
            self.waits.append(step.seconds)
            self.now += step.seconds
            return None
        self.sent.append(step)
        # No transport goes on after the deadline.
        self.now = min(self.now + self._took, step.until)
        outcome = self._outcomes[min(len(self.sent), len(self._outcomes)) - 1]
        if isinstance(outcome, NetworkError):
            raise outcome
        status, body, headers = outcome
        return Response(step.request.operation, status, headers, json.dumps(body).encode(), self._took)


GOOD: tuple[int, dict[str, Any], dict[str, str]] = (200, {"code": 0, "data": {"session_id": "s"}}, {})
BUSY = {"code": 4201, "data": None}


@settings(deadline=None)
@given(
    faults=st.lists(st.sampled_from(Failure), min_size=1, max_size=8),
    writes=st.booleans(),
    retries=st.integers(0, 6),
    took=st.floats(0, 20),
    draw=st.floats(0, 1),
    deadline=st.floats(0.1, 60),
)
def test_no_call_is_tried_too_often_or_too_long_and_nothing_is_done_twice(
    faults: list[Failure], writes: bool, retries: int, took: float, draw: float, deadline: float
) -> None:
    world = World(*map(fails, faults), GOOD, took=took)
    try:
        world.run(WRITE if writes else READ, draw, max_retries=retries, deadline=deadline)
    except WyseError:
        assert len(world.sent) <= len(faults)
    assert len(world.sent) <= retries + 1
    assert world.now <= deadline
    taken = [RULES[fault].taken for fault in faults[: len(world.sent)]]
    assert not writes or True not in taken[: len(world.sent) - 1]


def test_a_time_told_is_waited_and_the_backoff_on_top() -> None:
    world = World((429, BUSY, {"retry-after": "7"}), (200, BUSY, {"retry-after": "3.5"}), GOOD)
    assert world.run(WRITE).session_id == "s"
    assert world.waits == [7.5, 4.5]


@pytest.mark.parametrize(
    ("told", "deadline", "waits"), [("120", 1000, [120.5, 121.0]), ("120.5", 1000, []), ("60", 100, [60.5])]
)
def test_a_time_told_that_is_too_long_is_raised_with_the_error(told: str, deadline: float, waits: list[float]) -> None:
    world = World((429, BUSY, {"retry-after": told}))
    with pytest.raises(RateLimitError) as caught:
        world.run(READ, deadline=deadline)
    assert (world.waits, caught.value.retry_after) == (waits, float(told))


def test_each_try_knows_the_time_that_is_left_for_all_of_them() -> None:
    world = World(fails(Failure.CUT), GOOD, took=5)
    world.run(READ, deadline=20, timeout=3)
    assert [(send.until, send.timeout, send.request.attempt) for send in world.sent] == [(20, 3, 1), (20, 3, 2)]


def test_no_try_is_begun_that_could_only_begin_after_the_deadline() -> None:
    world = World(fails(Failure.CUT), took=19.9)
    with pytest.raises(NetworkError):
        world.run(READ, deadline=20)
    assert (len(world.sent), world.waits) == (1, [])
