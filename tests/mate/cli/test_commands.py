"""The commands of `wyse`, each run as a process of its own against the emulator: output, exit code, standard error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mate.cli.test_app import wyse
from tests.support.raw_server import RawServer, envelope
from wyseos.mate import Client
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.table import COMMANDS, GROUPS
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.server.refusal import NO_CREDITS


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client


def rows(told: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert (told.returncode, told.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found


# ---- running


def test_text_is_the_answers_markdown_as_it_is(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    place = tmp_path / "answer.md"
    done = wyse("run", "Compare", "--output", "text", "-o", str(place), emulator=wyseos_emulator)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("## Compare\n\n")
    assert place.read_text("utf-8") + "\n" == done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("output", ["plain", "text", "json"])
def test_an_output_that_can_not_show_every_letter_never_breaks(
    wyseos_emulator: Emulator, encoding: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = wyse("run", "Сравни 灯", "--output", output, emulator=wyseos_emulator)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_task_is_read_from_standard_input(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "-", emulator=wyseos_emulator, typed="Compare\nthree lanterns\n")
    assert done.returncode == 0
    assert "task\tCompare three lanterns" in done.stdout


def test_extra_keys_are_sent(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "x", "--extra", 'strategy={"strategy_key": "s"}', "--extra", "mine=7", emulator=wyseos_emulator)
    assert done.returncode == 0
    [session] = wyseos_emulator.sessions.values()
    assert session.starts[0]["data"]["extra"] == {"strategy": {"strategy_key": "s"}, "mine": 7}


def test_files_are_saved_and_the_report_is_written(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    report = tmp_path / "r.html"
    done = wyse("run", "Compare", "--save", str(tmp_path / "out"), "--report", str(report), emulator=wyseos_emulator)
    assert (done.returncode, done.stderr) == (0, f"Report: {report}\n")
    assert f"file\t{tmp_path / 'out' / 'answer.md'}" in done.stdout
    assert (tmp_path / "out" / "answer.md").read_text("utf-8").startswith("# Compare")
    assert "<h1>Compare</h1>" in report.read_text("utf-8")


def test_a_session_that_is_attached_to_writes_its_answer_and_its_report_too(
    wyseos_emulator: Emulator, tmp_path: Path
) -> None:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        session_id = client.run("Compare lanterns").session_id
    answer, report = tmp_path / "answer.md", tmp_path / "r.md"
    done = wyse("attach", session_id, "-o", str(answer), "--report", str(report), emulator=wyseos_emulator)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert answer.read_text("utf-8").strip() != ""
    assert answer.read_text("utf-8").strip() in report.read_text("utf-8")


@pytest.mark.wyseos(scenario="questions")
def test_json_takes_answers_from_standard_input_a_line_each(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "x", "--output", "json", emulator=wyseos_emulator, typed="red\nblue\ngreen\n" * 3)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["type"] for row in told].count("question") > 0
    assert told[-1] | {"success": True, "type": "result"} == told[-1]


@pytest.mark.wyseos(scenario="questions")
def test_with_nothing_to_read_a_question_ends_the_run_and_nothing_is_sent(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "x", "--output", "json", emulator=wyseos_emulator)
    assert done.returncode == ExitCode.QUESTION_LEFT
    assert "nobody is there to answer" in done.stderr
    [session] = wyseos_emulator.sessions.values()
    assert session.open_request is not None


def test_a_task_that_takes_too_long_has_an_exit_code_of_its_own() -> None:
    with Emulator(speed=0.05) as emulator:
        done = wyse("run", "x", "--timeout", "0.3", emulator=emulator)
    assert done.returncode == ExitCode.TIMED_OUT


def test_a_service_that_refuses_has_another(wyseos_emulator: Emulator) -> None:
    refuses = envelope(NO_CREDITS, "no credits", status=400)
    with RawServer((refuses,)) as server:
        environment = {**os.environ, "WYSEOS_BASE_URL": server.base_url, "WYSEOS_API_KEY": "k"}
        command = [sys.executable, "-m", "wyseos.mate.cli", "run", "x"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=250, check=False)
    assert (done.returncode, done.stdout) == (ExitCode.REFUSED, "")
    assert "no credits" in done.stderr
    environment["WYSEOS_BASE_URL"] = "http://127.0.0.1:9"
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=250, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (ExitCode.NOT_REACHED, 1)


def test_whoever_stops_reading_ends_it_without_a_word(wyseos_emulator: Emulator) -> None:
    environment = {**os.environ, "WYSEOS_BASE_URL": wyseos_emulator.base_url, "WYSEOS_API_KEY": wyseos_emulator.api_key}
    command = f"{sys.executable} -m wyseos.mate.cli run Compare | head -n 1"
    done = subprocess.run(
        command, shell=True, env=environment, capture_output=True, text=True, timeout=250, check=False
    )
    assert done.stderr == ""


# ---- sessions


def test_a_session_is_looked_at_renamed_and_stopped(wyseos_emulator: Emulator, client: Client) -> None:
    task = client.start("Compare", options=None, confirm="ask")
    with task:
        next(event for event in task if event.type == "plan")
        session_id = task.session_id
        assert wyse("rename", session_id, "Lanterns", emulator=wyseos_emulator).returncode == 0
        assert client.session.get_info(session_id).name == "Lanterns"
        stopped = wyse("stop", session_id, emulator=wyseos_emulator)
        assert (stopped.returncode, stopped.stdout) == (0, "")
    assert client.session.get_info(session_id).status in ("stopped", "complete")


def test_what_a_session_said_and_made_is_listed(wyseos_emulator: Emulator, client: Client, tmp_path: Path) -> None:
    session_id = client.run("Compare", confirm="approve").session_id

    shown = wyse("show", session_id, "--fields", "session_id,status", emulator=wyseos_emulator)
    assert shown.stdout == f"session_id\t{session_id}\nstatus\tcomplete\n"
    assert len(rows(wyse("messages", session_id, "--json", "--limit", "3", emulator=wyseos_emulator))) == 3
    [file] = rows(wyse("files", session_id, "--json", emulator=wyseos_emulator))
    assert file["name"] == "answer.md"
    saved = wyse("files", session_id, "--save", str(tmp_path), emulator=wyseos_emulator)
    assert saved.stdout == f"answer.md\t{tmp_path / 'answer.md'}\n"
    report = wyse("show", session_id, "--report", str(tmp_path / "r.md"), emulator=wyseos_emulator)
    assert report.returncode == 0
    assert (tmp_path / "r.md").read_text("utf-8").startswith("# Compare\n")


def test_marketing_data_has_a_row_a_tweet(wyseos_emulator: Emulator, client: Client) -> None:
    session_id = client.run("Promote", task_mode="marketing", confirm="approve").session_id
    found = rows(wyse("marketing", session_id, "--json", "--fields", "kind", emulator=wyseos_emulator))
    assert {row["kind"] for row in found} == {"reply", "like", "retweet", "tweet"}
    found = rows(wyse("marketing", session_id, "--type", "tweet", "--json", emulator=wyseos_emulator))
    assert {row["kind"] for row in found} == {"tweet"}


def test_sessions_that_were_started_here_are_remembered_without_their_content(
    wyseos_emulator: Emulator, state: Path
) -> None:
    assert wyse("run", "Compare three lanterns\nand more", emulator=wyseos_emulator).returncode == 0
    session_id = next(iter(wyseos_emulator.sessions))
    [row] = rows(wyse("sessions", "--json", emulator=wyseos_emulator))
    assert (row["session_id"], row["title"]) == (session_id, "Compare three lanterns and more")
    file = state / "wyseos" / "sessions.jsonl"
    assert "What is known" not in file.read_text("utf-8")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert rows(wyse("sessions", "--current", "--json", emulator=wyseos_emulator)) == []
    assert wyse("rename", session_id, "Other", emulator=wyseos_emulator).returncode == 0
    assert rows(wyse("sessions", "--json", emulator=wyseos_emulator))[0]["title"] == "Other"


def test_ids_are_completed_from_the_last_sessions(wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wyse("run", "Compare", emulator=wyseos_emulator).returncode == 0
    monkeypatch.setenv("_WYSE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "wyse attach ")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert wyse().stdout == f"plain,{next(iter(wyseos_emulator.sessions))}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(shell: str) -> None:
    done = wyse("completion", shell)
    assert (done.returncode, "_WYSE_COMPLETE" in done.stdout) == (0, True)


# ---- the rest


@pytest.mark.parametrize("command", ["teams", "agents", "keys"])
def test_what_the_account_has_is_listed(wyseos_emulator: Emulator, command: str) -> None:
    assert len(rows(wyse(command, "--json", "--limit", "1", emulator=wyseos_emulator))) == 1
    lines = wyse(command, emulator=wyseos_emulator).stdout.splitlines()
    assert all("\t" in line for line in lines)


def test_browsers_of_a_session_are_listed(wyseos_emulator: Emulator, client: Client) -> None:
    session_id = client.run("Compare", confirm="approve").session_id
    assert len(rows(wyse("browsers", session_id, "--json", emulator=wyseos_emulator))) == 1


def test_files_are_uploaded(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("x", "utf-8")
    found = rows(wyse("upload", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--json", emulator=wyseos_emulator))
    assert [row["file_name"] for row in found] == ["a.md", "b.md"]


def test_a_product_is_analysed_and_shown(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    report = tmp_path / "p.html"
    done = wyse("product", "analyze", "Solar lantern", "--emulator", "--report", str(report))
    assert done.returncode == 0
    assert "product_name\tSolar lantern" in done.stdout
    assert "<h1>Solar lantern</h1>" in report.read_text("utf-8")
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        client.product.create_and_wait("Lamp", poll_interval=0)
    product_id = "2"
    shown = wyse("product", "show", product_id, "--json", emulator=wyseos_emulator)
    assert json.loads(shown.stdout)["product_name"] == "Lamp"


def test_any_endpoint_can_be_called(wyseos_emulator: Emulator) -> None:
    done = wyse("api", "GET", "/team/lists", "page_size=1", emulator=wyseos_emulator)
    assert json.loads(done.stdout)["page_size"] == 1
    done = wyse("api", "/team/info/{team_id}", "team_id=team_own", emulator=wyseos_emulator)
    assert json.loads(done.stdout)["team_id"] == "team_own"
    done = wyse("api", "POST", "/session/create", "task=Compare", emulator=wyseos_emulator)
    assert json.loads(done.stdout)["session_id"] in wyseos_emulator.sessions
    assert "GET    /team/lists [team_type=…]" in wyse("api", "--list").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("api", "GET", "/team/lists", "pagesize=1"), "Did you mean 'page_size'?"),
        (("api", "GET", "/team/lists", "page_size"), "is not NAME=VALUE"),
        (("api", "GET", "/team/info/{team_id}"), "The path needs team_id=…"),
        (("api", "LOOK", "/x"), "Say a method"),
        (("rnu", "x"), "Did you mean 'run'?"),
        (("run", "x", "--mod", "y"), "Did you mean '--mode'?"),
        (("run", "x", "--mode", "fast"), "'fast' is not one of"),
        (("run", "x", "--attach", "nowhere.md"), "does not exist"),
        (("run", "x", "--extra", "a"), "give KEY=VALUE"),
        (("teams", "--fields", "nmae"), "There is no field 'nmae'"),
        (("run", "x", "--report", "r.pdf"), "path ends in .pdf"),
        (("run",), "Missing argument 'TASK'"),
    ],
    ids=str,
)
def test_a_mistake_is_told_in_a_line_with_the_remedy(
    wyseos_emulator: Emulator, arguments: tuple[str, ...], words: str
) -> None:
    done = wyse(*arguments, emulator=wyseos_emulator)
    assert (done.returncode, words in done.stderr) == (ExitCode.USAGE, True)
    assert "Traceback" not in done.stderr


def test_a_session_that_is_not_there_is_one_line_and_debug_shows_where(wyseos_emulator: Emulator) -> None:
    done = wyse("show", "session_x", emulator=wyseos_emulator)
    assert (done.returncode, len(done.stderr.splitlines())) == (ExitCode.REFUSED, 1)
    assert "Traceback" in wyse("--debug", "show", "session_x", emulator=wyseos_emulator).stderr


def test_doctor_finds_the_way_to_the_emulator(tmp_path: Path) -> None:
    done = wyse("doctor", "--emulator", "--bundle", str(tmp_path / "b.zip"))
    assert done.returncode == 0
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["ok", step] for step in ("versions", "settings", "proxy", "host", "tls", "rest", "clock", "key", "websocket")
    ]
    with zipfile.ZipFile(tmp_path / "b.zip") as bundle:
        assert bundle.namelist() == ["findings.json", "settings.txt", "versions.txt"]
        assert "***" in bundle.read("settings.txt").decode()


def test_doctor_says_what_to_do_and_goes_no_further(wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    done = wyse("doctor")
    assert (done.returncode, done.stdout.splitlines()[-2:]) == (
        1,
        ["FAIL  settings   no API key and no token", "                 Set WYSEOS_API_KEY, or run: wyse config init"],
    )
    monkeypatch.setenv("WYSEOS_BASE_URL", wyseos_emulator.base_url)
    monkeypatch.setenv("WYSEOS_API_KEY", "a-wrong-key")
    done = wyse("doctor", "--json")
    found = json.loads(done.stdout)
    assert (found[-1]["step"], found[-1]["ok"]) == ("key", False)
    assert "a-wrong-key" not in done.stdout


def test_config_shows_each_setting_with_its_place_and_no_secret(wyseos_emulator: Emulator) -> None:
    done = wyse("config", "show", emulator=wyseos_emulator)
    assert f"{wyseos_emulator.base_url}  environment" in done.stdout
    assert wyseos_emulator.api_key not in done.stdout
    told = json.loads(wyse("config", "show", "--json", emulator=wyseos_emulator).stdout)
    assert told["base_url"] == {"value": wyseos_emulator.base_url, "from": "environment"}


def test_config_init_checks_the_key_and_writes_a_file_for_its_owner(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    place, base = tmp_path / "mate.yaml", ("--base-url", wyseos_emulator.base_url)
    refused = wyse("config", "init", str(place), *base, typed="a-wrong-key\n")
    assert (refused.returncode, place.exists()) == (ExitCode.REFUSED, False)
    written = wyse("config", "init", str(place), *base, typed=f"{wyseos_emulator.api_key}\n")
    assert (written.returncode, written.stdout) == (0, "")
    assert wyseos_emulator.api_key not in written.stderr
    if os.name == "posix":
        assert place.stat().st_mode & 0o777 == 0o600
    assert wyse("teams", "--config", str(place), "--limit", "1").returncode == 0
    again = wyse("config", "init", str(place), typed="x\n")
    assert (again.returncode, "is there already" in again.stderr) == (ExitCode.USAGE, True)


def test_versions_are_told() -> None:
    assert wyse("version").stdout.startswith("wyseos-sdk ")
    assert wyse("--version").stdout.startswith("wyse ")


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.name)
def test_every_command_has_its_help_and_its_function(row: Any) -> None:
    import importlib

    home, _, name = row.function.partition(":")
    assert callable(getattr(importlib.import_module(f"wyseos.mate.cli.{home}"), name))
    assert row.help.partition("\n\n")[0].endswith(".")
    assert row.name.partition(" ")[0] in GROUPS or " " not in row.name
