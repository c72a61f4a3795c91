"""A new operation reaches the client, the command line, the emulator and the docs, with nothing written by hand."""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from codegen.__main__ import main
from codegen.documents import ROOT, Documents
from codegen.generate import generate
from tests.codegen.test_way_in import add_a_rich_message
from tests.codegen.trees import REAL, mutated, write
from tests.codegen.tried import run


def add(both: Documents) -> None:
    """Add an operation with an id, a query, a body and a model of its own."""
    operation = copy.deepcopy(both.openapi["paths"]["/session/info/{session_id}"]["put"])
    operation |= {"operationId": "archive_team", "tags": ["team"], "summary": "Archive a team"}
    operation["parameters"] = [
        {"name": "team_id", "in": "path", "required": True, "description": "The team.", "schema": {"type": "string"},
         "example": "team_01"},
        {"name": "until", "in": "query", "description": "For how long.", "schema": {"type": "string", "format": "date"},
         "example": "2026-01-01"},
    ]  # fmt: skip
    operation["requestBody"]["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/ArchiveRequest"}
    data = operation["responses"]["200"]["content"]["application/json"]["schema"]["allOf"][1]["properties"]
    data["data"] = {"$ref": "#/components/schemas/ArchivedTeam"}
    both.openapi["paths"]["/team/archive/{team_id}"] = {"post": operation}
    both.openapi["components"]["schemas"] |= {
        "ArchiveRequest": {
            "type": "object", "description": "Why.", "required": ["reason"], "examples": [{"reason": "It is done."}],
            "properties": {"reason": {"type": "string", "minLength": 1, "description": "Why."}},
        },
        "ArchivedTeam": {
            "type": "object", "description": "It.", "required": ["team_id"], "examples": [{"team_id": "team_01"}],
            "properties": {"team_id": {"type": "string", "description": "The team."}},
        },
    }  # fmt: skip


def add_both(both: Documents) -> None:
    add(both)
    add_a_rich_message(both)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, with the operation in its schema, generated and drafted."""
    root = write(tmp_path_factory.mktemp("checkout"), mutated(add_both))
    for folder in ("mate/wyseos/mate", "mate/wyseos_pytest", "docs"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")
    (root / "tests/mate/services").mkdir(parents=True)
    generate(root)
    assert main(["--root", str(root), "scaffold", "--operation", "archive_team", "--write"]) == 0
    assert main(["--root", str(root), "scaffold", "--message", "MapEvent", "--write"]) == 0
    return root


def test_both_clients_have_the_method_and_the_emulator_answers_it(checkout: Path) -> None:
    told = run(
        checkout,
        """
import asyncio, datetime
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator

async def awaited(where):
    async with AsyncClient(**where) as client:
        return await client.team.archive_team("team_01", {"reason": "b"}, until=datetime.date(2026, 1, 1))

with Emulator(speed=0, check_own=True) as emulator:
    where = {"base_url": emulator.base_url, "api_key": emulator.api_key}
    with Client(**where) as client:
        print(client.team.archive_team("team_01", {"reason": "a"}).team_id)
    print(asyncio.run(awaited(where)).team_id)
    print(emulator.violations, emulator.mistakes)
from wyseos.mate.models import ArchivedTeam, ArchiveRequest
""",
        mate=checkout,
    )

    assert told == "team_01\nteam_01\n[] []\n"


def test_a_new_message_is_played_by_the_emulator_and_arrives_as_its_class(checkout: Path) -> None:
    told = run(
        checkout,
        """
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.events import MapEvent

with Emulator(speed=0, check_own=True, scenario="rich_map") as emulator:
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        seen = []
        client.run("Draw a map", on_event=seen.append)
    print([event.message.data.skill_name for event in seen if isinstance(event, MapEvent)])
    print(emulator.violations, emulator.mistakes)
""",
        mate=checkout,
    )

    assert told == "['Web search']\n[] []\n"


def test_the_command_line_knows_it(checkout: Path) -> None:
    told = run(
        checkout,
        """
from wyseos.mate.cli.api import endpoints
print([(each.method, each.path, each.query, each.body) for each in endpoints() if "archive" in each.path])
""",
        mate=checkout,
    )

    assert told == "[('POST', '/team/archive/{team_id}', ('until',), ('reason',))]\n"


def test_the_pages_list_it(checkout: Path) -> None:
    assert (
        "| `client.team` | `get_list` `iter_list` `get_info` `archive_team` |"
        in (checkout / "docs/services.md").read_text()
    )


def test_the_drafted_test_passes_and_the_drafts_are_laid_out(checkout: Path) -> None:
    style = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "mate/wyseos/mate/services", "tests"],
        cwd=checkout, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = run(
        checkout,
        """
import pytest, sys
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "-o", "asyncio_mode=auto",
    "-W", "ignore", "tests/mate/services/test_archive_team.py"]))
""",
        mate=checkout,
    )

    assert style.returncode == 0, style.stdout
    assert "2 passed" in told


def test_what_is_left_for_a_person_is_listed_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scaffold", "--operation", "get_team"]) == 0

    told = capsys.readouterr().out
    assert "[to do] mate/wyseos/mate/emulator/server/endpoints/agents.py: the handler" in told
    assert "def get_team(state: ServiceState, caller: Caller, team_id: str) -> Any:" in told


def test_a_message_is_exported_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, REAL)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    (tmp_path / "mate/wyseos/mate/emulator/scenario/builtin").mkdir(parents=True)
    for file in ("mate/wyseos/mate/events.py", "docs/events.md"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        text = (ROOT / file).read_text("utf-8").replace("    SkillEvent,\n", "").replace('    "SkillEvent",\n', "")
        (tmp_path / file).write_text(text, "utf-8")

    assert main(["--root", str(tmp_path), "scaffold", "--message", "SkillEvent", "--write"]) == 0

    assert (tmp_path / "mate/wyseos/mate/events.py").read_text() == (ROOT / "mate/wyseos/mate/events.py").read_text()
    assert "| `SkillEvent` | rich | skill | `skill_name` `tool_name` |" in (tmp_path / "docs/events.md").read_text()
    draft = tmp_path / "mate/wyseos/mate/emulator/scenario/builtin/rich_skill.yaml"
    assert f"[written] {draft.relative_to(tmp_path)}: a scenario that plays it" in capsys.readouterr().out
    assert yaml.safe_load(draft.read_text("utf-8"))["steps"][0]["raw"]["message"]["type"] == "skill"


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["--operation", "get_nothing"], "there is no operation get_nothing; add it, then `make generate`"),
        (["--message", "NothingEvent"], "there is no message NothingEvent; add it"),
        ([], "say OPERATION=operationId or MESSAGE=Name"),
    ],
)
def test_what_is_not_there_is_told(arguments: list[str], fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scaffold", *arguments]) == 1
    assert fault in capsys.readouterr().err
