"""The tables of docs/design and the tests name each other: no promise without a test, no number without a row."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.rooms import diagram

ROOT = Path(__file__).resolve().parent.parent
TABLES = {"fault": ("docs/design/faults.md", r"^\| (\d+) \|"), "security": ("docs/design/security.md", r"^(\d+)\. ")}


def rows(kind: str) -> dict[int, str]:
    """The rows of a table by their number."""
    page, head = TABLES[kind]
    pieces = re.split(head, (ROOT / page).read_text("utf-8"), flags=re.MULTILINE)
    return {int(number): text for number, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".md")]
    return [path for path in found if path.name != Path(__file__).name]


@cache
def names_of_tests() -> set[str]:
    """The names of all tests, and of the files of tests."""
    return {
        name
        for path in sources("tests")
        for name in (path.name, *re.findall(r"def (test_\w+)", path.read_text("utf-8")))
    }


@cache
def numbers_tested(kind: str) -> set[int]:
    """The rows whose number is in the name of a test or of a file of tests."""
    pattern = re.compile(rf"test_(?:{kind}s?{'|row' if kind == 'security' else ''})_((?:\d+_(?:and_)?)+)")
    told = (match[1] for name in names_of_tests() if (match := pattern.match(name)) is not None)
    return {int(number) for numbers in told for number in re.findall(r"\d+", numbers)}


def named(row: str) -> list[str]:
    """The files of tests and the commands that a row names."""
    return re.findall(r"`(tests/[\w/]+\.py|make \w+)`", row)


@pytest.mark.parametrize("kind", TABLES)
def test_every_row_has_a_test_that_bears_its_number_or_names_one(kind: str) -> None:
    assert [
        number for number, text in rows(kind).items() if number not in numbers_tested(kind) and not named(text)
    ] == []


@pytest.mark.parametrize("kind", TABLES)
def test_what_a_row_names_is_there(kind: str) -> None:
    commands = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    there = {f"make {command}" for command in commands} | {
        path.relative_to(ROOT).as_posix() for path in sources("tests")
    }
    assert [name for text in rows(kind).values() for name in named(text) if name not in there] == []


@pytest.mark.parametrize("kind", TABLES)
def test_every_number_that_is_cited_is_a_row(kind: str) -> None:
    cited = re.compile(rf"\b{kind} rows? (\d+(?:(?:, | and | to )\d+)*)", re.IGNORECASE)
    numbers = {
        int(number)
        for path in sources("mate", "runtime", "codegen", "tests", "benchmarks", "docs")
        for match in cited.finditer(path.read_text("utf-8"))
        for number in re.findall(r"\d+", match[1])
    }
    assert numbers | numbers_tested(kind) <= set(rows(kind))


def test_the_drawing_of_the_rooms_shows_the_imports_as_they_are() -> None:
    page = (ROOT / "docs/design/architecture.md").read_text("utf-8")
    assert f"```mermaid\n{diagram()}\n```" in page
