"""When a connection is asked for a sign of life, and when it is dead; time is passed in."""

from __future__ import annotations

from wyseos.mate.tasks.protocol.liveness import QUIET, Liveness


def test_fault_21_silence_is_asked_about_and_then_ends_the_connection_within_25_seconds() -> None:
    liveness = Liveness(interval=30.0, now=0.0)
    assert liveness.deadline == QUIET
    assert liveness.ping_due(QUIET)
    assert not liveness.is_dead(QUIET)
    liveness.ping_sent(QUIET)
    assert liveness.deadline == 2 * QUIET
    assert liveness.is_dead(2 * QUIET)
    assert 2 * QUIET < 25.0


def test_fault_21_any_byte_counts_as_life() -> None:
    liveness = Liveness(interval=30.0, now=0.0)
    liveness.ping_sent(12.0)
    liveness.byte_received(23.9)
    assert not liveness.is_dead(24.0)
    assert liveness.deadline == 35.9


def test_the_service_is_pinged_at_least_every_interval_also_while_it_talks() -> None:
    liveness = Liveness(interval=5.0, now=0.0)
    liveness.byte_received(4.9)
    assert liveness.ping_due(5.0)
    liveness.ping_sent(5.0)
    liveness.ping_sent(6.0)
    assert liveness.is_dead(10.0)


def test_fault_35_silence_counts_only_after_a_ping_was_really_sent() -> None:
    liveness = Liveness(interval=30.0, now=0.0)
    assert not liveness.is_dead(600.0)
    assert liveness.ping_due(600.0)


def test_after_a_ping_the_service_has_time_to_answer_and_is_not_asked_twice() -> None:
    liveness = Liveness(interval=30.0, now=0.0)
    liveness.ping_sent(12.0)
    assert not liveness.is_dead(12.0)
    assert not liveness.is_dead(23.9)
    assert not liveness.ping_due(24.0)
