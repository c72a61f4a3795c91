"""What keeps the program from its start is one line that names the file or option, the place and the remedy."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.__main__ import main
from wyseos.mate.emulator.state.store import SqliteStore

Files = Callable[[str, str], Path]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Starts the program, which cannot start, and gives the one line that it says."""

    def start(*arguments: object) -> str:
        try:
            code = main(["--port", "0", *map(str, arguments)])
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        assert (code, out, err.count("\n")) == (2, "", 1)
        return err.removeprefix("The emulator cannot start: ").rstrip("\n")

    return start


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "9" * 5000, "8.7", "٣"])
def test_a_port_that_is_none(refused: Callable[..., str], port: str) -> None:
    told = refused(f"--port={port}")
    assert told.startswith(f"argument --port: '{port}' is no port; name one from 0 to 65535")


def test_a_port_that_is_taken_on_either_address(refused: Callable[..., str]) -> None:
    with Emulator() as emulator:
        port = emulator.base_url.rpartition(":")[2]
        assert refused("--port", port) == f"--port: {port} is taken; name another one (0: any that is free)"
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
        assert "is taken; name another one" in refused("--port", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("steps: [{text: 5}]", "mine.yaml: steps[0].text: 5 is of the wrong kind; a text is needed"),
        ("steps: ]", "mine.yaml: not readable as YAML: is not valid YAML at line 1, column 8"),
        ("steps:\n  - wait: 1\n    wait: 2", "mine.yaml: not readable as YAML: has a key twice at line 3, column 5"),
        ("", "mine.yaml: a scenario is an object with `steps`"),
    ],
)
def test_a_broken_scenario(refused: Callable[..., str], tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "mine.yaml").write_text(content, "utf-8")
    assert refused("--scenario", tmp_path / "mine.yaml") == reason


def test_a_broken_file_of_faults(refused: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text("- {kind: cut, frame: first}", "utf-8")
    assert refused("--faults", path) == f"{path}: [0].frame: 'first' is of the wrong kind; a whole number is needed"
    assert refused("--faults", tmp_path) == f"{tmp_path}: Is a directory; name a file that can be read"
    assert (
        refused("--faults", tmp_path / "no")
        == f"{tmp_path / 'no'}: No such file or directory; name a file that can be read"
    )


def test_an_unknown_option_and_a_wrong_value(refused: Callable[..., str]) -> None:
    assert refused("--prot", "5") == "unrecognized arguments: --prot 5 (--help lists what there is)"
    assert refused("--speed", "nan") == "speed must be 0 or more, not nan"
    assert refused("--cors", "*") == "cors: '*' is no origin; name one as http://localhost:3000"


def test_a_state_file_in_a_folder_that_is_not_there(refused: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "state"
    assert refused("--state", path) == f"{path}: there is no folder {path.parent}; make it first"
    assert refused("--state", tmp_path) == f"{tmp_path}: this is a folder; name a file in it"


@pytest.mark.parametrize("content", ["These are notes, not a database. " * 100, "short"])
def test_a_state_file_that_is_no_database_stays_as_it_is(
    refused: Callable[..., str], tmp_path: Path, content: str
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(content, "utf-8")
    path.chmod(0o644)
    assert refused("--state", path) == f"{path}: this is no state of the emulator; name another file"
    assert (path.read_text("utf-8"), path.stat().st_mode & 0o777) == (content, 0o644)


def test_another_program_s_database_stays_as_it_is(refused: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE bookmarks (url TEXT)")
    database.close()
    before = path.read_bytes()
    assert refused("--state", path) == f"{path}: this is another program's database; name another file"
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, 99])
def test_a_state_of_another_version(refused: Callable[..., str], tmp_path: Path, version: int) -> None:
    path = tmp_path / "state"
    SqliteStore(path).close()
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version={version}")
        if version == 0:  # as it was kept before it was marked
            database.execute("PRAGMA application_id=0")
    database.close()
    told = f"it was kept by another version of the emulator (format {version}, this one has 1)"
    assert refused("--state", path) == f"{path}: {told}; remove it, or name another file"


def test_a_state_that_another_emulator_uses(refused: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "state"
    with Emulator(state=path):
        assert refused("--state", path) == f"{path}: another emulator uses it; stop that one, or name another file"
    with Emulator(state=path) as emulator:
        assert emulator.sessions == {}


@pytest.mark.skipif(os.name != "posix", reason="file rights are POSIX's")
def test_a_state_file_that_others_could_read_is_its_owner_s_from_now_on(tmp_path: Path) -> None:
    path = tmp_path / "state"
    path.touch(0o644)
    path.chmod(0o644)
    with Emulator(state=path):
        assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
