"""Imports go one way: codegen and generated know nothing of mate, and the protocol core knows nothing impure."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MATE = ROOT / "mate/wyseos/mate"

# Sockets, clocks, threads, randomness and files: the core is told all of that, and asks for none of it.
IMPURE = {"asyncio", "concurrent", "httpx", "os", "pathlib", "random", "selectors", "signal", "socket", "ssl",
         "subprocess", "threading", "time", "websockets"}  # fmt: skip
PROTOCOL = tuple(f"tasks/protocol/{path.name}" for path in sorted((MATE / "tasks/protocol").glob("*.py")))
CORE = ("backoff.py", "rest/retry.py", "rest/flow.py", "plan.py", *PROTOCOL)

# What each room may not import, anywhere in its files, for types neither.
ROOMS = {
    "settings": ("rest", "tasks", "services", "client", "terminal", "cli"),
    "rest": ("services", "tasks", "client", "terminal", "cli", "reports"),
    "services": ("client", "tasks", "cli", "reports", "emulator"),
    "policy": ("client", "rest", "services", "tasks.io", "terminal", "cli", "emulator", "reports"),
    "batch": ("client", "cli", "emulator", "reports", "terminal"),
    "tasks/protocol": ("client", "services", "tasks.io", "cli", "emulator"),
    "tasks": ("client", "cli", "emulator", "websocket", "task_runner"),
    "terminal": ("client", "rest", "services", "cli", "emulator"),
    "emulator": ("client", "rest", "services", "tasks", "terminal", "cli", "testing", "reports"),
    "reports": ("client", "cli", "emulator"),
}


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module that a file imports anywhere, relative ones written out; nearly every test here asks for all."""
    package = path.relative_to(ROOT).with_suffix("").parts[1:-1]
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            found += (module, *(f"{module}.{alias.name}" for alias in node.names))
    return tuple(found)


@cache
def files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.rglob("*.py")))


def offenders(paths: Iterable[Path], *forbidden: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in imports(path)
        if any(name == each or name.startswith(f"{each}.") for each in forbidden)
    ]


def test_codegen_imports_neither_half() -> None:
    assert offenders(files(ROOT / "codegen"), "wyseos") == []


def test_generated_never_imports_mate() -> None:
    assert offenders(files(ROOT / "generated"), "wyseos.mate") == []


def test_the_runtime_imports_neither_half() -> None:
    assert offenders(files(ROOT / "runtime"), "wyseos.mate", "wyseos.generated") == []


def test_nothing_that_is_shipped_imports_codegen() -> None:
    assert (
        offenders(
            [*files(ROOT / "generated"), *files(ROOT / "runtime"), *files(ROOT / "mate")],
            "codegen",
            "openapi_python_client",
        )
        == []
    )


@cache
def _shipped() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(root).with_suffix("").parts): path
        for root in (ROOT / "mate", ROOT / "generated", ROOT / "runtime")
        for path in files(root)
    }


def reached(name: str) -> set[Path]:
    """A module of mate and every module of ours that it imports, directly or not (packages' own files are lazy)."""
    modules = _shipped()
    found, waiting = set[Path](), [MATE / name]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [modules[module] for module in imports(path) if module in modules]
    return found


@pytest.mark.parametrize("name", CORE)
def test_the_protocol_core_is_pure_and_builds_on_what_is_pure(name: str) -> None:
    assert offenders(sorted(reached(name)), *IMPURE) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    below = [f"wyseos.mate.{name}" for name in ROOMS[room]]
    assert offenders(files(MATE / room), *below) == []


def _modules() -> dict[str, Path]:
    names = {".".join(path.relative_to(ROOT / "mate").with_suffix("").parts): path for path in files(MATE)}
    return {name.removesuffix(".__init__"): path for name, path in names.items()}


def test_no_module_of_mate_imports_one_that_imports_it() -> None:
    """No circles, those of types and of imports within functions included."""
    modules = _modules()
    graph = {name: {each for each in imports(path) if each in modules} - {name} for name, path in modules.items()}
    # `from wyseos.mate.cli import table` names the package too, of which it wants one module alone.
    packages = {name for name, path in modules.items() if path.name == "__init__.py"}
    sorter = TopologicalSorter({name: below - packages for name, below in graph.items()})
    assert len(list(sorter.static_order())) == len(modules)


WIRE = {
    "httpx": {"rest/library.py"},
    "websockets": {f"tasks/io/{name}.py" for name in ("connection", "receiving", "unopened")},
}


@pytest.mark.parametrize("library", WIRE)
def test_a_library_of_the_wire_is_imported_in_one_place_of_mate(library: str) -> None:
    """Either can be replaced without touching a service. (The emulator is the other end of the wire.)"""
    importing = {
        path.relative_to(MATE).as_posix()
        for path in files(MATE)
        for name in imports(path)
        if name.split(".")[0] == library and path.relative_to(MATE).parts[0] not in ("emulator", "testing")
    }
    assert importing == WIRE[library]


def test_the_namespace_has_no_init() -> None:
    """An __init__ in one half would hide the other (PEP 420)."""
    found = [root for root in ("mate", "generated", "runtime") if (ROOT / root / "wyseos/__init__.py").exists()]
    assert found == []


@pytest.mark.parametrize("package", ["mate/wyseos/mate", "generated/wyseos/generated", "runtime/wyseos/runtime"])
def test_both_packages_tell_that_they_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_the_test_kit_uses_the_emulators_face_and_not_its_inside() -> None:
    """What the kit needs of the emulator, a user's own kit can have as well."""
    inside = [f"wyseos.mate.emulator.{path.stem}" for path in (MATE / "emulator").iterdir()]
    assert offenders(files(MATE / "testing"), *inside) == []


# What is private of another module is reached here alone: (file, name) with the reason.
REACHED = {
    ("mate/wyseos/mate/rest/body.py", "_Decompress"): "zlib has no other name for the type of what it makes",
    ("mate/wyseos/mate/rest/library.py", "_network_backend"): "httpx has no setting for what opens its sockets",
    ("mate/wyseos/mate/rest/library.py", "_ssl_context"): "nor for TLS settings that are known later",
    ("mate/wyseos/mate/settings/stack.py", "_getframe"): "the standard library's name for what `warnings` does itself",
    ("runtime/wyseos/runtime/reading.py", "_source"): "what a model was read from; its class is generated",
}
PUBLIC = {"_replace", "_fields", "_asdict"}  # of named tuples, which have no other names for them


def foreign_private(path: Path) -> set[str]:
    """The private attributes that a file reaches on anything but `self`, and that it does not define itself."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
    own = {node.attr for node in attributes if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    names = {node.attr for node in attributes if node.attr.startswith("_") and not node.attr.startswith("__")}
    imported = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return (names - own - PUBLIC) | {name for name in imported if name.startswith("_") and not name.startswith("__")}


def test_what_is_private_stays_in_its_module() -> None:
    paths = [path for folder in ("mate", "runtime", "codegen") for path in files(ROOT / folder)]
    found = {(path.relative_to(ROOT).as_posix(), name) for path in paths for name in foreign_private(path)}
    assert found == set(REACHED)


def test_a_class_name_means_one_thing_in_mate() -> None:
    classes = Counter(
        node.name
        for path in files(MATE)
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in classes.items() if count > 1] == []
