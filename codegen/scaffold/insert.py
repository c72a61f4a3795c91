"""Puts drafts where they belong in files that are written by hand; ruff lays them out afterwards."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def into_class(text: str, name: str, draft: str) -> str:
    """Put a method at the end of a class."""
    node = next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and node.name == name)
    return _after(text, node.end_lineno or 0, "\n" + draft)


def into_import(text: str, module: str, names: Iterable[str]) -> str:
    """Have a module import more names from another; ruff joins and sorts the lines."""
    tree = ast.parse(text)
    imported = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
    }
    missing = [name for name in names if name not in imported]
    if not missing:
        return text
    first = next(node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module != "__future__")
    return _after(text, first.lineno - 1, f"from {module} import {', '.join(missing)}\n")


def into_all(text: str, name: str) -> str:
    """Put a name into `__all__`, in its order."""
    tree = ast.parse(text)
    table = next(
        node
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "__all__" for to in node.targets)
    )
    names = sorted({*ast.literal_eval(table.value), name})
    lines = text.splitlines(keepends=True)
    lines[table.lineno - 1 : table.end_lineno] = ["__all__ = [\n", *(f'    "{each}",\n' for each in names), "]\n"]
    return "".join(lines)


def into_type_checking(text: str, module: str, name: str) -> str:
    """Import a name for the type checkers alone."""
    block = next(node for node in ast.parse(text).body if isinstance(node, ast.If))
    return _after(text, block.lineno, f"    from {module} import {name}\n")


def _after(text: str, line: int, draft: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:line], draft, *lines[line:]])


def laid_out(files: Iterable[Path], root: Path) -> None:
    """Sort imports and format, with the settings of the repository."""
    ruff = [sys.executable, "-m", "ruff"]
    names = [str(file) for file in files if file.suffix == ".py"]
    for command in (["check", "--quiet", "--select", "I,F401", "--fix"], ["format", "--quiet"]):
        subprocess.run([*ruff, *command, *names], cwd=root, check=False, capture_output=True)
