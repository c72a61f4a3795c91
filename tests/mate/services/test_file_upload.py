"""`client.file_upload`: several files, and answers that name too few."""

from __future__ import annotations

import pytest

from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, ok
from wyseos.mate import APIError
from wyseos.mate.files import NamedFile


@both_faces
def test_several_files_go_in_one_request(ask: Ask) -> None:
    answer = ok([{"file_name": "a.txt", "file_url": "1"}, {"file_name": "b.md", "file_url": "2"}])
    files = [NamedFile("a.txt", b"first"), NamedFile("b.md", b"second")]
    with RawServer((answer,)) as server:
        uploaded = ask(lambda client: client.file_upload.upload_files(files, "s-1"), base_url=server.base_url)
    (request,) = server.requests
    assert [file["file_url"] for file in uploaded] == ["1", "2"]
    assert request.body.count(b'name="files"') == 2
    assert b'name="session_id"\r\n\r\ns-1\r\n' in request.body
    assert request.target == "/session/upload"


@both_faces
def test_an_upload_whose_answer_names_too_few_files_is_an_error(ask: Ask) -> None:
    with RawServer((ok([]),)) as server, pytest.raises(APIError, match="names 0 files"):
        ask(lambda client: client.file_upload.upload_file(NamedFile("a.txt", b"x")), base_url=server.base_url)
