"""Browsers and their tabs."""

from __future__ import annotations

import httpx

from tests.mate.emulator import outsiders
from tests.mate.emulator.outsiders import data
from wyseos.mate.emulator import Emulator

# ---- browsers


def test_browsers_come_and_go_with_their_tabs(emulator: Emulator, client: httpx.Client) -> None:
    session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_browser")
    told = data(client.get("/browser/lists", params={"session_id": session_id}))
    (browser,) = told["browsers"]
    tabs = data(client.get("/browser/page/lists", params={"browser_id": browser["browser_id"], "page_size": 1}))

    assert told["total"] == 1
    assert (tabs["total"], tabs["pages"][0]["url"]) == (2, "https://example.com/")
    assert data(client.get(f"/browser/info/{browser['browser_id']}")) == browser
    assert browser["status"] == "released"


def test_a_browser_can_be_released_while_it_works(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket)
        outsiders.receive(socket)
        (browser,) = data(client.get("/browser/lists", params={"session_id": session_id}))["browsers"]
        assert browser["status"] == "active"
        assert data(client.delete(f"/browser/release/{browser['browser_id']}")) is None
        assert data(client.get(f"/browser/info/{browser['browser_id']}"))["status"] == "released"
