"""One run of a command: a mistake is told in a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


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
