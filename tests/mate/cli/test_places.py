"""Where a command will write is made and looked at before anything is begun."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from wyseos.mate.cli.places import prepare_files, prepare_folder, refuse_same


def test_folders_are_made_and_what_is_not_wanted_is_passed_by(tmp_path: Path) -> None:
    prepare_files((tmp_path / "a" / "b" / "out.csv", None))
    prepare_folder(tmp_path / "c")
    prepare_folder(None)
    assert [(tmp_path / name).is_dir() for name in ("a/b", "c")] == [True, True]


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(click.UsageError, match="is no folder to write to"):
        prepare_files([tmp_path / "file" / "a.csv"])
    with pytest.raises(click.UsageError, match="is no folder to write to"):
        prepare_folder(tmp_path / "file")


def test_a_place_that_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)  # a superuser may write anywhere
    with pytest.raises(click.UsageError, match=r"out\.csv may not be written; name another place"):
        prepare_files([tmp_path / "out.csv"])


def test_no_file_is_written_over_one_that_is_read_or_written_too(tmp_path: Path) -> None:
    read = tmp_path / "tasks.csv"
    refuse_same(read, tmp_path / "out.csv", None, tmp_path / "journal")
    for written in ([tmp_path / "a" / ".." / "tasks.csv"], [tmp_path / "out.csv", tmp_path / "out.csv"]):
        with pytest.raises(click.UsageError, match="is named twice"):
            refuse_same(read, *written)
