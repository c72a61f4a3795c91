"""Plans in scenarios: numbering their steps, walking them, revising them after a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wyseos.mate.emulator.scenario.actions import Json

_FINISHED = ("done", "skip", "error")


def number_steps(given: list[Any], prefix: str = "") -> list[Json]:
    """Make the steps of a plan out of titles or objects: ids `1`, `2`, `2.1`, and nothing started yet."""
    steps = []
    for n, item in enumerate(given, 1):
        step: Json = {"title": item} if isinstance(item, str) else dict(item)
        identifier = str(step.get("id", f"{prefix}{n}"))
        inner = number_steps(step.get("steps", []), f"{identifier}.")
        whole = {"description": "", "status": "not_started", **step, "id": identifier}
        steps.append(whole | {"steps": inner} if inner else whole)
    return steps


def leaves(steps: list[Json], parents: tuple[Json, ...] = ()) -> Iterator[tuple[Json, tuple[Json, ...]]]:
    """Walk the steps that have none below them and are not finished, each with those above it."""
    for step in steps:
        if step.get("steps"):
            yield from leaves(step["steps"], (*parents, step))
        elif step.get("status") not in _FINISHED:
            yield step, parents


def is_finished(step: Json) -> bool:
    """Tell whether a step, or all below it, is done with."""
    return all(is_finished(inner) for inner in step["steps"]) if step.get("steps") else step.get("status") in _FINISHED


def revise(steps: list[Json], wish: str) -> list[Json]:
    """Take up what the user wants improved, as a step of its own at the end."""
    title = wish.strip() or "Look again at what the user may have meant"
    return [
        *steps,
        {"id": str(len(steps) + 1), "title": title, "description": "As you asked.", "status": "not_started"},
    ]
