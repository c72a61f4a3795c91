"""Strict clients of others read every field that the wire page lists without a question mark: each is in the answer."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.mate.emulator import outsiders
from tests.mate.emulator.outsiders import data
from wyseos.mate.emulator import Emulator

MODEL = "system_model_id provider model_type icon_url created_at updated_at"
AGENT = "agent_id user_id avatar name description system_message component_type model agent_type parameters created_at"
TEAM = "team_id user_id avatar name description component_type team_type agents termination model parameters"
SESSION = "session_id name status browser_id task platform visibility created_at updated_at"
BROWSER = "browser_id user_id session_id status width height ws_endpoint solve_captcha timezone user_agent"
TAB = "index url status video_url ws_debugger_url front_debugger_url page_id debugger_host"
CALL = "session_id api_key_name browser_id duration auth_captcha ip_proxy_bandwidth cost status created_at"
COST = "total_credit server_traffic token browser auto_captcha ip_proxy_bandwidth"
REPORT = "id report_id product_name target_description keywords user_personas user_profiles competitors"
TWEET = "tweet tweet_id username tweet_time url bookmark_count favorite_count quote_count reply_count retweet_count"

FIELDS = {
    "page": "page_num page_size total total_page data",
    "session": SESSION,
    "new session": SESSION,
    "team": f"{TEAM} created_at updated_at deleted_at",
    "team's parameters": "system_prompt_role system_prompt_task_skill max_turns temperature",
    "agent": f"{AGENT} updated_at",
    "agent's parameters": "system_prompt_role system_prompt_task_skill temperature",
    "model": MODEL,
    "browser": f"{BROWSER} duration_seconds created_at",
    "tab": TAB,
    "used key": "id name api_key created_at last_used_at",
    "unused key": "id name api_key created_at last_used_at",
    "call": CALL,
    "cost": COST,
    "filter values": "api_key_names platforms states",
    "made product": "product_id product_name status",
    "product": "product_id product_name status",
    "report": f"{REPORT} recommended_campaigns related_links",
    "category": "id zh en en_desc level",
    "reply": f"{TWEET} view_count user_profile reply",
    "tweet": f"{TWEET} view_count user_profile",
    "draft": "draft_id content",
    "tweet's author": "avatar_url username follower_count following_count",
    "upload": "file_name file_url",
}


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """One object of each kind, as the bare client got it."""
    with Emulator(speed=0, check_own=True) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        found = _ask(emulator, client)
    assert emulator.mistakes == []
    return found


def _ask(emulator: Emulator, client: httpx.Client) -> dict[str, Any]:
    def get(path: str, **query: str) -> Any:
        return data(client.get(path, params=query))

    session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, "marketing")
    with_tabs, _ = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_browser")
    client.post("/user/apikey/new", json={"name": "a second"})
    made = data(client.post("/dashboard/product/create", json={"product": "A lantern", "attachments": []}))
    product: Any = {}
    while product.get("status") != "completed":
        product = get(f"/dashboard/product/candidates/{made['product_id']}/info")
    teams, keys, marketing = get("/team/lists"), get("/user/apikey/lists"), get(f"/session/marketing/data/{session_id}")
    browser, call = get("/browser/lists", session_id=with_tabs)["browsers"][0], get("/user/call/lists")["data"][0]
    team = teams["data"][0]
    used, unused = keys["data"]
    return {
        "page": teams,
        "session": get(f"/session/info/{session_id}"),
        "new session": get(f"/session/info/{outsiders.create(client)}"),
        "team": team,
        "team's parameters": team["parameters"],
        "agent": team["agents"][0],
        "agent's parameters": team["agents"][0]["parameters"],
        "model": team["model"],
        "browser": browser,
        "tab": get("/browser/page/lists", browser_id=browser["browser_id"])["pages"][0],
        "used key": used,
        "unused key": unused,
        "call": call,
        "cost": call["cost"],
        "filter values": get("/user/call/filter_values"),
        "made product": made,
        "product": product,
        "report": get(f"/dashboard/report/info/{product['analysis_result']['report_id']}"),
        "category": get("/dashboard/categories")[0]["category"],
        "reply": marketing["reply"][0],
        "tweet": marketing["like"][0],
        "draft": marketing["tweet"][0],
        "tweet's author": marketing["like"][0]["user_profile"],
        "upload": data(client.post("/session/upload", files={"files": ("a.txt", b"a")}))[0],
    }


@pytest.mark.parametrize("kind", FIELDS)
def test_an_answer_carries_every_promised_field(answers: dict[str, Any], kind: str) -> None:
    assert set(FIELDS[kind].split()) - answers[kind].keys() == set()


def test_numbers_are_numbers_where_the_service_has_them(answers: dict[str, Any]) -> None:
    assert (answers["team"]["deleted_at"], type(answers["report"]["id"])) == (0, int)


def test_a_key_that_was_never_used_says_null(answers: dict[str, Any]) -> None:
    assert answers["unused key"]["last_used_at"] is None
    assert answers["used key"]["last_used_at"] >= answers["used key"]["created_at"]
