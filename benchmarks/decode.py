"""What reading the service's JSON costs: `python benchmarks/decode.py`.

An event of 300 bytes and a page of 100 teams, each against what a program without models would do: decode the JSON with
the standard library and assign every field by hand. The best of several rounds counts. The last rows tell what
generation takes; `benchmarks/imports.py` tells what importing takes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import timeit
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from wyseos.generated.events import decode_event
from wyseos.generated.models import TeamPage
from wyseos.runtime import codec

Json = dict[str, Any]

ROUNDS = 9
EVENT = json.dumps({
    "type": "text", "message_id": "msg_0123456789abcdef", "source": "marketing_analyst", "session_round": 1,
    "source_component": "wyse_agent", "source_type": "assistant",
    "content": "I read the three competitor pages, and noted prices and claims.",
    "created_at": "2025-06-01T12:00:00.123456Z",
})  # fmt: skip
MODEL = {
    "system_model_id": "model_01", "provider": "openai", "model_type": "chat", "icon_url": "https://files.example.com/i.png",
    "created_at": "2025-06-01T12:00:00Z", "updated_at": "2025-06-01T12:00:00Z",
}  # fmt: skip
PARAMETERS = {"system_prompt_role": "You are a writer.", "system_prompt_task_skill": "Write.", "temperature": 0}
AGENT = {
    "agent_id": "agent_01", "user_id": "user_01", "avatar": "https://files.example.com/a.png", "name": "Writer",
    "description": "Writes drafts.", "system_message": "You write.", "component_type": "agent", "model": MODEL,
    "agent_type": "system", "parameters": PARAMETERS, "created_at": "2025-06-01T12:00:00Z", "updated_at": "",
}  # fmt: skip
TEAM = {
    "team_id": "team_01", "user_id": "user_01", "avatar": "https://files.example.com/t.png", "name": "Marketing",
    "description": "Plans and writes.", "component_type": "team", "team_type": "system", "agents": [AGENT] * 3,
    "termination": "max_turns", "model": MODEL, "parameters": {**PARAMETERS, "max_turns": 20},
    "created_at": "2025-06-01T12:00:00Z", "updated_at": "2025-06-01T12:00:00Z", "deleted_at": None,
}  # fmt: skip
PAGE = json.dumps({"page_num": 1, "page_size": 100, "total": 100, "total_page": 1, "data": [TEAM] * 100}).encode()


def moment(text: str | None) -> datetime | None:
    """Read a timestamp by hand."""
    return datetime.fromisoformat(text) if text else None


class Model:
    """A model, its fields assigned by hand."""

    def __init__(self, source: Json) -> None:
        get = source.get
        self.system_model_id = get("system_model_id")
        self.provider = get("provider")
        self.model_type = get("model_type")
        self.icon_url = get("icon_url")
        self.created_at = moment(get("created_at"))
        self.updated_at = moment(get("updated_at"))


class Parameters:
    """Parameters, its fields assigned by hand."""

    def __init__(self, source: Json) -> None:
        get = source.get
        self.system_prompt_role = get("system_prompt_role")
        self.system_prompt_task_skill = get("system_prompt_task_skill")
        self.max_turns = get("max_turns")
        self.temperature = get("temperature")


class Agent:
    """An agent, its fields assigned by hand."""

    def __init__(self, source: Json) -> None:
        get = source.get
        self.agent_id = get("agent_id")
        self.user_id = get("user_id")
        self.avatar = get("avatar")
        self.name = get("name")
        self.description = get("description")
        self.system_message = get("system_message")
        self.component_type = get("component_type")
        self.agent_type = get("agent_type")
        self.created_at = moment(get("created_at"))
        self.updated_at = moment(get("updated_at"))
        self.model = Model(source["model"])
        self.parameters = Parameters(source["parameters"])


class Team:
    """A team, its fields assigned by hand."""

    def __init__(self, source: Json) -> None:
        get = source.get
        self.team_id = get("team_id")
        self.user_id = get("user_id")
        self.avatar = get("avatar")
        self.name = get("name")
        self.description = get("description")
        self.component_type = get("component_type")
        self.team_type = get("team_type")
        self.termination = get("termination")
        self.created_at = moment(get("created_at"))
        self.updated_at = moment(get("updated_at"))
        self.deleted_at = moment(get("deleted_at"))
        self.agents = [Agent(agent) for agent in source["agents"]]
        self.model = Model(source["model"])
        self.parameters = Parameters(source["parameters"])


def best(work: Callable[[], object], times: int) -> float:
    """Give the seconds of one run, of the best round."""
    return min(timeit.repeat(work, number=times, repeat=ROUNDS)) / times


def row(name: str, seconds: float, base: float, unit: str) -> None:
    """Print a row, with how often the base it takes."""
    factor = {"us": 1e6, "ms": 1e3}[unit]
    print(f"{name:46} {seconds * factor:8.2f} {unit} {seconds / base:6.2f}x")


def events() -> None:
    """Measure an event of 300 bytes."""
    frame = EVENT.encode()
    base = best(lambda: json.loads(frame), 5000)
    print(f"A text event of {len(frame)} bytes")
    row("  json.loads", base, base, "us")
    row("  orjson.loads", best(lambda: orjson.loads(frame), 5000), base, "us")
    row("  codec.loads", best(lambda: codec.loads(frame), 5000), base, "us")
    row("  decode_event", best(lambda: decode_event(frame), 5000), base, "us")


def pages() -> None:
    """Measure a page of 100 teams with three agents each."""
    base = best(lambda: [Team(team) for team in json.loads(PAGE)["data"]], 5)
    print(f"A page of 100 teams, {len(PAGE) // 1024} KiB (at most 2x)")
    row("  json.loads and assignment by hand", base, base, "ms")
    row("  json.loads alone", best(lambda: json.loads(PAGE), 5), base, "ms")
    row("  codec.loads alone", best(lambda: codec.loads(PAGE), 5), base, "ms")
    row("  codec.loads and TeamPage.from_dict", best(lambda: TeamPage.from_dict(codec.loads(PAGE)), 5), base, "ms")
    page = TeamPage.from_dict(codec.loads(PAGE))
    row("  to_dict, back again", best(page.to_dict, 5), base, "ms")


def generation() -> None:
    """Measure making the generated tree; `check` does all of it and leaves the tree alone."""
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "codegen", "check"], cwd=root, capture_output=True, text=True, check=True
    )
    print("Generation (at most 5 s):", re.findall(r"\((.*)\)", done.stdout)[0])


if __name__ == "__main__":
    events()
    pages()
    generation()
