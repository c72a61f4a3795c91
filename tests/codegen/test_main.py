"""The generator's command line."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.__main__ import main, measured
from codegen.documents import ROOT

from .trees import pruned, write


def test_lint_tells_that_the_real_documents_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint"]) == 0
    assert capsys.readouterr() == ("schema/openapi.yaml and schema/asyncapi.yaml are sound\n", "")


def test_a_command_tells_its_time_and_peak_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, pruned(("/team/lists",), ("receiveText",)))

    assert main(["--root", str(tmp_path), "generate"]) == 0
    assert re.fullmatch(
        r"generated \d+ files in generated/wyseos/generated \(\d+\.\d s, peak \d+ MiB\)\n", capsys.readouterr().out
    )


def test_where_the_system_tells_no_memory_as_on_windows_the_time_is_told_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)

    assert measured(lambda root: "done")(argparse.Namespace(root=ROOT)) == 0
    assert re.fullmatch(r"done \(\d+\.\d s\)\n", capsys.readouterr().out)


def test_a_fault_goes_to_standard_error_and_fails_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(tmp_path), "check"]) == 1
    assert capsys.readouterr() == ("", "schema/openapi.yaml: can't be read: No such file or directory\n")


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "codegen", "grow"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "invalid choice: 'grow'" in done.stderr
