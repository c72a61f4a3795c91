"""Products, their reports, categories and research."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.mate.emulator import outsiders
from tests.mate.emulator.outsiders import data
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.models import CreateProductRequest
from wyseos.mate.task_runner import TaskMode

# ---- products


def product_states(client: httpx.Client, name: str, polls: int) -> list[dict[str, Any]]:
    made = data(client.post("/dashboard/product/create", json={"product": name, "attachments": []}))
    address = f"/dashboard/product/candidates/{made['product_id']}/info"
    return [made, *(data(client.get(address)) for _ in range(polls))]


def test_a_product_goes_from_pending_to_completed_and_has_a_report(client: httpx.Client) -> None:
    states = product_states(client, "Notes", 3)
    report_id = states[-1]["analysis_result"]["report_id"]
    report = data(client.get(f"/dashboard/report/info/{report_id}"))

    assert [state["status"] for state in states] == ["pending", "pending", "processing", "completed"]
    assert "analysis_result" not in states[2]
    assert (report["report_id"], report["product_name"]) == (report_id, "Notes")


@pytest.mark.parametrize(("name", "status"), [("An unanalysable thing", "failed"), ("A reportless thing", "completed")])
def test_an_analysis_can_go_wrong(client: httpx.Client, name: str, status: str) -> None:
    last = product_states(client, name, 3)[-1]
    assert (last["status"], "analysis_result" in last) == (status, False)


def test_a_report_can_be_corrected(client: httpx.Client) -> None:
    report_id = product_states(client, "Notes", 3)[-1]["analysis_result"]["report_id"]
    address = f"/dashboard/report/update/{report_id}"
    assert data(client.post(address, json={"keywords": ["short"], "report_id": "another"})) == {"report_id": report_id}

    report = data(client.get(f"/dashboard/report/info/{report_id}"))
    assert (report["keywords"], report["report_id"], report["competitors"] != []) == (["short"], report_id, True)


def test_a_marketing_session_leads_to_a_product_and_its_report(emulator: Emulator, client: httpx.Client) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_marketing_report")
    reference = events[0]["message"]["data"]
    product = data(client.get(f"/dashboard/product/candidates/{reference['product_id']}/info"))

    assert product["status"] == "completed"
    assert data(client.get(f"/dashboard/report/info/{product['analysis_result']['report_id']}"))["keywords"]


def test_a_known_product_in_extra_is_the_one_reported_on(emulator: Emulator, client: httpx.Client) -> None:
    made = product_states(client, "Notes", 0)[0]
    extra: Any = {"scenario": "rich_marketing_report", "marketing_product": {"product_id": made["product_id"]}}
    _, events = outsiders.play(emulator.base_url, emulator.api_key, **extra)
    assert events[0]["message"]["data"]["product_id"] == made["product_id"]


def test_a_research_can_be_looked_up(emulator: Emulator, client: httpx.Client) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_marketing_research_tweets")
    query_id = events[0]["message"]["data"]["query_id"]
    tweets = data(client.get(f"/dashboard/product/query/results/{query_id}/lists"))
    assert [tweet["username"] for tweet in tweets] == ["ada", "grace"]


def test_categories_have_two_levels(client: httpx.Client) -> None:
    for industry in data(client.get("/dashboard/categories")):
        assert industry["category"]["level"] == 1
        assert {part["level"] for part in industry["subcategories"]} == {2}


@pytest.mark.parametrize("product_id", ["prod_123", "٣", "-1", "9" * 400, "x y"])
def test_a_product_id_is_data_whatever_a_client_names_it(emulator: Emulator, product_id: str) -> None:
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as sdk:
        extra = {"marketing_product": {"product_id": product_id}}
        assert sdk.run("Promote it", task_mode=TaskMode.Marketing, extra=extra).success
        assert sdk.run("And again").success
        assert sdk.product.create(CreateProductRequest(product="Lantern", attachments=[])).product_id
