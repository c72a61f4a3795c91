"""The lines of a document, found by JSON pointer: where a fault is told to be."""

from __future__ import annotations

from pathlib import Path

from yaml import MappingNode, Node, SequenceNode, YAMLError, compose
from yaml.loader import SafeLoader

try:  # ten times as fast, and there wherever PyYAML comes as a wheel
    from yaml import CSafeLoader as Loader
except ImportError:
    Loader = SafeLoader  # type: ignore[assignment,misc]  # the same class in Python

from codegen.errors import SpecError


def report(fault: SpecError, root: Path) -> list[str]:
    """Write a fault as lines for people: `file:line: #pointer: what is wrong; what to do [rule]`.

    Args:
        fault: one fault, or several together.
        root: the folder that holds `schema/`.
    """
    known: dict[str, Node | None] = {}
    return [_line(each, root, known) for each in fault.faults]


def _line(fault: SpecError, root: Path, known: dict[str, Node | None]) -> str:
    rule = f" [{fault.rule}]" if fault.rule else ""
    files, found, pointer = fault.place.partition("#")
    if not found:
        return f"{fault.place}: {fault.fault}{rule}"
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    best, depth, line = files, -1, 1
    for name in files.split(" + "):
        if name not in known:
            known[name] = _composed(root / name)
        at, deep = _find(known[name], steps)
        if deep > depth:
            best, depth, line = name, deep, at
    return f"{best}:{line}: #{pointer}: {fault.fault}{rule}"


def _composed(path: Path) -> Node | None:
    try:
        return compose(path.read_bytes(), Loader=Loader)
    except (OSError, YAMLError):
        return None


def _find(node: Node | None, steps: list[str]) -> tuple[int, int]:
    """Give the line of what the steps lead to, or of the last that is there, and how far they led."""
    line, depth = 1, 0
    for depth, step in enumerate(steps):
        inner = _child(node, step)
        if inner is None:
            return line, depth
        at, node = inner
        line = at.start_mark.line + 1
    return line, depth + 1


def _child(node: Node | None, step: str) -> tuple[Node, Node] | None:
    """Give where a child stands, its key in a mapping, and the child."""
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and step.isdigit() and int(step) < len(node.value):
        return node.value[int(step)], node.value[int(step)]
    return None
