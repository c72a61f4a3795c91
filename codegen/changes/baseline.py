"""The schema that a change is measured against: a revision of git, or the copy of what was last released."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from codegen.documents import ASYNCAPI, OPENAPI, Documents, load
from codegen.errors import SpecError

RELEASED = Path("schema/released")
"""A copy in the tree, not a tag: a shallow clone and an unpacked archive have no tags."""


def baseline(root: Path, revision: str | None, aside: Path) -> Documents:
    """Give the old documents.

    Args:
        root: the checkout's folder.
        revision: a revision of git; None for what was last released.
        aside: an empty folder to unpack a revision in.

    Raises:
        SpecError: there is no such revision or copy.
    """
    (aside / "schema").mkdir()
    for name in (OPENAPI, ASYNCAPI):
        content = _at(root, revision, name) if revision else _released(root, name)
        if content is not None:
            (aside / name).write_bytes(content)
    return load(aside)


def _released(root: Path, name: str) -> bytes | None:
    file = root / RELEASED / Path(name).name
    return file.read_bytes() if file.exists() else None


def _at(root: Path, revision: str, name: str) -> bytes | None:
    if revision.startswith("-"):
        raise SpecError("BASE", f"{revision} is no revision of git")
    _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", fault=f"{revision} is no revision of git")
    listed = _git(root, "ls-tree", "--name-only", revision, "--", name, fault=f"{revision} can't be listed")
    return _git(root, "show", f"{revision}:./{name}", fault=f"{name} can't be read at {revision}") if listed else None


def _git(root: Path, *command: str, fault: str) -> bytes:
    try:
        done = subprocess.run(["git", *command], cwd=root, capture_output=True, check=False)  # nosec B607 - the git of whoever asks
    except OSError as error:
        raise SpecError(
            "BASE", f"git can't be run: {error.strerror}; leave BASE out to compare with {RELEASED}"
        ) from None
    if done.returncode:
        raise SpecError("BASE", f"{fault}; leave BASE out to compare with {RELEASED}")
    return done.stdout


def release(root: Path) -> str:
    """Keep the schema as the one that is released; done once for each version."""
    (root / RELEASED).mkdir(parents=True, exist_ok=True)
    for name in (OPENAPI, ASYNCAPI):
        if (root / name).exists():
            shutil.copyfile(root / name, root / RELEASED / Path(name).name)
        else:
            (root / RELEASED / Path(name).name).unlink(missing_ok=True)
    return f"{RELEASED} is what {OPENAPI} and {ASYNCAPI} say now"
