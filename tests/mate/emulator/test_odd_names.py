"""Every id and name that a client can set is data to the emulator: none breaks a later call, or a saved state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)
NUMBERLIKE = st.sampled_from(["prod_123", "٣", "²", "-1", "9" * 400, "0x10", "1_000", "1e3", " 7", "", ".", "../1"])
NAMES = st.text() | NUMBERLIKE


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Emulator, Path]]:
    state = tmp_path_factory.mktemp("state") / "emulator.db"
    with Emulator(speed=0, credits=1e12, state=state) as emulator:
        yield emulator, state


def statuses(*answers: httpx.Response) -> set[int]:
    return {answer.status_code for answer in answers}


@given(name=NAMES, value=VALUES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_of_a_client_breaks_a_call(kept: tuple[Emulator, Path], name: str, value: Any) -> None:
    emulator, _ = kept
    with outsiders.rest(emulator.base_url, emulator.api_key) as client:
        fields = {"task": "x", "extra": {"marketing_product": {"product_id": value}, name: value}, "intent_id": name}
        statuses_seen = statuses(
            client.post("/session/create", json=fields),
            client.post("/session/create", json={"task": name, "mode": name, "platform": name, "extra": value}),
            client.post("/user/apikey/new", json={"name": name}),
            client.post("/dashboard/product/create", json={"product": name, "attachments": []}),
            client.post(
                "/dashboard/product/create",
                json={"product": name, "attachments": [{"file_name": name, "file_url": name}]},
            ),
            client.get("/team/lists", params={"team_type": name}),
            client.get("/session/message/lists", params={"session_id": name, "role": name, "from_timestamp": name}),
            client.get("/user/call/lists", params={"api_key_name": name, "start_date": name, "platform": name}),
        )
    assert statuses_seen <= {200, 400, 404, 422}


@given(product_id=NAMES | st.integers() | VALUES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_product_id_breaks_a_task_or_what_is_numbered_after_it(kept: tuple[Emulator, Path], product_id: Any) -> None:
    emulator, _ = kept
    with outsiders.rest(emulator.base_url, emulator.api_key) as client:
        session_id = outsiders.create(client, "marketing")
        with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
            outsiders.start(socket, marketing_product={"product_id": product_id})
            assert list(outsiders.events(socket))[-1]["type"] in ("task_result", "error")
        made = client.post("/dashboard/product/create", json={"product": "A lantern", "attachments": []}).json()
        assert made["code"] == 0
        assert client.post("/user/apikey/new", json={"name": "x"}).json()["code"] == 0


def test_a_saved_state_with_odd_names_can_be_gone_on_with(tmp_path: Path) -> None:
    state = tmp_path / "emulator.db"
    with Emulator(speed=0, state=state) as emulator:
        outsiders.play(emulator.base_url, emulator.api_key, "marketing", marketing_product={"product_id": "prod_123"})
    with Emulator(speed=0, state=state) as emulator:
        outsiders.play(emulator.base_url, emulator.api_key)
