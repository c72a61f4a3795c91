"""Files: uploads, and downloads of what was uploaded or made."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.mate.emulator import outsiders
from tests.mate.emulator.outsiders import data, refusal
from wyseos.mate.emulator import Emulator

# ---- files


def test_an_upload_can_be_downloaded_without_a_key(emulator: Emulator, client: httpx.Client) -> None:
    content = bytes(range(256)) + b"\r\n--boundary\r\n\r\n"
    session_id = outsiders.create(client)
    files = [("files", ('a "b"\n c ü.bin', content)), ("files", ("two.txt", b"2"))]
    first, second = data(client.post("/session/upload", files=files, data={"session_id": session_id}))

    assert (first["file_name"], second["file_name"]) == ('a "b"\n c ü.bin', "two.txt")
    assert httpx.get(first["file_url"]).content == content
    assert httpx.get(second["file_url"]).headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"files": ("empty.txt", b"")}, "empty.txt is empty"),
        ({"files": ("big.txt", b"x" * (10 * 1024 * 1024 + 1))}, "has more than 10485760 bytes"),
        ({"other": ("a.txt", b"a")}, "files"),
    ],
)
def test_an_upload_that_is_no_good_is_refused(client: httpx.Client, files: Any, told: str) -> None:
    answer = client.post("/session/upload", files=files)
    assert refusal(answer) == (400, 4000)
    assert told in answer.json()["msg"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nno head"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--\r\n"),
    ],
)
def test_a_broken_upload_is_refused(client: httpx.Client, content_type: str, body: bytes) -> None:
    answer = client.post("/session/upload", content=body, headers={"content-type": content_type})
    assert refusal(answer) == (400, 4000)


def test_an_upload_for_an_unknown_session_is_not_found(client: httpx.Client) -> None:
    answer = client.post("/session/upload", files={"files": ("a.txt", b"a")}, data={"session_id": "session_0"})
    assert refusal(answer) == (404, 4203)


def test_a_file_that_an_agent_made_can_be_downloaded(emulator: Emulator) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_image")
    (picture,) = next(event["message"]["data"] for event in events if event["type"] == "rich")
    served = httpx.get(picture["url"])

    assert picture["extension"] == "png"
    assert (served.headers["content-type"], served.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")


def test_an_unknown_file_is_not_found(emulator: Emulator) -> None:
    assert refusal(httpx.get(f"{emulator.base_url}/files/file_0/a.txt")) == (404, 4203)
