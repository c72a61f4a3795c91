"""What is shipped: the sdist holds what it should and nothing of the tests, and the README reads on a package index."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest

from wyseos.mate import __version__

ROOT = Path(__file__).resolve().parent.parent
HOME = "https://github.com/WyseOS/wyseos-sdk-python/blob/main/"


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, built by the backend itself, without a network."""
    folder = tmp_path_factory.mktemp("dist")
    program = f"import hatchling.build as b; print(b.build_sdist({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def shipped(sdist: Path) -> set[str]:
    """The files of the sdist."""
    with tarfile.open(sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_the_sdist_holds_what_is_needed_and_nothing_else(shipped: set[str]) -> None:
    assert {name.partition("/")[0] for name in shipped} == {
        *("mate", "generated", "runtime", "schema", "docs", "examples"),
        *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "PKG-INFO", "pyproject.toml", ".gitignore"),
    }
    assert {"mate/wyseos/mate/reports/templates/session.html", "mate/wyseos/mate/py.typed"} <= shipped


def test_links_of_the_readme_lead_somewhere_on_a_package_index() -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert links
    assert [link for link in links if not link.startswith("https://")] == []
    ours = [link.removeprefix(HOME) for link in links if link.startswith(HOME)]
    assert [link for link in ours if not (ROOT / link).exists()] == []


def test_the_project_tells_where_it_lives() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    assert set(told) == {"Homepage", "Documentation", "Changelog", "Issues"}


def test_the_version_is_the_same_in_both_places(sdist: Path) -> None:
    """In the module, where a release sets it, and on what is built."""
    assert sdist.name == f"wyseos_sdk-{__version__}.tar.gz"


def test_the_version_has_its_section_in_the_changelog() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


# ---- the suite itself


def test_the_suite_reaches_no_other_machine() -> None:
    with pytest.raises(ConnectionRefusedError, match="offline"):
        socket.create_connection(("192.0.2.1", 80), timeout=5)


def test_no_program_of_the_suite_does_either() -> None:
    program = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "the suite is offline" in done.stderr
