"""Whoever looks at the tree, at any moment, finds the old one or the new one, whole."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from codegen import swap as swapping
from codegen.documents import ROOT
from codegen.swap import making_beside, swap


def tree(folder: Path, word: str) -> Path:
    folder.mkdir(parents=True)
    for number in range(20):
        (folder / f"{number}.txt").write_text(word)
    return folder


def words(folder: Path) -> set[str]:
    return {path.read_text() for path in folder.iterdir()} if len(list(folder.iterdir())) == 20 else {"not whole"}


@pytest.fixture(params=["exchanged", "renamed"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "renamed":
        monkeypatch.setattr(swapping, "_exchange", lambda *_: False)
    return str(request.param)


def test_the_new_tree_takes_the_old_ones_place_and_nothing_is_left(tmp_path: Path, way: str) -> None:
    target = tree(tmp_path / "generated/wyseos/generated", "old")

    with making_beside(tmp_path, target) as making:
        swap(tree(making / "wyseos/generated", "new"), target)

    assert words(target) == {"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["generated"]


def test_the_first_tree_needs_no_other(tmp_path: Path) -> None:
    target = tmp_path / "generated"

    with making_beside(tmp_path, target) as making:
        swap(tree(making / "wyseos/generated", "new"), target)

    assert words(target) == {"new"}


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_the_old_tree_comes_back_when_the_new_one_can_not_be_put_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    target = tree(tmp_path / "target", "old")
    fresh = tree(tmp_path / "making/generated", "new")
    monkeypatch.setattr(swapping, "_exchange", lambda *_: False)
    rename = Path.rename
    monkeypatch.setattr(
        Path, "rename", lambda path, to: rename(path, to) if path != fresh else (_ for _ in ()).throw(error)
    )

    with pytest.raises(error):
        swap(fresh, target)

    assert words(target) == {"old"}


def test_what_a_killed_run_left_is_removed_and_the_old_tree_put_back(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    left = tmp_path / f".generating-{process.pid}-abc"
    tree(left / "wyseos/old", "old")
    target = tmp_path / "generated/wyseos/generated"
    target.parent.mkdir(parents=True)

    with making_beside(tmp_path, target):
        assert words(target) == {"old"}

    assert [path.name for path in tmp_path.iterdir()] == ["generated"]


def test_another_run_that_is_still_going_on_is_left_alone(tmp_path: Path) -> None:
    with making_beside(tmp_path, tmp_path / "target") as first, making_beside(tmp_path, tmp_path / "target"):
        assert first.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a kill that nothing can catch is a thing of POSIX")
def test_killed_at_any_moment_the_tree_is_whole_and_nothing_lies_where_the_wheel_is_packed(tmp_path: Path) -> None:
    # What generates swaps for ever, as fast as it can; it is killed at thirty moments that nobody chose.
    program = """
import shutil, sys
from pathlib import Path
from codegen.swap import making_beside, swap
root = Path(sys.argv[1]); target = root / "generated/wyseos/generated"
print("begun", flush=True)
while True:
    for word in ("new", "old"):
        with making_beside(root, target) as making:
            fresh = making / "wyseos/generated"; fresh.mkdir(parents=True)
            for number in range(20): (fresh / f"{number}.txt").write_text(word)
            swap(fresh, target)
"""
    target = tree(tmp_path / "generated/wyseos/generated", "old")
    for moment in range(30):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        with process.stdout:
            process.stdout.readline()
            time.sleep(moment / 300)
            process.kill()
            process.wait()
        assert words(target) in ({"old"}, {"new"})
        assert list((tmp_path / "generated/wyseos").iterdir()) == [target]
