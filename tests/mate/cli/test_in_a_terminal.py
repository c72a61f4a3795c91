"""The commands as a person sees them in a terminal: pages and tables to read, and a word where there is nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

pytest.importorskip("pty")

from tests.mate.cli.running import wyse
from tests.support.terminal import Terminal, terminal
from wyseos.mate import Client
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.emulator import Emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client


def opened(emulator: Emulator, *arguments: str, columns: int = 80) -> AbstractContextManager[Terminal]:
    environment = {"WYSEOS_BASE_URL": emulator.base_url, "WYSEOS_API_KEY": emulator.api_key}
    return terminal("-m", "wyseos.mate.cli", *arguments, environment=environment, columns=columns)


def screen(emulator: Emulator, *arguments: str, code: int = 0, columns: int = 80) -> str:
    """What stands there when a command has ended."""
    with opened(emulator, *arguments, columns=columns) as shown:
        assert shown.wait_for_end() == code, shown.text
        return shown.text


def test_a_session_is_shown_as_the_page_that_ends_its_run(wyseos_emulator: Emulator, client: Client) -> None:
    session_id = client.run("Compare lanterns", confirm="approve").session_id
    page = screen(wyseos_emulator, "show", session_id)
    for words in ("✓ Write the answer", "╭─ result", "answer.md", "→ Read the overview", "1,820 tokens", "credits"):
        assert words in page
    assert '{"' not in page


@pytest.mark.wyseos(scenario="questions")
def test_a_session_that_is_at_work_is_no_failure(wyseos_emulator: Emulator, client: Client) -> None:
    with client.start("Paint it", confirm="ask") as task:
        next(event for event in task if event.type == "input")
        page = screen(wyseos_emulator, "show", task.session_id)
        assert ("at work" in page, "failed" in page) == (True, False)
        assert f"go on:  wyse attach {task.session_id}" in page


def test_a_list_is_a_table_with_short_times_and_whole_ids(wyseos_emulator: Emulator, client: Client) -> None:
    session_id = client.run("Compare lanterns", confirm="approve").session_id
    lines = screen(wyseos_emulator, "messages", session_id, "--limit", "3").splitlines()
    assert lines[0].split() == ["CREATED_AT", "SOURCE", "TYPE", "CONTENT"]
    assert lines[1].split()[2:] == ["user", "text", "Compare", "lanterns"]
    assert len(lines[1].split()[1]) == len("12:34:56")
    assert "agent_marketing_analyst" in screen(wyseos_emulator, "agents", columns=50)


def test_an_empty_list_says_so(wyseos_emulator: Emulator) -> None:
    assert screen(wyseos_emulator, "sessions").split() == ["There", "are", "none."]


def test_a_product_is_a_page_to_read(wyseos_emulator: Emulator, client: Client) -> None:
    client.product.create_and_wait("Lantern", poll_interval=0)
    page = screen(wyseos_emulator, "product", "show", "2")
    assert "• The founder who does everything alone" in page
    assert "Software › Developer tools" in page
    assert '{"' not in page


def test_a_task_that_did_not_come_to_its_answer_says_what_next(wyseos_emulator: Emulator) -> None:
    with Emulator(speed=0.05) as slow:
        page = screen(slow, "run", "Compare", "--timeout", "0.5", code=ExitCode.TIMED_OUT)
    session_id = next(iter(slow.sessions))
    assert f"wyse show {session_id} --report report.html" in page
    assert f"wyse attach {session_id}" in page


def test_an_analysis_that_takes_too_long_says_where_it_goes_on() -> None:
    with Emulator(product_polls=1000) as emulator:
        done = wyse("product", "analyze", "Lantern", "--timeout", "0.5", emulator=emulator)
    assert done.returncode == ExitCode.TIMED_OUT
    assert done.stderr.splitlines()[-1].endswith("It goes on: wyse product show 2")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("rnu", "x"), "wyse: No such command 'rnu'. Did you mean 'run'?"),
        (("sessions", "--lmit", "3"), "wyse: No such option '--lmit'. Did you mean '--limit'?"),
        (("run", "x", "--scenario", "defualt"), "wyse: Invalid value for '--scenario': defualt: no such file"),
    ],
    ids=str,
)
def test_a_mistake_is_one_line_and_one_that_leads_to_the_help(arguments: tuple[str, ...], line: str) -> None:
    done = wyse(*arguments)
    told, helps = done.stderr.splitlines()
    assert (done.returncode, done.stdout, told[: len(line)]) == (ExitCode.USAGE, "", line)
    assert helps.startswith("Try: wyse ")
    assert helps.endswith(" --help")


@pytest.mark.parametrize("option", ["-o", "--save", "--report"])
def test_a_place_that_can_not_be_written_is_refused_before_the_task_is_begun(
    wyseos_emulator: Emulator, tmp_path: Path, option: str
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = wyse("run", "Compare", option, str(tmp_path / "file" / "a" / "b.html"), emulator=wyseos_emulator)
    assert (done.returncode, done.stdout, len(wyseos_emulator.sessions)) == (ExitCode.USAGE, "", 0)
    assert "is no folder to write to" in done.stderr


def test_folders_of_the_files_are_made(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    place = tmp_path / "new" / "answer.md"
    assert wyse("run", "Compare", "-o", str(place), emulator=wyseos_emulator).returncode == 0
    assert place.read_text("utf-8").startswith("## Compare")


def test_without_a_key_the_way_to_one_is_told() -> None:
    done = wyse("teams")
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith("wyse: No credential is set: run `wyse config init`")


def test_settings_as_json_are_numbers_and_null_where_they_are(wyseos_emulator: Emulator) -> None:
    told = json.loads(wyse("config", "show", "--json", emulator=wyseos_emulator).stdout)
    assert (told["timeout"]["value"], told["deadline"]["value"]) == (30, 120)
    assert (told["api_key"]["value"], told["jwt_token"]["value"], told["strict"]["value"]) == ("***", None, False)


def test_an_ascii_output_is_written_as_a_typewriter_does(
    wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = wyse("run", "Compare “lanterns” — 灯", emulator=wyseos_emulator)
    assert 'task\tCompare "lanterns" - ?' in done.stdout.splitlines()


def test_what_is_approved_without_a_word_is_told_with_its_question(wyseos_emulator: Emulator) -> None:
    assert "Shall I go ahead with this plan? approved" in screen(wyseos_emulator, "run", "Compare")


@pytest.mark.parametrize("from_stdin", [False, True])
def test_a_task_is_utf8_whatever_the_locale(
    wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, from_stdin: bool
) -> None:
    for name, value in {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}.items():
        monkeypatch.setenv(name, value)
    task = "Compare “lanterns” 灯"
    done = wyse("run", "-" if from_stdin else task, emulator=wyseos_emulator, typed=task if from_stdin else "")
    assert done.returncode == 0
    [session] = wyseos_emulator.sessions.values()
    assert session.starts[0]["data"]["messages"][0]["content"] == task
