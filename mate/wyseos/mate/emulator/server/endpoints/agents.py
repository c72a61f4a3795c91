"""Teams and agents: a fixed staff."""

from __future__ import annotations

from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.server.endpoints.paging import page
from wyseos.mate.emulator.server.refusal import not_found
from wyseos.mate.emulator.state.service_state import Requester, ServiceState

_SINCE = "2025-01-01T00:00:00Z"
_MODEL = {
    "system_model_id": "model_1",
    "provider": "emulator",
    "model_type": "chat",
    "icon_url": "",
    "created_at": _SINCE,
    "updated_at": _SINCE,
}
_STAFF = {
    "planner": "Lays out the steps of a task.",
    "researcher": "Searches the web.",
    "browser_agent": "Opens pages and reads them.",
    "analyst": "Compares what was found.",
    "writer": "Writes the answer.",
    "marketing_analyst": "Analyses products and their markets.",
    "writer_twitter": "Drafts posts and answers.",
}


def _agent(name: str) -> Json:
    return {
        "agent_id": f"agent_{name}",
        "user_id": "user_1",
        "avatar": "",
        "name": name,
        "description": _STAFF[name],
        "system_message": f"You are the {name.replace('_', ' ')}.",
        "component_type": "agent",
        "model": _MODEL,
        "agent_type": "system",
        "parameters": {"system_prompt_role": name, "system_prompt_task_skill": _STAFF[name], "temperature": 0},
        "created_at": _SINCE,
        "updated_at": _SINCE,
    }


def _team(team_id: str, name: str, team_type: str, members: tuple[str, ...]) -> Json:
    return {
        "team_id": team_id,
        "user_id": "user_1",
        "avatar": "",
        "name": name,
        "description": f"{len(members)} agents.",
        "component_type": "team",
        "team_type": team_type,
        "agents": [_agents[member] for member in members],
        "termination": "when the task is done",
        "model": _MODEL,
        "parameters": {"system_prompt_role": name, "system_prompt_task_skill": "", "max_turns": 40, "temperature": 0.5},
        "created_at": _SINCE,
        "updated_at": _SINCE,
        "deleted_at": 0,
    }


_agents = {name: _agent(name) for name in _STAFF}
_teams = [
    _team("team_wyse_mate", "Wyse Mate", "system", ("planner", "researcher", "browser_agent", "analyst", "writer")),
    _team("team_marketing", "Marketing", "system", ("marketing_analyst", "researcher", "writer_twitter")),
    _team("team_own", "A team of my own", "user", ("researcher", "writer")),
]


def list_teams(state: ServiceState, requester: Requester, page_num: int, page_size: int, team_type: str = "") -> Json:
    """List teams of a type."""
    return page([team for team in _teams if team_type in ("", "all", team["team_type"])], page_num, page_size)


def get_team(state: ServiceState, requester: Requester, team_id: str) -> Json:
    """Tell of a team."""
    for team in _teams:
        if team["team_id"] == team_id:
            return team
    raise not_found("team", team_id)


def list_agents(state: ServiceState, requester: Requester, page_num: int, page_size: int, agent_type: str = "") -> Json:
    """List agents of a type."""
    found = [agent for agent in _agents.values() if agent_type in ("", "all", agent["agent_type"])]
    return page(found, page_num, page_size)


def get_agent(state: ServiceState, requester: Requester, agent_id: str) -> Json:
    """Tell of an agent."""
    for agent in _agents.values():
        if agent["agent_id"] == agent_id:
            return agent
    raise not_found("agent", agent_id)


HANDLERS = {handler.__name__: handler for handler in (list_teams, get_team, list_agents, get_agent)}
