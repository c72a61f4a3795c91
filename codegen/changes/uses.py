"""What of this repository stands on an operation, a model or a message, told by the names that people know.

The code is read, not run: `codegen` imports neither half. A function stands on whatever its body names, and on what the
functions do that it calls by name; a method of a service is known as `client.team.get_list`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from codegen.changes.compare import Change
from codegen.changes.surface import Message, Operation, Surface
from codegen.documents import last_part

_MATE = "mate/wyseos/mate"
_SERVICES = f"{_MATE}/services"
_COMMANDS = f"{_MATE}/cli"
_EMULATOR = f"{_MATE}/emulator"
LEVELS = ("raw", "model", "event", "mate", "cli", "emulator", "docs", "examples")


class Function(NamedTuple):
    """A function or method of the SDK."""

    file: str
    holder: str
    """Its class; empty for a function."""
    name: str
    names: frozenset[str]
    """What its body names: functions, classes, attributes."""
    chains: frozenset[str]
    """The attributes of attributes that it names, such as `team.get_list`."""


class Uses:
    """The index of one checkout.

    Args:
        root: the checkout's folder.
        surfaces: the old and the new surface: what is gone is looked for as well.
    """

    def __init__(self, root: Path, *surfaces: Surface) -> None:
        self._root = root
        self._surfaces = surfaces

    def of(self, change: Change) -> dict[str, list[str]]:
        """Name what stands on the thing that changed, by level; levels with nothing are left out."""
        operations, models, messages = self._concerned(change)
        methods = self._methods(operations)
        names = {*methods, *operations, *((models | messages) if change.kind != "operation" else ())}
        members = {change.member} if change.member and change.kind in ("field", "parameter") else set()
        found = {
            "raw": [f"wyseos.generated.api.{self._tag(name)}.{name}" for name in operations],
            "model": [f"wyseos.generated.models.{self._member(name, change)}" for name in models],
            "event": [f"wyseos.generated.events: {name}" for name in messages],
            "mate": [*(f"client.{method}" for method in methods), *self._places(_MATE, models | messages, members)],
            "cli": [f"wyse {command}" for command in self._commands(methods)],
            "emulator": [*self._handlers(operations), *self._scenarios(messages)],
            "docs": self._pages("docs", "*.md", names, members),
            "examples": self._pages("examples", "*.py", names, members),
        }
        return {level: sorted(found[level]) for level in LEVELS if found[level]}

    def _concerned(self, change: Change) -> tuple[set[str], set[str], set[str]]:
        """Name the operations, models and messages that hold what changed."""
        if change.kind in ("operation", "parameter"):
            return {change.owner}, set(), set()
        if change.kind == "words":
            return set(), set(), set()
        if change.kind == "message":
            return set(), set(), {change.owner}
        operations = {
            name for each in self._all_operations for name, fact in each.items() if change.owner in fact.models
        }
        messages = {name for each in self._all_messages for name, fact in each.items() if change.owner in fact.models}
        is_message = any(change.owner in found for found in self._all_messages)
        return operations, set() if is_message else {change.owner}, messages

    @property
    def _all_operations(self) -> list[Mapping[str, Operation]]:
        return [each.operations for each in self._surfaces]

    @property
    def _all_messages(self) -> list[Mapping[str, Message]]:
        return [each.messages for each in self._surfaces]

    def _tag(self, operation: str) -> str:
        tags = [found[operation].tag for found in self._all_operations if operation in found]
        return tags[-1]

    def _member(self, model: str, change: Change) -> str:
        return f"{model}.{change.member}" if change.kind == "field" and change.owner == model else model

    # ---- what is in the code

    @cached_property
    def _functions(self) -> list[Function]:
        files = sorted((self._root / _MATE).rglob("*.py"))
        return [found for file in files for found in _read(file.relative_to(self._root).as_posix(), file.read_bytes())]

    def _methods(self, operations: set[str]) -> list[str]:
        """Name the methods of the client's services that make these operations."""
        reached = {("", name) for name in operations}
        functions = [each for each in self._functions if not each.file.startswith((_EMULATOR, _COMMANDS))]
        while grown := {_known_as(each) for each in functions if not each.holder and _names(each, reached)} - reached:
            reached |= grown
        methods = {
            f"{Path(each.file).stem}.{each.name}"
            for each in functions
            if each.file.startswith(_SERVICES) and each.holder and _names(each, reached)
        }
        return sorted(method for method in methods if "._" not in method)

    def _commands(self, methods: list[str]) -> list[str]:
        rows = _command_rows(self._text(self._root / _COMMANDS / "table.py"))
        modules: dict[str, set[str]] = {}
        for each in self._functions:
            if each.file.startswith(_COMMANDS):
                modules.setdefault(f"{Path(each.file).stem}:{each.name}", set()).update(each.chains)
        return [words for words, function in rows.items() if modules.get(function, set()) & set(methods)]

    def _handlers(self, operations: set[str]) -> list[str]:
        places = [each for each in self._functions if each.file.startswith(f"{_EMULATOR}/server/endpoints")]
        return [f"{each.file}: {each.name}" for each in places if each.name in operations and not each.holder]

    def _scenarios(self, messages: set[str]) -> list[str]:
        kinds = {kind for name in messages for kind in (_snake(name.removesuffix("Event")),) if kind}
        folder = self._root / _EMULATOR / "scenario/builtin"
        return [self._relative(file) for kind in sorted(kinds) for file in folder.glob(f"*{kind}*.yaml")]

    def _places(self, below: str, names: set[str], members: set[str]) -> list[str]:
        """Name the files of the SDK that hold one of the classes, and read the member where it is one."""
        if not names:
            return []
        return [
            self._relative(file)
            for file in sorted((self._root / below).rglob("*.py"))
            if _mentions(self._text(file), names) and (not members or _mentions(self._text(file), members))
        ]

    def _pages(self, below: str, pattern: str, names: set[str], members: set[str]) -> list[str]:
        return [
            self._relative(file)
            for file in sorted((self._root / below).rglob(pattern))
            if _mentions(self._text(file), names) and (not members or _mentions(self._text(file), members))
        ]

    def _relative(self, file: Path) -> str:
        return file.relative_to(self._root).as_posix()

    def _text(self, file: Path) -> str:
        if file not in self._texts:
            self._texts[file] = file.read_text("utf-8") if file.exists() else ""
        return self._texts[file]

    @cached_property
    def _texts(self) -> dict[Path, str]:
        return {}


def _known_as(function: Function) -> tuple[str, str]:
    """Give a function's name and where it is known by it: its own file, or everywhere."""
    return function.file if function.name.startswith("_") else "", function.name


def _names(function: Function, reached: set[tuple[str, str]]) -> bool:
    return any((place, name) in reached for name in function.names for place in ("", function.file))


def _mentions(text: str, names: set[str]) -> bool:
    return (
        bool(names) and re.search(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)", text) is not None
    )


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@cache
def _read(place: str, source: bytes) -> list[Function]:
    """Give the functions of a file; kept, since who compares twice has changed a schema and not the code."""
    found: list[Function] = []
    body = ast.parse(source).body
    tags = frozenset(_tags(body))
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(_function(place, "", node, tags))
        elif isinstance(node, ast.ClassDef):
            found += (
                _function(place, node.name, inner, tags)
                for inner in node.body
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef)
            )
    return found


def _tags(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Give the names by which a module knows tags of the raw half: their attributes are operations."""
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module == "wyseos.generated.api":
            yield from (each.asname or each.name for each in node.names)


def _function(file: str, holder: str, node: ast.FunctionDef | ast.AsyncFunctionDef, tags: frozenset[str]) -> Function:
    names: set[str] = set()
    chains: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            names.add(inner.id)
        elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id in tags:
            names.add(inner.attr)
        elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Attribute):
            chains.add(f"{inner.value.attr}.{inner.attr}")
    return Function(file, holder, node.name, frozenset(names), frozenset(chains))


def _command_rows(text: str) -> Mapping[str, str]:
    """Give each command's function, from the calls of CommandRow in the table."""
    rows: dict[str, str] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CommandRow":
            given = [arg.value for arg in node.args[:3] if isinstance(arg, ast.Constant)]
            if len(given) == 3:
                rows[str(given[0])] = last_part(str(given[2]))
    return rows
