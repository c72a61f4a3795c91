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

from codegen.documents import MERGED, ROOT, load
from codegen.errors import SpecError
from codegen.guard import guard
from codegen.lint import lint
from codegen.render import render

TARGET = Path("generated/wyseos/generated")
# What the tree builds on; written by hand, and the same for every tree.
RUNTIME = ROOT / "runtime"


def generate(root: Path = ROOT) -> str:
    """Write the generated tree anew.

    Args:
        root: the folder that holds `schema/` and `generated/`.

    Returns:
        One line that tells what was written.

    Raises:
        SpecError: if the schema can't be generated rightly; the tree that was there is then untouched.
    """
    target = root / TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    with _made(root, target.parent) as fresh:
        count = len(_files(fresh))
        _swap(fresh, target)
    return f"generated {count} files in {TARGET}"


def check(root: Path = ROOT) -> str:
    """Generate aside and compare both trees byte for byte, both ways.

    Raises:
        SpecError: names every file that is missing, stale or different.
    """
    with tempfile.TemporaryDirectory() as aside, _made(root, Path(aside)) as fresh:
        wanted, found = _files(fresh), _files(root / TARGET)
        faults = [f"missing: {name}" for name in sorted(wanted - found)]
        faults += [f"not generated: {name}" for name in sorted(found - wanted)]
        for name in sorted(wanted & found):
            if not filecmp.cmp(fresh / name, root / TARGET / name, shallow=False):
                faults.append(f"different: {name}")
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
def _made(root: Path, beside: Path) -> Iterator[Path]:
    """Make the tree in a temporary folder on the disk where it is wanted, so that moving it there is a rename."""
    documents = load(root)
    for fault in lint(documents):
        raise fault
    guard(documents)
    with tempfile.TemporaryDirectory(dir=beside, prefix=".making-") as making:
        fresh = Path(making) / "wyseos" / "generated"
        fresh.parent.mkdir()
        render(documents, fresh)
        _format(fresh)
        _try_imports(Path(making))
        yield fresh


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
    program = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(root), str(RUNTIME))),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    _run([sys.executable, "-c", program, *modules], environment)


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SpecError(MERGED, f"gave code that does not pass:\n{done.stdout}{done.stderr}"[:4000])


def _swap(fresh: Path, target: Path) -> None:
    """Put the new tree in the old one's place, and the old one back if that fails or is interrupted."""
    old = fresh.with_name("old")  # removed with the temporary folder that both are in
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
