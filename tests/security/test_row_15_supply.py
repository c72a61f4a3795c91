"""Row 15: what development installs is locked with hashes, and what the package allows begins above known holes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.lowest import lowest

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements-dev.lock").read_text("utf-8")
TOLD = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# The first versions without a hole that is known in what we use of them.
WITHOUT_HOLES = {"starlette": (0, 49, 1), "jinja2": (3, 1, 6)}


def locked() -> dict[str, list[str]]:
    """The versions of each package in the lock: more than one where systems or Pythons differ."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def needed() -> list[Requirement]:
    """What the package, its extras and its development name themselves."""
    project, groups = TOLD["project"], TOLD["dependency-groups"]
    texts = [
        *project["dependencies"],
        *(text for extra in project["optional-dependencies"].values() for text in extra),
        # The other SDKs, which benchmarks compare with, have an environment of their own.
        *(text for name, group in groups.items() for text in group if isinstance(text, str) and name != "others"),
    ]
    found = map(Requirement, texts)
    return [need for need in found if canonicalize_name(need.name) != canonicalize_name(project["name"])]


def test_each_package_of_the_lock_is_held_by_hashes() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_says_nothing_of_where_it_was_made() -> None:
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


def test_the_lock_fits_what_is_needed() -> None:
    found = locked()
    missing = [
        str(need)
        for need in needed()
        if not any(need.specifier.contains(version) for version in found.get(canonicalize_name(need.name), ()))
    ]
    assert missing == []  # else: make lock


@pytest.mark.parametrize("name", WITHOUT_HOLES)
def test_what_the_package_allows_begins_above_known_holes(name: str) -> None:
    bounds = {line.partition("==")[0]: line.partition("==")[2] for line in lowest()}
    assert tuple(map(int, bounds[name].split("."))) >= WITHOUT_HOLES[name]
