"""Teams and agents."""

from __future__ import annotations

import httpx

from tests.mate.emulator.outsiders import data

# ---- teams and agents


def test_teams_and_agents_are_listed_and_told_of(client: httpx.Client) -> None:
    teams = data(client.get("/team/lists", params={"team_type": "user"}))
    agents = data(client.get("/agent/lists", params={"page_size": 3, "page_num": 2, "agent_type": "all"}))

    assert [team["name"] for team in teams["data"]] == ["A team of my own"]
    assert (agents["page_size"], agents["total"], agents["total_page"], len(agents["data"])) == (3, 7, 3, 3)
    assert data(client.get(f"/team/info/{teams['data'][0]['team_id']}")) == teams["data"][0]
    assert data(client.get(f"/agent/info/{agents['data'][0]['agent_id']}")) == agents["data"][0]
