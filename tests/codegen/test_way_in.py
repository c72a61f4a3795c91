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
from wyseos.generated.models import TeamInfo

from .trees import REAL, Mutation, contents, mutated
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


def add_what_services_of_today_send(both: Documents) -> None:
    """Add a header, a cookie, a list, a 201, an empty answer, text, and a union that is told apart."""
    paths, schemas = both.openapi["paths"], both.openapi["components"]["schemas"]
    get = both.openapi["paths"]["/team/info/{team_id}"]["get"]
    shared: Json = {word: get[word] for word in ("tags", "security", "description", "summary")}
    errors = {status: answer for status, answer in get["responses"].items() if status != "200"}
    list_of_text: Json = {"type": "array", "items": {"type": "string"}}
    schemas["TeamCat"] = pet("cat", lives={"type": "integer", "description": "A."})
    schemas["TeamDog"] = pet("dog", tricks={**list_of_text, "description": "A."})
    kinds = [{"$ref": "#/components/schemas/TeamDog"}, {"$ref": "#/components/schemas/TeamCat"}]
    answer = {"oneOf": kinds, "description": "A."}
    envelope = [{"$ref": "#/components/schemas/APIResponse"}, {"type": "object", "properties": {"data": answer}}]
    paths["/team/pet"] = {"post": {
        **shared, "operationId": "add_pet",
        "parameters": [
            {"name": "X-Trace", "in": "header", "x-python-name": "trace", "schema": {"type": "string"}, **SAID},
            {"name": "theme", "in": "cookie", "schema": {"type": "string"}, **SAID},
            {"name": "day", "in": "query", "schema": list_of_text, "description": "A.", "example": ["a"]},
            {"name": "mark", "in": "query", "schema": list_of_text, "style": "pipeDelimited", "description": "A.",
             "example": ["a"]},
        ],
        "requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}},
        "responses": {"201": {"description": "A.", "content": {"application/json": {"schema": {"allOf": envelope}}}},
                      **errors},
    }}  # fmt: skip
    paths["/team/table"] = {
        "get": {**shared, "operationId": "get_table",
                "responses": {"200": {"description": "A.", "content": {"text/csv": {"schema": TEXT}}}, **errors}},
        "delete": {**shared, "operationId": "drop_table", "responses": {"204": {"description": "A."}, **errors}},
    }  # fmt: skip


SAID: Json = {"description": "A.", "example": "a", "required": True}


def pet(kind: str, **more: Json) -> Json:
    told = {"kind": {"type": "string", "const": kind, "description": "A."}, **more}
    return {
        "type": "object",
        "description": "A.",
        "properties": told,
        "required": ["kind"],
        "examples": [{"kind": kind}],
    }


ADDITIONS = (add_an_endpoint, add_fields, add_a_value, add_a_rich_message, add_what_services_of_today_send)


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


def test_what_services_of_today_send_is_used_by_the_raw_client_and_by_ours(grown: Path) -> None:
    told = run(
        grown,
        """
import asyncio
from wyseos.generated.api.team import add_pet, drop_table, get_table
from wyseos.generated.client import Client as Raw
from wyseos.generated.models import TeamDog
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator

def calls():
    pet = add_pet.call("a,b", trace="t", theme="dark", day=["mon", "tue"], mark=["x", "y"])
    return pet, get_table.call(), drop_table.call()

async def awaited(where):
    async with AsyncClient(**where) as client:
        return [await client.execute(call) for call in calls()]

with Emulator(speed=0, check_own=True) as emulator:
    where = {"base_url": emulator.base_url, "api_key": emulator.api_key}
    with Raw(**where) as client:
        answers = [client.send(call) for call in calls()]
    assert [answer.status_code for answer in answers] == [201, 200, 204]
    raw = [answer.parsed for answer in answers]
    with Client(**where) as client:
        ours = [client.execute(call) for call in calls()]
    assert raw == ours == asyncio.run(awaited(where)) == [TeamDog(), "text", None], (raw, ours)
    assert (emulator.violations, emulator.mistakes) == ([], [])
""",
    )

    assert told == ""


def test_every_addition_breaks_nobody() -> None:
    found = compare(surface(REAL), surface(mutated(add_all)))

    assert {change.verdict for change in found} <= {"additive", "compatible"}
    assert {change.subject for change in found if change.verdict == "additive"} == {
        "get_leader", "TeamInfo.mood", "CreateSessionRequest.budget", "SessionStatus.asleep", "MapEvent", "MapMessage",
        "add_pet", "get_table", "drop_table", "TeamCat", "TeamDog",
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
    """Rename a field, a parameter and an operation."""
    schema = both.openapi["components"]["schemas"]["TeamInfo"]
    schema["properties"]["title"] = schema["properties"].pop("name")
    for example in schema["examples"]:
        example["title"] = example.pop("name")
    both.openapi["paths"]["/team/lists"]["get"]["parameters"][0]["name"] = "kind"
    both.openapi["paths"]["/team/info/{team_id}"]["get"]["operationId"] = "get_team_info"


def retype(both: Documents) -> None:
    """Make a field of an answer a list, and one of a request a number."""
    schemas = both.openapi["components"]["schemas"]
    schemas["TeamInfo"]["properties"]["description"] = {"type": "array", "items": {"type": "string"}, **WORDS}
    for example in schemas["TeamInfo"]["examples"]:
        example.pop("description", None)
    schemas["UpdateSessionNameRequest"]["properties"]["title"] = {"type": "integer", **WORDS}
    schemas["UpdateSessionNameRequest"]["examples"] = [{"session_id": "session_01", "title": 5}]


def remove(both: Documents) -> None:
    """Take away a field, a parameter, a value that a request may have, and an event."""
    schemas = both.openapi["components"]["schemas"]
    del schemas["TeamInfo"]["properties"]["termination"]
    for example in schemas["TeamInfo"]["examples"]:
        example.pop("termination", None)
    both.openapi["paths"]["/agent/lists"]["get"]["parameters"].pop()
    schemas["SortOrder"]["enum"].remove("DESC")
    for operation in both.asyncapi["operations"].values():
        operation["messages"] = [each for each in operation["messages"] if not each["$ref"].endswith("/SkillEvent")]
    del both.asyncapi["channels"]["session"]["messages"]["SkillEvent"]
    for kind, name in (("messages", "SkillEvent"), ("schemas", "SkillEvent"), ("schemas", "SkillMessage")):
        del both.asyncapi["components"][kind][name]


def require(both: Documents) -> None:
    """Have a request give what it might leave out."""
    schema = both.openapi["components"]["schemas"]["CreateSessionRequest"]
    schema["required"].append("mode")
    for example in schema["examples"]:
        example.setdefault("mode", "default")


WORDS: Json = {"description": "A."}
BREAKING: dict[Mutation, set[tuple[str, str]]] = {
    rename: {
        ("TeamInfo.name", "is gone"), ("list_teams(team_type)", "is gone"), ("get_team", "is gone"),
    },
    retype: {
        ("TeamInfo.description", "is list[str], no longer str"),
        ("UpdateSessionNameRequest.title", "is int, no longer str"),
    },
    remove: {
        ("TeamInfo.termination", "is gone"), ("list_agents(page_size)", "is gone"),
        ("list_messages(sort_order)", "no longer takes 'DESC'"),
        ("SkillEvent", "is gone"), ("SkillMessage", "is gone"),
    },
    require: {("CreateSessionRequest.mode", "must be given")},
}  # fmt: skip


@pytest.mark.parametrize("change", BREAKING, ids=lambda change: change.__name__)
def test_what_users_stand_on_does_not_go_without_a_word(change: Mutation) -> None:
    found = compare(surface(REAL), surface(mutated(change)))

    assert {(each.subject, each.told) for each in found if each.verdict == "breaking"} == BREAKING[change]


def change_all(both: Documents) -> None:
    for change in BREAKING:
        change(both)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(tmp_path_factory.mktemp("changed"), mutated(change_all))


def test_what_was_renamed_retyped_removed_or_required_is_used_as_it_is_now(changed: Path) -> None:
    told = run(
        changed,
        """
import asyncio
from wyseos.generated.api.agent import list_agents
from wyseos.generated.api.session import list_messages
from wyseos.generated.api.team import get_team_info, list_teams
from wyseos.generated.client import Client
from wyseos.generated.errors import ValidationError
from wyseos.generated.events import decode_event
from wyseos.generated.models import CreateSessionRequest, TeamInfo, UpdateSessionNameRequest
from wyseos.mate.emulator import Emulator

def refused(make):
    try: make()
    except (TypeError, ValidationError) as error: return str(error)
    raise AssertionError

# Renamed: the new name alone is an argument.
assert list_teams.call(kind="all").query == {"kind": "all"}
assert "team_type" in refused(lambda: list_teams.call(team_type="all"))
# Of another type: held against that.
assert UpdateSessionNameRequest("s", 5).to_dict() == {"session_id": "s", "title": 5}
assert "title is a string; give a whole number" in refused(lambda: UpdateSessionNameRequest("s", "five"))
# Removed: no argument, no value, no event any more.
assert "page_size" in refused(lambda: list_agents.call(page_size=5))
last = refused(lambda: list_messages.call(session_id="s", sort_order="DESC"))
assert "sort_order is 'DESC'; give a string: 'ASC'" in last, last
event = decode_event('{"type": "rich", "message": {"type": "skill", "data": {"skill_name": "a"}}}')
# Required: it is asked for.
assert "mode" in refused(lambda: CreateSessionRequest("Draft"))

async def awaited(emulator):
    async with Client(emulator.base_url, api_key=emulator.api_key) as client:
        return await get_team_info.asyncio(client=client, team_id="team_01")

with Emulator(speed=0) as emulator:
    with Client(emulator.base_url, api_key=emulator.api_key) as client:
        found = get_team_info.sync(client=client, team_id="team_01")
        rows = list_teams.sync(client=client).data
    assert asyncio.run(awaited(emulator)) == found
    assert emulator.violations == []
assert isinstance(found, TeamInfo) and type(found.title) is str, found
# The service still answers as before: what can't be read as the new type is None, and nothing is lost.
old = rows[0]
assert (old.title, old.description) == (None, None), old
assert {"name", "description"} <= old.to_dict().keys() and old.additional_properties["name"]
print(type(event).__name__)
""",
    )

    assert told == "UnknownEvent\n"


def test_an_older_client_reads_what_a_newer_service_renamed_retyped_or_removed() -> None:
    newer = {"team_id": "a", "title": "A team", "description": ["a", "b"]}
    older = TeamInfo.from_dict(newer)

    assert (older.name, older.description, older.termination) == (None, None, None)
    assert (older.to_dict(), older["title"]) == (newer, "A team")
