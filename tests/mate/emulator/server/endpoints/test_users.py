"""Keys, and what was called with them."""

from __future__ import annotations

from typing import Any

import httpx

from tests.mate.emulator import outsiders
from tests.mate.emulator.outsiders import data, refusal
from wyseos.mate.emulator import Emulator

# ---- keys and calls


def test_a_made_key_works_until_it_is_deleted(emulator: Emulator, client: httpx.Client) -> None:
    made = data(client.post("/user/apikey/new", json={"name": "laptop"}))["api_key"]
    with outsiders.rest(emulator.base_url, made) as own:
        keys = data(own.get("/user/apikey/lists"))["data"]
        assert [key["name"] for key in keys] == ["emulator", "laptop"]
        assert made not in str(keys)
        assert keys[1]["last_used_at"] != ""
        assert data(own.delete(f"/user/apikey/delete/{keys[1]['id']}")) == {}
        assert own.get("/user/apikey/lists").status_code == 401


def test_the_emulators_own_key_stays(client: httpx.Client) -> None:
    assert refusal(client.delete("/user/apikey/delete/1")) == (403, 403)
    assert refusal(client.delete("/user/apikey/delete/99")) == (404, 4203)


def test_calls_are_counted_with_their_cost(emulator: Emulator, client: httpx.Client) -> None:
    outsiders.play(emulator.base_url, emulator.api_key, scenario="short")
    outsiders.play(emulator.base_url, emulator.api_key, scenario="failure")

    def calls(**asked: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = data(client.get("/user/call/lists", params=asked))["data"]
        return rows

    day = calls()[0]["created_at"][:10]
    assert [call["status"] for call in calls()] == ["fail", "success"]
    assert [call["status"] for call in calls(order="asc")] == ["success", "fail"]
    costs = [call["cost"]["total_credit"] for call in calls(order_field="total_cost", order="asc")]
    assert costs == sorted(costs)
    assert len(calls(status="success", platform="api", api_key_name="emulator", start_date=day, end_date=day)) == 1
    assert calls(start_date="2999-01-01") == []
    assert calls(api_key_name="another") == []
    values = data(client.get("/user/call/filter_values"))
    assert values == {"api_key_names": ["emulator"], "platforms": ["api"], "states": ["fail", "success"]}
