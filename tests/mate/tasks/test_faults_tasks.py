"""The rows of the fault table that a task can meet, on real sockets, with both clients."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.mate.tasks.conftest import QUICK, Run
from tests.mate.tasks.golden import content
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.scenario.scenario import parse_scenario
from wyseos.mate.tasks.protocol.local_events import Gap
from wyseos.mate.tasks.protocol.reconnect import Patience
from wyseos.runtime import records

GOLDEN = 27


"""Events of the default scenario."""


@pytest.fixture(scope="module")
def golden() -> list[tuple[str, str | None]]:
    """The default scenario as it is without any fault."""
    from tests.mate.tasks.conftest import run_sync

    with Emulator(speed=0) as emulator:
        events, result = run_sync(emulator, {}, {}, {})
    assert result.success
    return content(events)


def session(emulator: Emulator) -> Any:
    [only] = emulator.sessions.values()
    return only


@pytest.fixture
def emulator(wyseos_emulator: Emulator) -> Any:
    """The emulator; at the end of a test the client must have sent nothing wrong, and one start only."""
    yield wyseos_emulator
    assert wyseos_emulator.violations == []
    assert max((len(each.starts) for each in wyseos_emulator.sessions.values()), default=0) <= 1


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a round still asks for at its end is asked for half a second long: here it never comes."""
    monkeypatch.setattr("wyseos.mate.tasks.protocol.session.FINAL_CHECK", 0.5)


def test_a_task_without_faults_is_the_golden_one(emulator: Emulator, run: Run, golden: Any) -> None:
    events, result = run(emulator)
    assert content(events) == golden
    assert (len(events), result.message_count, result.success) == (GOLDEN, GOLDEN, True)


@pytest.mark.parametrize("kind", ["handshake_redirect"])
def test_fault_13_a_redirected_handshake_is_not_followed(emulator: Emulator, run: Run, kind: str) -> None:
    fault = emulator.fault(kind)
    _, result = run(emulator)
    assert result.error == "the service refused the WebSocket with HTTP 307"
    assert fault.hits == 1


@pytest.mark.parametrize(("status", "hint"), [(401, "not accepted"), (403, "not allowed"), (404, "no such session")])
def test_fault_14_a_refused_handshake_is_a_clear_error_at_once(
    emulator: Emulator, run: Run, status: int, hint: str
) -> None:
    fault = emulator.fault("handshake_status", status=status, times=0)
    _, result = run(emulator)
    assert f"HTTP {status}" in (result.error or "")
    assert hint in (result.error or "")
    assert fault.hits == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_fault_15_a_handshake_that_is_put_off_is_tried_again(
    emulator: Emulator, run: Run, golden: Any, status: int
) -> None:
    emulator.fault("handshake_status", status=status, times=2)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)


def test_fault_15_a_retry_after_is_kept_and_one_too_long_is_an_error(emulator: Emulator, run: Run) -> None:
    emulator.fault("handshake_status", status=429, retry_after=121)
    _, result = run(emulator)
    assert "HTTP 429" in (result.error or "")


@pytest.mark.parametrize("taken", [True, False])
def test_fault_16_a_cut_after_the_start_never_starts_twice(
    emulator: Emulator, run: Run, golden: Any, taken: bool
) -> None:
    fault = emulator.fault("cut", message="start", taken=taken)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)
    assert fault.hits == 1


@pytest.mark.parametrize("taken", [True, False])
def test_fault_17_a_cut_after_an_answer_never_answers_twice(
    emulator: Emulator, run: Run, golden: Any, taken: bool
) -> None:
    fault = emulator.fault("cut", message="input", taken=taken)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)
    assert fault.hits == 1


@pytest.mark.parametrize("reset", [True, False])
@pytest.mark.parametrize("frame", range(GOLDEN))
def test_fault_18_a_cut_at_any_frame_ends_in_the_same_events(
    emulator: Emulator, run: Run, golden: Any, frame: int, reset: bool
) -> None:
    emulator.fault("cut", frame=frame, reset=reset)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)
    assert len({event.message_id for event in events}) == GOLDEN


def test_fault_19_cuts_while_catching_up_lose_nothing(emulator: Emulator, run: Run, golden: Any) -> None:
    emulator.fault("cut", frame=5)
    emulator.fault("cut", frame=0, skip=1, times=4)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)


@pytest.mark.usefixtures("soon")
def test_fault_20_what_cannot_be_had_is_told_as_a_gap_and_the_task_goes_on(
    emulator: Emulator, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    emulator.fault("cut", message="input")
    emulator.fault("status", operation="list_messages", status=501, times=0)
    with caplog.at_level(logging.WARNING, logger="wyseos.mate.tasks"):
        events, result = run(emulator, settings=records.evolve(QUICK, hold_time=0.2))
    assert [event.state for event in events if isinstance(event, Gap)] == ["open", "lost"]
    assert "the missed messages could not be read for 0.2 s" in caplog.text
    assert result.success


def test_fault_20_a_history_that_lost_what_was_seen_is_a_gap(emulator: Emulator, run: Run) -> None:
    emulator.fault("cut", frame=10)
    emulator.fault("lost_history", times=1)
    events, _ = run(emulator)
    assert [event.type for event in events if isinstance(event, Gap)] == ["gap"]


@pytest.mark.parametrize("frame", [0, 1, 9])
def test_fault_21_a_half_open_connection_is_noticed_and_mended(
    emulator: Emulator, run: Run, golden: Any, frame: int
) -> None:
    emulator.fault("half_open", frame=frame)
    events, result = run(emulator, settings=records.evolve(QUICK, heartbeat_interval=0.05))
    assert (content(events), result.success) == (golden, True)


def test_fault_21_any_byte_counts_as_life_so_that_missing_pongs_alone_cut_nothing(emulator: Emulator, run: Run) -> None:
    emulator.fault("no_pong", times=0)
    _, result = run(emulator)
    assert result.success


def test_fault_22_doubled_frames_are_delivered_once(emulator: Emulator, run: Run, golden: Any) -> None:
    emulator.fault("duplicate", times=0)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)


def test_fault_24_a_result_that_came_while_we_were_away_is_returned_once(
    emulator: Emulator, run: Run, golden: Any
) -> None:
    emulator.fault("cut", message="input")
    emulator.fault("handshake_status", status=503, skip=1, times=3)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)


@pytest.mark.parametrize("surprise", [{"type": "brand_new"}, {"rich": "brand_new"}])
def test_fault_25_what_nobody_knows_is_delivered_as_it_is(
    emulator: Emulator, run: Run, surprise: dict[str, str]
) -> None:
    emulator.fault("unknown_type", frame=3, **surprise)
    events, result = run(emulator)
    assert [type(event).__name__ for event in events].count("UnknownEvent") == 1
    assert (len(events), result.success) == (GOLDEN + 1, True)


STRAY = [{"text": "stray"}, {"text": "[1, 2]"}, {"text": ""}, {"text": "[" * 200_000}]


UNTEXT = [{"binary": "{}"}, {"bad_utf8": True}]


@pytest.mark.parametrize("stray", [*STRAY, *UNTEXT])
def test_faults_26_and_27_a_frame_that_is_no_event_is_passed_over_with_a_warning(
    emulator: Emulator, run: Run, golden: Any, stray: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    emulator.fault("stray", frame=4, **stray)
    emulator.fault("stray", frame=8, times=1, **stray)
    with caplog.at_level(logging.WARNING, logger="wyseos.mate.tasks"):
        events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)
    assert caplog.text.count("a frame that is no event") == 2


@pytest.mark.parametrize("stray", [*STRAY, *UNTEXT])
def test_faults_26_and_27_after_three_in_a_row_the_session_is_asked_for_by_rest(
    emulator: Emulator, run: Run, golden: Any, stray: dict[str, Any]
) -> None:
    for _ in range(3):
        emulator.fault("stray", frame=4, **stray)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)


def test_fault_28_a_message_over_the_limit_is_read_by_rest(emulator: Emulator, run: Run, golden: Any) -> None:
    emulator.fault("oversize", frame=6, bytes=200_000)
    events, result = run(emulator, max_message_size=100_000)
    assert (content(events), result.success) == (golden, True)


@pytest.mark.usefixtures("soon")
def test_fault_28_one_that_cannot_be_read_by_rest_is_a_gap_that_names_the_limit(emulator: Emulator, run: Run) -> None:
    emulator.fault("oversize", frame=6, bytes=200_000)
    emulator.fault("status", operation="list_messages", status=501, times=0)
    events, result = run(emulator, settings=records.evolve(QUICK, hold_time=0.2), max_message_size=100_000)
    gaps = [event for event in events if isinstance(event, Gap)]
    assert [gap.state for gap in gaps] == ["open", "lost"]
    assert "a message was larger than max_message_size (100000 bytes)" in gaps[0].reason
    assert result.success


@pytest.mark.parametrize("frame", [0, 1, 5, 20, 26])
def test_fault_29_a_connection_closed_with_1000_before_the_result_is_opened_again(
    emulator: Emulator, run: Run, golden: Any, frame: int
) -> None:
    emulator.fault("close", frame=frame, code=1000)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)


@pytest.mark.parametrize("code", [1001, 1012, 1011, 1013, 4001])
def test_faults_30_31_and_33_the_connection_is_opened_again(
    emulator: Emulator, run: Run, golden: Any, code: int
) -> None:
    emulator.fault("close", frame=5, code=code)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)


@pytest.mark.parametrize("code", [1002, 1003, 1007, 1008, 1009])
def test_fault_32_the_connection_is_not_opened_again_and_the_error_tells_code_and_reason(
    emulator: Emulator, run: Run, code: int
) -> None:
    emulator.fault("close", frame=3, code=code, reason="policy")
    _, result = run(emulator, auto_accept_plan=False, handlers={"on_plan": lambda plan: None})
    assert result.error in (f"the service closed the connection with code {code}: policy", _asked)


_asked = "the task asks, and nobody is there to answer: Shall I go ahead with this plan?"


def test_fault_33_a_code_of_the_services_own_is_tried_once(emulator: Emulator, run: Run) -> None:
    fault = emulator.fault("close", frame=0, code=4001, reason="busy", times=0)
    _, result = run(emulator)
    assert result.error == "the service closed the connection with code 4001: busy"
    assert fault.hits == 2


def test_a_connection_that_cannot_be_mended_ends_in_an_error_and_not_in_a_loop(emulator: Emulator, run: Run) -> None:
    emulator.fault("cut", message="start", taken=False)
    emulator.fault("handshake_status", status=503, skip=1, times=0)
    _, result = run(emulator, settings=records.evolve(QUICK, patience=Patience(outage=0.2)))
    assert "HTTP 503" in (result.error or "")


@pytest.mark.usefixtures("soon")
def test_fault_20_where_not_even_the_status_can_be_had_the_task_goes_on_after_a_gap(
    emulator: Emulator, run: Run
) -> None:
    emulator.fault("cut", frame=20)
    emulator.fault("status", operation="get_session", status=501, times=0)
    emulator.fault("status", operation="list_messages", status=501, times=0)
    events, result = run(emulator, completion_timeout=1)
    assert [event.state for event in events if isinstance(event, Gap)] == ["open", "lost"]
    assert result.error in (None, "timeout: the task was not finished within 1 s")


def test_fault_28_without_the_status_the_message_is_had_all_the_same(emulator: Emulator, run: Run, golden: Any) -> None:
    emulator.fault("oversize", frame=6, bytes=200_000)
    emulator.fault("status", operation="get_session", status=501, times=0)
    events, result = run(emulator, settings=records.evolve(QUICK, hold_time=3), max_message_size=100_000)
    assert (content(events), result.success) == (golden, True)


def test_fault_19_a_rolling_restart_loses_nothing(emulator: Emulator, run: Run, golden: Any) -> None:
    """The connection is closed, and for a while REST answers 502 as well."""
    emulator.fault("close", frame=10, code=1012)
    emulator.fault("status", operation="get_session", status=502, html=True, times=7)
    emulator.fault("status", operation="list_messages", status=502, html=True, times=7)
    events, result = run(emulator)
    assert (content(events), result.success) == (golden, True)


def test_fault_24_where_no_connection_can_be_opened_again_the_result_comes_by_rest(
    emulator: Emulator, run: Run, golden: Any
) -> None:
    emulator.fault("cut", frame=20)
    emulator.fault("handshake_status", status=503, skip=1, times=0)
    events, result = run(emulator, completion_timeout=20)
    assert (content(events), result.success) == (golden, True)


def test_fault_40_events_held_back_while_catching_up_count_as_well(emulator: Emulator, run: Run, golden: Any) -> None:
    emulator.fault("cut", message="input")
    emulator.fault("slow", operation="list_messages", seconds=0.2)
    events, result = run(emulator, settings=records.evolve(QUICK, budget=1))
    assert (content(events), result.success) == (golden, True)


def test_a_ping_of_the_service_is_answered_and_no_event(run: Run) -> None:
    steps = [{"raw": {"type": "ping", "timestamp": 7}}, {"result": "Done"}]
    with Emulator(speed=0, scenario=parse_scenario({"steps": steps})) as emulator:
        events, result = run(emulator)
        assert ([event.type for event in events], result.message_count) == (["task_result"], 1)
        assert emulator.violations == []
