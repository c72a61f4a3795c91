"""The emulator as a program's object."""

from __future__ import annotations

import logging

import pytest

import wyseos.mate.emulator as package
from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.state.clock import Clock


def test_several_run_side_by_side() -> None:
    with Emulator(speed=0) as one, Emulator(speed=0) as other:
        assert one.base_url != other.base_url
        assert one.api_key != other.api_key
        outsiders.play(one.base_url, one.api_key, scenario="short")
        assert (len(one.sessions), len(other.sessions)) == (1, 0)


def test_a_key_of_ones_own_is_accepted() -> None:
    with Emulator(api_key="my-own-key") as emulator, outsiders.rest(emulator.base_url, "my-own-key") as client:
        assert (emulator.api_key, client.get("/team/lists").status_code) == ("my-own-key", 200)


def test_no_key_reaches_any_log(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "uvicorn", "uvicorn.error", "uvicorn.access", "websockets.server", "asyncio", "wyseos"):
        caplog.set_level(logging.DEBUG, logger=name or None)
    for name in ("httpx", "httpcore", "websockets.client"):
        caplog.set_level(logging.CRITICAL, logger=name)

    with Emulator("short", speed=0, api_key="canary-key-4711") as emulator:
        outsiders.play(emulator.base_url, emulator.api_key)
        outsiders.rest(emulator.base_url, "canary-key-4711").close()

    assert [record for record in caplog.records if "canary-key-4711" in record.getMessage()] == []


def test_the_package_loads_nothing_heavy_and_names_what_it_has() -> None:
    assert set(package.__all__) <= {*dir(package), *package._HOMES}
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        getattr(package, "nonsense")  # noqa: B009  # the attribute is not there, and mypy knows


@pytest.mark.parametrize("speed", [-1, float("inf"), float("nan")])
def test_a_speed_that_makes_no_sense_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed must be 0 or more"):
        Clock(speed)
