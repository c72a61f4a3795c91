"""Files to upload: all that is wrong is said, content is streamed, progress is told."""

from __future__ import annotations

import io
import itertools
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, envelope, ok
from wyseos.mate import Client, ValidationError
from wyseos.mate.files import EXTENSIONS, MAX_FILE_SIZE, NamedFile, format_size

UPLOADED = ok([{"file_name": "a.txt", "file_url": "u"}])


@pytest.fixture
def service() -> Any:
    with Client(api_key="k") as client:
        yield client.file_upload


def test_a_good_file_is_valid(service: Any, tmp_path: Path) -> None:
    path = tmp_path / "A.TXT"
    path.write_text("x")
    assert service.validate_file(str(path)) == (True, "")


def test_all_that_is_wrong_is_said_not_only_the_first_thing(service: Any, tmp_path: Path) -> None:
    (tmp_path / "a.exe").touch()
    (tmp_path / "b.exe").write_bytes(bytes(MAX_FILE_SIZE + 1))
    good, empty = service.validate_file(tmp_path / "a.exe")
    assert (good, ".exe is not one of" in empty, "it is empty" in empty) == (False, True, True)
    good, large = service.validate_file(tmp_path / "b.exe")
    assert (good, ".exe is not one of" in large, "more than 10.0 MB" in large) == (False, True, True)
    good, missing = service.validate_file(tmp_path / "c.exe")
    assert (good, ".exe is not one of" in missing, "does not exist" in missing) == (False, True, True)


def test_a_file_of_the_largest_size_is_taken(service: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(MAX_FILE_SIZE))
    assert service.validate_file(path) == (True, "")


def test_a_fifo_does_not_hang(service: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert service.validate_file(tmp_path / "a.txt") == (False, "it is a device or a pipe, not a file")


def test_a_folder_is_refused_and_leaves_no_descriptor_open(service: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    before = os.listdir("/dev/fd")
    assert service.validate_file(tmp_path / "a.txt") == (False, "it is a folder")
    assert os.listdir("/dev/fd") == before


def test_a_file_that_is_missing_is_named(service: Any, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"a\.txt cannot be uploaded: it does not exist"):
        service.upload_file(tmp_path / "a.txt")


def test_a_path_with_a_nul_is_refused(service: Any) -> None:
    assert service.validate_file("a\x00.txt") == (False, "its path holds a NUL")


def test_the_documented_extensions(service: Any) -> None:
    assert service.list_supported_extensions() == list(EXTENSIONS)
    assert " ".join(EXTENSIONS) == ".txt .pdf .png .jpg .jpeg .md .csv .html .htm .rss .xml .gif .py .json"


def test_the_facts_of_a_file(service: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.PDF"
    path.write_bytes(b"12345")
    assert service.get_file_info(str(path)) == {
        "name": "a.PDF",
        "size": 5,
        "extension": ".pdf",
        "mime_type": "application/pdf",
        "path": str(path),
    }


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (MAX_FILE_SIZE, "10.0 MB"), (1024**4, "1024.0 GB")],
)
def test_sizes_for_people(size: int, text: str) -> None:
    assert format_size(size) == text


def test_a_file_is_chosen_on_the_terminal(
    service: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("x")
    typed = iter([str(tmp_path / "none.txt"), f" '{tmp_path / 'a.txt'}' "])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    assert service.select_file() == str(tmp_path / "a.txt")
    assert "does not exist" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda prompt: "")
    assert service.select_file() is None


@pytest.mark.parametrize("content", ["text", io.StringIO("text"), None, 5], ids=["str", "text file", "none", "number"])
def test_content_that_cannot_be_sent_is_told(service: Any, content: Any) -> None:
    with pytest.raises(ValidationError, match="content must be bytes"):
        service.upload_file(NamedFile("a.txt", content))


@pytest.mark.parametrize("source", [b"text", io.BytesIO(b"text"), None], ids=["bytes", "file", "none"])
def test_content_without_a_name_is_told_how_to_get_one(service: Any, source: Any) -> None:
    with pytest.raises(ValidationError, match=r"must be a path, or NamedFile\(name, content\)"):
        service.upload_file(source)


def test_one_path_where_a_list_is_wanted_is_told(service: Any, tmp_path: Path) -> None:
    for source in (tmp_path / "a.txt", str(tmp_path / "a.txt"), b"text", NamedFile("a.txt", b"text")):
        with pytest.raises(ValidationError, match="must be a list"):
            service.upload_files(source)


def test_a_stream_that_cannot_be_rewound_is_told(service: Any) -> None:
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, "rb") as stream, pytest.raises(ValidationError, match="rewound"):
        service.upload_file(NamedFile("a.txt", stream))


@both_faces
@pytest.mark.parametrize("kind", ["path", "text", "bytes", "file"])
def test_content_arrives_whole_whatever_it_is_given_as(ask: Ask, kind: str, tmp_path: Path) -> None:
    content = os.urandom(200_000)
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    sources: dict[str, Any] = {
        "path": path,
        "text": str(path),
        "bytes": NamedFile("a.txt", content),
        "file": NamedFile("a.txt", io.BytesIO(content)),
    }
    with RawServer((UPLOADED,)) as server:
        uploaded = ask(lambda client: client.file_upload.upload_file(sources[kind]), base_url=server.base_url)
    body = server.requests[0].body
    assert uploaded == {"file_name": "a.txt", "file_url": "u"}
    assert body.partition(b"\r\n\r\n")[2].startswith(content + b"\r\n--")
    assert b'filename="a.txt"\r\nContent-Type: text/plain\r\n' in body


@both_faces
def test_progress_is_told_up_to_the_whole(ask: Ask) -> None:
    told: list[tuple[int, int]] = []
    files = [NamedFile("a.txt", bytes(150_000)), NamedFile("b.txt", bytes(50_000))]
    answer = ok([{"file_name": "a.txt"}, {"file_name": "b.txt"}])
    with RawServer((answer,)) as server:
        ask(
            lambda client: client.file_upload.upload_files(files, on_progress=lambda *step: told.append(step)),
            base_url=server.base_url,
        )
    assert [sent for sent, _ in told] == sorted(sent for sent, _ in told)
    assert {total for _, total in told} == {200_000}
    assert told[-1] == (200_000, 200_000)
    assert len(told) > 3


@both_faces
def test_an_upload_that_was_refused_for_now_is_sent_again_whole(ask: Ask) -> None:
    content = os.urandom(100_000)
    with RawServer((envelope(4201), UPLOADED)) as server:
        ask(lambda client: client.file_upload.upload_file(NamedFile("a.txt", content)), base_url=server.base_url)
    assert [content in request.body for request in server.requests] == [True, True]


def test_an_upload_is_read_in_small_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(MAX_FILE_SIZE))
    told: list[int] = []
    with RawServer((UPLOADED,)) as server, Client(api_key="k", base_url=server.base_url) as client:
        client.file_upload.upload_file(path, on_progress=lambda sent, total: told.append(sent))
    steps = [after - before for before, after in itertools.pairwise([0, *told])]
    assert max(steps) <= 128 * 1024
    assert told[-1] == MAX_FILE_SIZE
