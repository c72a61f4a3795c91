"""What programs hand over as files: odd names, closed ones, devices. Each is told, or sent as it was checked."""

from __future__ import annotations

import io
import mimetypes
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wyseos.mate import Client
from wyseos.mate.errors import ValidationError
from wyseos.mate.files import EXTENSIONS, NamedFile, file_faults, mime_type, open_parts
from wyseos.mate.services.file_upload import FileUploadService


def sent(source: Any) -> tuple[str, bytes, str]:
    with open_parts([source]) as parts:
        return parts[0].file_name, parts[0].content.read(), parts[0].content_type


def closed(file: Any) -> Any:
    file.close()
    return file


def test_the_types_are_ours_and_not_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mimetypes, "guess_type", lambda *args, **kwargs: ("text/x-of-this-machine", None))
    assert {extension: mime_type(f"a{extension}") for extension in EXTENSIONS} == {
        ".txt": "text/plain",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".md": "text/markdown",
        ".csv": "text/csv",
        ".html": "text/html",
        ".htm": "text/html",
        ".rss": "application/rss+xml",
        ".xml": "application/xml",
        ".gif": "image/gif",
        ".py": "text/x-python",
        ".json": "application/json",
    }
    assert mime_type("A.PDF") == "application/pdf"
    assert mime_type("a.xyz") == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("C:\\Users\\me\\my notes.txt", "my notes.txt"),
        ("\\\\server\\share\\notes.txt", "notes.txt"),
        ("C:notes.txt", "notes.txt"),
        ("folder/sub\\notes.txt", "notes.txt"),
        ("folder/notes.txt", "notes.txt"),
        ("notes.txt\\", "notes.txt"),
        ("12:30.txt", "12:30.txt"),
        ("a\udcff.txt", "a?.txt"),
        (b"folder/notes.txt", "notes.txt"),
        (Path("folder/notes.txt"), "notes.txt"),
    ],
)
def test_only_the_last_part_of_a_name_is_sent_whatever_the_system(name: Any, base: str) -> None:
    assert sent(NamedFile(name, b"x")) == (base, b"x", "text/plain")


@pytest.mark.parametrize("name", [5, None, ["a.txt"]])
def test_a_name_that_is_no_text_is_told(name: Any) -> None:
    for use in (
        file_faults,
        FileUploadService(Client(api_key="k")).get_file_info,
        lambda odd: sent(NamedFile(odd, b"x")),
    ):
        with pytest.raises(ValidationError, match=f"must be text, or a path, not {type(name).__name__}") as caught:
            use(name)
        assert caught.value.field == "file"


@pytest.mark.parametrize("make", [lambda: io.BytesIO(b"x"), tempfile.TemporaryFile], ids=["memory", "disk"])
def test_a_closed_file_is_told(make: Callable[[], Any]) -> None:
    with pytest.raises(ValidationError, match="was closed; give one that is open") as caught:
        sent(NamedFile("a.txt", closed(make())))
    assert caught.value.field == "content"


OPENED: dict[str, Callable[[Path], Any]] = {
    "for writing": lambda folder: io.FileIO(folder / "w.txt", "w"),
    "a device": lambda folder: io.FileIO(os.devnull),
    "of text on disk": lambda folder: tempfile.NamedTemporaryFile("w+", dir=folder),  # noqa: SIM115 - closed by the test
    "of text": lambda folder: io.StringIO("x"),
    "text over bytes": lambda folder: io.TextIOWrapper(io.BytesIO(b"x")),
}


@pytest.mark.parametrize("opened", OPENED)
def test_a_file_that_gives_no_bytes_again_is_told(opened: str, tmp_path: Path) -> None:
    with OPENED[opened](tmp_path) as file, pytest.raises(ValidationError, match="a binary file that can be rewound"):
        sent(NamedFile("a.txt", file))


def test_a_file_that_is_replaced_is_sent_as_it_was_checked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"checked")
    with open_parts([path]) as parts:
        (tmp_path / "b.txt").write_bytes(b"another one")
        (tmp_path / "b.txt").replace(path)
        assert parts[0].content.read() == b"checked"


def test_a_path_of_bytes_is_a_path(tmp_path: Path) -> None:
    class Entry:
        def __fspath__(self) -> bytes:
            return os.fsencode(tmp_path / "a.txt")

    (tmp_path / "a.txt").write_bytes(b"x")
    assert sent(Entry()) == ("a.txt", b"x", "text/plain")
