"""Draws the table of transitions as a Mermaid state diagram.

    python -m wyseos.mate.tasks.protocol.diagram

docs/states.md shows the drawing; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator

from wyseos.mate.tasks.protocol.states import FINAL, TRANSITIONS, TaskState


def diagram() -> str:
    """Return the diagram. Signals between the same two states share an arrow; loops are left out."""
    return "\n".join(["stateDiagram-v2", "    [*] --> idle", *_arrows(), *(f"    {end} --> [*]" for end in _ends())])


def _arrows() -> Iterator[str]:
    for state, row in TRANSITIONS.items():
        for target in TaskState:
            signals = [signal.value for signal, to in row.items() if to is target and to is not state]
            if signals:
                yield f"    {state} --> {target}: {', '.join(signals)}"


def _ends() -> list[TaskState]:
    return [state for state in TaskState if state in FINAL]


if __name__ == "__main__":
    print(diagram())
