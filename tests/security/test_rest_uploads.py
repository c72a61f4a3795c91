"""Row 10: what is sent of a file is what was checked."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.calls import CANARY
from tests.support.raw_server import RawServer, ok
from wyseos.mate import (
    Client,
    ValidationError,
)
from wyseos.mate.files import NamedFile, file_faults

# Row 10: uploads.


def upload(server: RawServer, *sources: Any, **more: Any) -> Any:
    with Client(api_key="k", base_url=server.base_url) as client:
        return client.file_upload.upload_files(sources, **more)


UPLOADED = ok([{"file_name": "a.txt", "file_url": "u"}])


@pytest.mark.parametrize("kind", ["fifo", "device", "folder", "missing", "empty", "no extension", "large"])
def test_security_10_what_is_no_file_to_upload_is_refused_before_anything_is_sent(kind: str, tmp_path: Path) -> None:
    path = tmp_path / ("a" if kind == "no extension" else "a.txt")
    make: dict[str, Callable[[], object]] = {
        "fifo": lambda: os.mkfifo(path),
        "device": lambda: path.symlink_to("/dev/zero"),
        "folder": path.mkdir,
        "missing": lambda: None,
        "empty": path.touch,
        "no extension": lambda: path.write_text("x"),
        "large": lambda: path.write_bytes(bytes(10 * 1024 * 1024 + 1)),
    }
    make[kind]()
    with RawServer((UPLOADED,)) as server, pytest.raises(ValidationError):
        upload(server, path)
    assert server.requests == []


def test_security_10_a_file_swapped_after_the_check_is_not_the_one_that_is_sent(tmp_path: Path) -> None:
    path, secret = tmp_path / "a.txt", tmp_path / "secret"
    path.write_text("harmless")
    secret.write_text(CANARY)

    def swap(request: Any) -> None:
        path.unlink()
        path.symlink_to(secret)

    with RawServer((UPLOADED,)) as server, Client(api_key="k", base_url=server.base_url) as client:
        client.with_options(before_request=swap).file_upload.upload_file(path)
    assert b"harmless" in server.requests[0].body
    assert CANARY.encode() not in server.requests[0].body


def test_security_10_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("x")
    (folder / "inside.txt").write_text("x")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert file_faults(folder / "inside.txt", within=folder) == []
    assert [f"it lies outside {folder}"] == file_faults(folder / "link.txt", within=folder)
    assert [f"it lies outside {folder}"] == file_faults(folder / ".." / "outside.txt", within=folder)


@pytest.mark.parametrize("change", ["grows", "shrinks"])
def test_security_10_a_file_that_changes_while_it_is_read_is_not_sent_whole(change: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(200_000))

    def meddle(sent: int, total: int) -> None:
        os.truncate(path, 300_000 if change == "grows" else 100)

    with RawServer((UPLOADED,)) as server, pytest.raises(ValidationError, match="changed while it was read"):
        upload(server, path, on_progress=meddle)
    assert server.requests == []


@pytest.mark.parametrize("name", ['a".txt', "a\r\nX: 1.txt", "é☃.txt", "a;b.txt", "../../a.txt", "a\\b.txt"])
def test_security_10_a_name_stays_in_its_place(name: str) -> None:
    with RawServer((UPLOADED,)) as server:
        upload(server, NamedFile(name, b"x"))
    head = server.requests[0].body.partition(b"\r\n\r\n")[0].decode()
    assert len(head.split("\r\n")) == 3  # boundary, Content-Disposition, Content-Type
    assert re.search(r'; name="files"; filename="[^"/]*"\r\n', head)


def test_security_10_content_cannot_imitate_a_boundary() -> None:
    with RawServer((UPLOADED,)) as server:
        upload(
            server,
            NamedFile(
                "a.txt", b'--+++\r\nContent-Disposition: form-data; name="session_id"\r\n\r\nevil\r\n--+++--\r\n'
            ),
        )
        upload(server, NamedFile("a.txt", b"x"))
    boundaries = [re.sub(r".*boundary=", "", request.headers["content-type"]) for request in server.requests]
    assert boundaries[0] != boundaries[1]
    assert all(len(boundary) >= 32 for boundary in boundaries)
