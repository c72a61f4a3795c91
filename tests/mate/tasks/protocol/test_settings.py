"""How a session is kept where nothing was said."""

from __future__ import annotations

from wyseos.mate.tasks.protocol.reconnect import Patience
from wyseos.mate.tasks.protocol.settings import SessionSettings


def half() -> float:
    return 0.5


def test_a_session_is_pinged_each_30_s_and_holds_64_mib_and_75_s_of_what_can_not_be_told_yet() -> None:
    assert SessionSettings(draw=half) == SessionSettings(
        draw=half,
        heartbeat_interval=30.0,
        budget=67_108_864,
        patience=Patience(),
        can_renew=False,
        hold_time=75.0,
        ask_again=5.0,
    )
