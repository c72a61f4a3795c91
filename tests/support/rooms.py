"""Draw which room of the SDK imports which: `python -m tests.support.rooms`, for docs/design/architecture.md."""

from __future__ import annotations

import ast
from pathlib import Path

MATE = Path(__file__).resolve().parents[2] / "mate/wyseos/mate"
SPLIT = ("tasks",)
"""Rooms that are shown by their inner rooms."""
TOP = "user"
"""What a user imports: the modules at the top."""


def room_of(parts: tuple[str, ...]) -> str:
    """The room of a module, told by the parts of its name below `wyseos.mate`."""
    if not parts or not (MATE / parts[0]).is_dir():
        return TOP
    inner = len(parts) > 1 and parts[0] in SPLIT and (MATE / parts[0] / parts[1]).is_dir()
    return ".".join(parts[: 2 if inner else 1])


def _targets(path: Path) -> set[str]:
    """The rooms that a module imports, within functions and for types too."""
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wyseos.mate"):
            named = (node.module or "").split(".")[2:]
            found.update(room_of((*named, alias.name)) for alias in node.names)
    return found


def arrows() -> list[tuple[str, str]]:
    """Each pair of rooms of which the first imports the second."""
    found = set[tuple[str, str]]()
    for path in MATE.rglob("*.py"):
        room = room_of(path.relative_to(MATE).with_suffix("").parts)
        found.update((room, target) for target in _targets(path) if target != room)
    return sorted(found)


def diagram() -> str:
    """The rooms as a Mermaid diagram. What a user imports may be imported by all, and is left out as a target."""
    lines = [f"    {room} --> {target}" for room, target in arrows() if target != TOP]
    return "\n".join(["flowchart TD", *lines])


if __name__ == "__main__":
    print(diagram())
