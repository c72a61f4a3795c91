"""Makes the generated tree: render, format, try it, and swap it in as a whole or not at all."""

from __future__ import annotations

import contextlib
import filecmp
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from codegen.documents import ASYNCAPI, MERGED, ROOT, load
from codegen.errors import SpecError, refuse
from codegen.lint import lint
from codegen.render import render
from codegen.swap import making_beside, swap

TARGET = Path("generated/wyseos/generated")
PAGE = Path("docs/reference.md")
# What the tree builds on; written by hand, and the same for every tree.
RUNTIME = ROOT / "runtime"


def generate(root: Path = ROOT) -> str:
    """Write the generated tree anew, and the page of docs that lists what is in it.

    Args:
        root: the folder that holds `schema/` and `generated/`.

    Returns:
        One line that tells what was written.

    Raises:
        SpecError: if the schema can't be generated rightly; the tree that was there is then untouched.
    """
    target = root / TARGET
    with _told_of_the_disk(), making_beside(root, target) as making, _made(root, making) as (fresh, page):
        target.parent.mkdir(parents=True, exist_ok=True)
        count = len(_files(fresh))
        swap(fresh, target)
        (root / PAGE).parent.mkdir(exist_ok=True)
        page.replace(root / PAGE)
    without = "" if (root / ASYNCAPI).exists() else f"; without events, as there is no {ASYNCAPI}"
    return f"generated {count} files in {TARGET}{without}"


def check(root: Path = ROOT) -> str:
    """Generate aside and compare both trees byte for byte, both ways.

    Raises:
        SpecError: names every file that is missing, stale or different.
    """
    with _told_of_the_disk(), tempfile.TemporaryDirectory() as aside, _made(root, Path(aside)) as (fresh, page):
        wanted, found = _files(fresh), _files(root / TARGET)
        faults = [f"missing: {name}" for name in sorted(wanted - found)]
        faults += [f"not generated: {name}" for name in sorted(found - wanted)]
        for name in sorted(wanted & found):
            if not filecmp.cmp(fresh / name, root / TARGET / name, shallow=False):
                faults.append(f"different: {name}")
        if not (root / PAGE).exists() or (root / PAGE).read_bytes() != page.read_bytes():
            faults.append(f"different: {PAGE}")
    if faults:
        raise SpecError(str(TARGET), "is not what the schema gives; run `make generate`\n  " + "\n  ".join(faults))
    return f"{len(wanted)} files in {TARGET} are what the schema gives"


def _files(folder: Path) -> set[str]:
    """Name a tree's files, but for the bytecode that running it leaves behind, and for what editors leave."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return {path.as_posix() for path in found if not any(_is_stray(part) for part in path.parts)}


def _is_stray(name: str) -> bool:
    """Whether a name is none that is ever generated: hidden, bytecode, or an editor's swap file, lock or copy."""
    return name == "__pycache__" or name.startswith((".", "#")) or name.endswith(("~", ".swp", ".orig", ".rej", ".bak"))


@contextlib.contextmanager
def _told_of_the_disk() -> Iterator[None]:
    """Tell of a full or forbidden disk in words."""
    try:
        yield
    except OSError as error:
        place = error.filename or TARGET
        raise SpecError(str(place), f"can't be written: {error.strerror}; the tree is as it was") from error


@contextlib.contextmanager
def _made(root: Path, making: Path) -> Iterator[tuple[Path, Path]]:
    """Make the tree, and the page about it, in a folder that is the caller's to remove."""
    documents = load(root)
    refuse(lint(documents))
    fresh = making / "wyseos" / "generated"
    fresh.parent.mkdir()
    page = making / PAGE.name
    page.write_text(render(documents, fresh), "utf-8", newline="\n")
    _format(fresh)
    _try_imports(making)
    yield fresh, page


def _format(folder: Path) -> None:
    # --isolated: neither this repository's settings nor a user's may change the bytes.
    ruff = [sys.executable, "-m", "ruff"]
    fixed = ["--isolated", "--no-cache", "--quiet"]
    style = ["--target-version", "py311", "--line-length", "120"]
    select = ["--select", "F,I", "--unsafe-fixes", "--fix"]
    _run([*ruff, "check", *fixed, *style, *select, str(folder)])
    _run([*ruff, "format", *fixed, *style, str(folder)])


def _try_imports(root: Path) -> None:
    # Imports each module in a fresh interpreter: a cycle or a bad name stops here, not at a user's.
    modules = [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(root.rglob("*.py"))
    ]
    program = "import importlib, sys\nfor name in sys.stdin.read().split(): importlib.import_module(name)"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(root), str(RUNTIME))),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    # On standard input: a large document has more modules than a command line takes.
    _run([sys.executable, "-c", program], environment, "\n".join(modules))


def _run(command: list[str], environment: dict[str, str] | None = None, given: str | None = None) -> None:
    done = subprocess.run(command, env=environment, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SpecError(MERGED, f"gave code that does not pass:\n{done.stdout}{done.stderr}"[:4000])
