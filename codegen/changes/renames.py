"""What is gone and what is new may be one thing under two names: recognised by shape and words, and asked about."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from codegen.changes.compare import BREAKING, Change
from codegen.changes.surface import Field, Model, Operation, Surface
from codegen.errors import SpecError

_ALIKE = 0.6
"""How much of two things must be the same for a question; below it, questions are noise."""


def asked(changes: list[Change], old: Surface, new: Surface) -> list[Change]:
    """Give the changes; what is gone and seems to be there under another name tells that name."""
    return [change._replace(renamed=_candidate(change, changes, old, new)) for change in changes]


def answered(changes: list[Change], answers: Mapping[str, str]) -> list[Change]:
    """Make one change of each two that somebody said are a rename.

    Args:
        changes: as found.
        answers: the new subject by the old one, such as `SessionInfo.title` by `SessionInfo.name`.

    Raises:
        SpecError: an answer is about nothing that is gone, or nothing that is new.
    """
    gone = {change.subject: change for change in changes if change.told == "is gone"}
    fresh = {change.subject: change for change in changes if change.told.startswith("is new")}
    for was, now in answers.items():
        if was not in gone or now not in fresh:
            raise SpecError("--renamed", f"{was}={now} is no rename: the first should be gone and the second new")
    kept = [change for change in changes if change.subject not in answers.values() or change.subject not in fresh]
    return [
        change._replace(verdict=BREAKING, told=f"is called {answers[change.subject]} now", renamed="")
        if gone.get(change.subject) is change and change.subject in answers
        else change
        for change in kept
    ]


def _candidate(change: Change, changes: list[Change], old: Surface, new: Surface) -> str:
    if change.told != "is gone":
        return ""
    alike = {
        other.subject: _likeness(change, other, old, new)
        for other in changes
        if other.kind == change.kind
        and other.told.startswith("is new")
        and (not other.member or other.owner == change.owner)
    }
    best = max(alike, key=lambda subject: alike[subject], default="")
    return best if best and alike[best] >= _ALIKE else ""


def _likeness(gone: Change, fresh: Change, old: Surface, new: Surface) -> float:
    was, now = _fact(gone, old), _fact(fresh, new)
    names = SequenceMatcher(None, gone.member or gone.owner, fresh.member or fresh.owner).ratio()
    if isinstance(was, Operation) and isinstance(now, Operation):
        same_place = (was.method, was.path) == (now.method, now.path)
        return 1.0 if same_place else (names + (was.returns == now.returns)) / 2
    if isinstance(was, Model) and isinstance(now, Model):
        return (names + 2 * _shared(was, now)) / 3
    if isinstance(was, Field) and isinstance(now, Field):
        # Two of one type are alike enough to ask, unless half of all fields are of that type.
        return (names + (was.type == now.type) + (was.required == now.required)) / 3
    return names


def _shared(was: Model, now: Model) -> float:
    ours, theirs = ({*model.fields, *map(str, model.values)} for model in (was, now))
    return len(ours & theirs) / max(1, len(ours | theirs))


def _fact(change: Change, surface: Surface) -> Any:
    if change.kind == "operation":
        return surface.operations[change.owner]
    if change.kind == "model":
        return surface.models[change.owner]
    if change.kind == "parameter":
        return surface.operations[change.owner].parameters[change.member]
    return surface.models[change.owner].fields[change.member] if change.kind == "field" else None
