"""`python -m codegen changes`: compares the schema with a baseline, and tells or checks what that means."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from codegen.changes.baseline import RELEASED, baseline
from codegen.changes.changelog import CHANGELOG, unnamed
from codegen.changes.compare import compare
from codegen.changes.renames import answered, asked
from codegen.changes.report import FORMATS, Told
from codegen.changes.surface import Surface, surface
from codegen.changes.uses import Uses
from codegen.documents import Documents, load
from codegen.errors import SpecError, refuse
from codegen.lint import lint


def told_changes(root: Path, revision: str | None = None, renamed: Mapping[str, str] | None = None) -> list[Told]:
    """Compare the schema below `root` with a baseline.

    Args:
        root: the checkout's folder.
        revision: a revision of git; None for what was last released.
        renamed: what somebody said is a rename: the new subject by the old one.

    Raises:
        SpecError: one of the two schemas can't be read or is not sound.
    """
    with tempfile.TemporaryDirectory() as aside:
        documents = baseline(root, revision, Path(aside)), load(root)
    old, new = map(_surface, documents)
    changes = asked(answered(compare(old, new), renamed or {}), old, new)
    uses = Uses(root, old, new)
    missing = unnamed(changes, root)
    return [Told(change, uses.of(change), change not in missing) for change in changes]


def _surface(documents: Documents) -> Surface:
    # The lint takes as long as all the rest, and rules that came later are not the old schema's fault.
    try:
        return surface(documents)
    except (SpecError, LookupError, TypeError, AttributeError, RecursionError):
        refuse(lint(documents))
        raise


def show(root: Path, revision: str | None, form: str, renamed: Mapping[str, str]) -> str:
    """Tell the changes in one of FORMATS."""
    return FORMATS[form](told_changes(root, revision, renamed))


def check(root: Path) -> str:
    """Tell that every breaking change since the release is named in the changelog.

    Raises:
        SpecError: one is not.
    """
    if not (root / RELEASED).exists():
        return f"nothing was released yet: there is no {RELEASED}"
    told = told_changes(root)
    refuse(
        SpecError(
            str(CHANGELOG),
            f"no entry of the newest section names `{each.change.subject}`, which {each.change.told} and breaks "
            f"users; `make schema-diff` tells whom, `make schema-diff FORMAT=markdown` drafts the entry",
            "changelog",
        )
        for each in told
        if not each.is_named
    )
    return f"{len(told)} changes since the release; the changelog names each that breaks users"
