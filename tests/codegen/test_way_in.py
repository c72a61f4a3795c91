"""The changes that an API really makes, on the real schema: generated into a folder, judged, and used like our own."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.changes.compare import compare
from codegen.changes.surface import surface
from codegen.documents import ROOT, Documents, Json
from codegen.generate import TARGET

from .trees import REAL, contents, mutated
from .tried import generated, run

TEXT = {"type": "string", "description": "A."}


def add_an_endpoint(both: Documents) -> None:
    operation = copy.deepcopy(both.openapi["paths"]["/team/info/{team_id}"]["get"])
    both.openapi["paths"]["/team/leader/{team_id}"] = {"get": {**operation, "operationId": "get_leader"}}


def add_fields(both: Documents) -> None:
    schemas = both.openapi["components"]["schemas"]
    schemas["TeamInfo"]["properties"]["mood"] = TEXT
    schemas["CreateSessionRequest"]["properties"]["budget"] = {"type": "integer", "minimum": 1, "description": "A."}


def add_a_value(both: Documents) -> None:
    both.openapi["components"]["schemas"]["SessionStatus"]["enum"].append("asleep")


def renamed(value: Json) -> Json:
    """Copy a part of the document under another name and constant."""
    text = json.dumps(value).replace("SkillMessage", "MapMessage").replace("SkillEvent", "MapEvent")
    copied: Json = json.loads(text.replace('"skill"', '"map"'))
    return copied


def add_a_rich_message(both: Documents) -> None:
    """Add an event as its neighbours are: one like SkillEvent."""
    asyncapi = both.asyncapi
    components = asyncapi["components"]
    for name in ("SkillEvent", "SkillMessage"):
        components["schemas"][name.replace("Skill", "Map")] = renamed(components["schemas"][name])
    components["messages"]["MapEvent"] = renamed(components["messages"]["SkillEvent"])
    asyncapi["channels"]["session"]["messages"]["MapEvent"] = {"$ref": "#/components/messages/MapEvent"}
    asyncapi["operations"]["receiveRich"]["messages"].append({"$ref": "#/channels/session/messages/MapEvent"})


ADDITIONS = (add_an_endpoint, add_fields, add_a_value, add_a_rich_message)


def add_all(both: Documents) -> None:
    for add in ADDITIONS:
        add(both)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(tmp_path_factory.mktemp("grown"), mutated(add_all))


def test_what_was_added_is_used_by_both_faces_and_the_decoder(grown: Path) -> None:
    told = run(
        grown,
        """
import asyncio
from wyseos.generated.api.team import get_leader, list_teams
from wyseos.generated.api.session import create_session
from wyseos.generated.client import Client
from wyseos.generated.events import decode_event
from wyseos.generated.models import CreateSessionRequest, TeamInfo
from wyseos.mate.emulator import Emulator

async def awaited(emulator):
    async with Client(emulator.base_url, api_key=emulator.api_key) as client:
        return await get_leader.asyncio(client=client, team_id="team_marketing")

with Emulator(speed=0, check_own=True) as emulator:
    with Client(emulator.base_url, api_key=emulator.api_key) as client:
        made = create_session.sync(client=client, body=CreateSessionRequest("Draft", budget=3))
        leader = get_leader.sync(client=client, team_id="team_marketing")
    assert isinstance(leader, TeamInfo) and made.session_id
    assert asyncio.run(awaited(emulator)) == leader
    assert (emulator.violations, emulator.mistakes) == ([], [])
print(type(decode_event('{"type": "rich", "message": {"type": "map", "data": {"skill_name": "a"}}}')).__name__)
""",
    )

    assert told == "MapEvent\n"


def test_every_addition_breaks_nobody() -> None:
    found = compare(surface(REAL), surface(mutated(add_all)))

    assert {change.verdict for change in found} <= {"additive", "compatible"}
    assert {change.subject for change in found if change.verdict == "additive"} == {
        "get_leader", "TeamInfo.mood", "CreateSessionRequest.budget", "SessionStatus.asleep", "MapEvent", "MapMessage",
    }  # fmt: skip


def test_an_older_client_still_reads_what_a_newer_service_sends() -> None:
    program = """
from wyseos.generated.events import decode_event
from wyseos.generated.models import SessionInfo, TeamInfo
team = TeamInfo.from_dict({"team_id": "a", "mood": "new"})
assert (team.additional_properties, team.to_dict()) == ({"mood": "new"}, {"team_id": "a", "mood": "new"})
assert SessionInfo.from_dict({"session_id": "a", "status": "asleep"}).status == "asleep"
print(type(decode_event('{"type": "rich", "message": {"type": "map", "data": {}}}')).__name__)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout == "UnknownEvent\n"


def test_a_small_change_touches_the_files_it_concerns_and_no_other(tmp_path: Path) -> None:
    def add(both: Documents) -> None:
        both.openapi["components"]["schemas"]["Skill"]["properties"]["level"] = TEXT

    old, new = contents(ROOT / TARGET), contents(generated(tmp_path, mutated(add)) / TARGET)

    assert sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)) == [
        "models/skill.py", "schema/openapi.json",
    ]  # fmt: skip


def rename(both: Documents) -> None:
    properties = both.openapi["components"]["schemas"]["TeamInfo"]["properties"]
    properties["title"] = properties.pop("name")


def retype(both: Documents) -> None:
    both.openapi["components"]["schemas"]["TeamInfo"]["properties"]["name"]["type"] = "integer"


def remove(both: Documents) -> None:
    del both.openapi["components"]["schemas"]["TeamInfo"]["properties"]["name"]


def require(both: Documents) -> None:
    both.openapi["components"]["schemas"]["CreateSessionRequest"]["required"].append("mode")


@pytest.mark.parametrize("change", [rename, retype, remove, require])
def test_what_users_stand_on_does_not_go_without_a_word(change: object) -> None:
    found = compare(surface(REAL), surface(mutated(change)))  # type: ignore[arg-type]  # parametrized

    assert "breaking" in {each.verdict for each in found}
