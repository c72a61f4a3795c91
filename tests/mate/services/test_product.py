"""`client.product`: an analysis is waited for, and gone on with."""

from __future__ import annotations

import pytest

from tests.support.faces import Ask, both_faces
from wyseos.mate import SessionExecutionError
from wyseos.mate.emulator import Emulator


@both_faces
def test_a_product_is_analysed_and_its_report_fetched(ask: Ask) -> None:
    told: list[str] = []
    with Emulator() as emulator:
        report = ask(
            lambda client: client.product.create_and_wait(
                "Lamp", None, 0, on_poll=lambda _, status: told.append(status)
            ),
            base_url=emulator.base_url,
            api_key=emulator.api_key,
        )
        assert emulator.violations == []
    assert told[-1] == "completed"
    assert report.keywords


@both_faces
def test_waiting_for_a_product_that_takes_longer_can_be_gone_on_with(ask: Ask) -> None:
    with Emulator() as emulator:
        settings = {"base_url": emulator.base_url, "api_key": emulator.api_key}
        with pytest.raises(SessionExecutionError) as caught:
            ask(lambda client: client.product.create_and_wait("Lamp", None, 0, 1), **settings)
        report = ask(lambda client: client.product.wait_for_report(caught.value.product_id, 0), **settings)
    assert report.report_id
