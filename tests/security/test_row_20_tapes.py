"""Row 20: no form of a secret stays on a tape, the recorder goes where a client goes, a hostile tape is told."""

from __future__ import annotations

import base64
import contextlib
import html
import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mate.emulator import outsiders
from tests.support.raw_server import Connection, RawServer, Script
from wyseos.mate import ClientOptions, ConfigError
from wyseos.mate.emulator import Emulator
from wyseos.mate.testing import CassetteError, Recorder, Replay
from wyseos.mate.testing.cassette import load_cassette
from wyseos.mate.testing.redaction import Redactor, is_secret_name

OWN = "wyse-Canary+own/key=42"
THEIRS = "th3ir-Canary.token~77"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ"


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape.jsonl"


def answer(body: bytes, content_type: str = "application/json", status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}Content-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def recorded(tape: Path, *answers: bytes, path: str = "/team/lists", redact: list[str] | None = None) -> str:
    """Record one request an answer, with the own key in its header; return the tape."""
    with RawServer(answers) as server, Recorder(server.base_url, tape, redact=redact or ()) as recorder:
        for _ in answers:
            httpx.get(recorder.base_url + path, headers={"x-api-key": OWN})
    return tape.read_text("utf-8")


def utf16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


OF_OUR_OWN: dict[str, bytes] = {
    "as it is": OWN.encode(),
    "percent": quote(OWN, safe="").encode(),
    "percent of percent": quote(quote(OWN, safe=""), safe="").encode(),
    "in small letters": OWN.lower().encode(),
    "JSON with escaped slashes": json.dumps({"said": OWN}).replace("/", "\\/").encode(),
    "JSON by u": ('{"said": "' + "".join(f"\\u{ord(char):04x}" for char in OWN) + '"}').encode(),
    "JSON in JSON": json.dumps({"said": json.dumps({"again": OWN})}).encode(),
    "a name of JSON": json.dumps({OWN: 1}).encode(),
    "HTML": html.escape(f"<b title='{OWN}'>").encode(),
    "base64": base64.b64encode(OWN.encode()),
    "base64 of a user and it": base64.b64encode(f"user:{OWN}".encode()),
    "a picture that holds it": b"\x89PNG\xff\xfe" + OWN.encode() + b"\x00\xff",
    "a picture that holds it escaped": b"\x89PNG\xff\xfe" + quote(OWN, safe="").encode() + b"\x00\xff",
    "UTF-16": utf16(OWN),
}


def readable(told: str) -> list[str]:
    """What a tape shows: its text, and its bytes in each reading."""
    shown = [told]
    for line in told.splitlines():
        content = json.loads(line).get("answer")
        if isinstance(content, dict):
            raw = base64.b64decode(content["base64"])
            shown += [raw.decode("latin-1"), raw.decode("utf-16-le", "ignore")]
    return [text.lower() for text in shown]


@pytest.mark.parametrize("body", OF_OUR_OWN.values(), ids=OF_OUR_OWN.keys())
def test_the_own_key_is_on_no_tape_however_the_service_spells_it(tape: Path, body: bytes) -> None:
    told = recorded(tape, answer(body, "application/octet-stream"))
    forms = (OWN, "canary", quote(OWN, safe=""), "\\u0043", "%43", base64.b64encode(OWN.encode()).decode()[:16])
    assert [form for form in forms for shown in readable(told) if form.lower() in shown] == []
    assert load_cassette(tape)[0]["status"] == 200


def named(name: str) -> bytes:
    return json.dumps({"code": 0, "data": {name: THEIRS, "said": f"it was {THEIRS}"}}).encode()


OF_THE_SERVICE: dict[str, bytes] = {
    **{
        name: named(name)
        for name in (
            "access_token", "refresh_token", "id_token", "accessToken", "client_secret", "clientSecret", "api_key",
            "apiKey", "APIKey", "x-api-key", "secret_key", "aws_secret_access_key", "private_key", "password",
            "new_password", "jwt", "session_token", "csrfToken", "X-Amz-Signature", "webhook_secret", "token_2",
        )
    },
    "in a URL": json.dumps({"url": f"https://cdn.example/f?access_token={quote(THEIRS)}&size=1"}).encode(),
    "in a fragment": json.dumps({"url": f"https://app.example/#access_token={THEIRS}&x=1"}).encode(),
    "in a URL within a URL": json.dumps(
        {"url": "https://a.example/?next=" + quote(f"https://b.example/?token={THEIRS}&x=1", safe="")}
    ).encode(),
    "a password of a URL": json.dumps({"proxy": f"http://user:{THEIRS}@proxy.example:8080"}).encode(),
    "in JSON within JSON": json.dumps({"data": json.dumps({"auth": {"refresh_token": THEIRS}})}).encode(),
    "in a list": json.dumps({"tokens": ["-", THEIRS]}).encode(),
    "in an object": json.dumps({"credentials": {"value": THEIRS}}).encode(),
    "in lines of JSON": f'{{"a": 1}}\n{{"access_token": "{THEIRS}"}}\n'.encode(),
    "in an event stream": f'data: {{"access_token": "{THEIRS}"}}\n\n'.encode(),
    "in a form": f"grant=x&client_secret={quote(THEIRS)}&a=1".encode(),
    "in words": f"Authorization: Bearer {THEIRS}".encode(),
}  # fmt: skip


@pytest.mark.parametrize("body", OF_THE_SERVICE.values(), ids=OF_THE_SERVICE.keys())
def test_a_token_of_the_service_is_on_no_tape_whatever_its_name(tape: Path, body: bytes) -> None:
    told = recorded(tape, answer(body))
    assert "canary" not in told.lower()
    assert "REDACTED" in told


def test_a_token_is_known_by_its_looks(tape: Path) -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIcanary\n-----END PRIVATE KEY-----"
    told = recorded(tape, answer(json.dumps({"said": f"use {JWT} and {key}"}).encode()))
    assert JWT[:20] not in told
    assert "MIIcanary" not in told


def test_a_location_and_a_path_hold_no_secret(tape: Path) -> None:
    location = f"Location: https://x.example/back?token={THEIRS}&key={quote(OWN, safe='')}\r\n"
    told = recorded(tape, answer(b"", status="302 Found", more=location), path=f"/user/apikey/{quote(OWN, safe='')}/x")
    assert "canary" not in told.lower()


def test_what_is_learnt_late_is_taken_out_of_what_stands_before_it(tape: Path) -> None:
    early = answer(json.dumps({"said": f"made {THEIRS}"}).encode())
    binary = answer(b"\xff\xfe" + THEIRS.encode(), "image/png")
    late = answer(json.dumps({"token": THEIRS}).encode())
    told = recorded(tape, early, binary, late)
    assert [shown for shown in readable(told) if "canary" in shown] == []
    assert len(load_cassette(tape)) == 3


def test_a_frame_and_a_close_reason_hold_no_secret(tape: Path) -> None:
    with Emulator(speed=0) as emulator, Recorder(emulator.base_url, tape) as recorder:
        emulator.fault("close", frame=0, code=4001, reason=f"bad key {emulator.api_key}")
        with outsiders.rest(recorder.base_url, emulator.api_key) as client:
            session_id = outsiders.create(client)
        with outsiders.line(recorder.base_url, session_id, emulator.api_key) as socket, pytest.raises(Exception):  # noqa: B017
            outsiders.receive(socket)
        secret = emulator.api_key
    closed = [entry for entry in load_cassette(tape) if entry["kind"] == "closed"]
    assert [(entry["code"], entry["reason"]) for entry in closed] == [(4001, "bad key REDACTED")]
    assert secret not in tape.read_text("utf-8")


@pytest.mark.parametrize(
    "value", ["message", "in_progress", "bearer", "not set", "true", "user", "input-required", "task result"]
)
def test_no_common_word_is_blotted_out(tape: Path, value: str) -> None:
    body = json.dumps({"token": value, "type": value, "said": f"the {value} of a token: none; password: required"})
    told = load_cassette_of(tape, body)
    assert told == {"token": "REDACTED", "type": value, "said": f"the {value} of a token: none; password: required"}


def load_cassette_of(tape: Path, body: str) -> Any:
    recorded(tape, answer(body.encode()))
    return json.loads(load_cassette(tape)[0]["answer"])


@pytest.mark.parametrize(
    "name", ["token_type", "max_tokens_left", "tokenizer", "password_updated_at", "next_page_token", "keys", "key",
             "monkey", "author", "authority", "secretary", "passport", "design", "session_id"]
)  # fmt: skip
def test_a_name_that_only_looks_like_one_is_none(name: str) -> None:
    assert not is_secret_name(name)


def test_what_the_user_names_is_taken_out_however_it_is_spelt(tape: Path) -> None:
    name = "Zoë Müller"
    body = json.dumps({"a": name, "b": f"mailto:{quote(name)}"}).encode()
    told = recorded(tape, answer(body), redact=[name])
    for form in (name, "Zo\\u00eb", "Zo%C3%AB"):
        assert form not in told


@given(st.text(), st.text(min_size=1))
def test_what_holds_no_secret_stays_byte_for_byte(said: str, name: str) -> None:
    text = json.dumps({name: [said, {"x": [1.50, None]}]}, indent=3) if not is_secret_name(name) else "{}"
    other = Redactor().text(text)
    assert other == text or "REDACTED" in other


@pytest.mark.parametrize("flood", ["\\" * 300_000, "a" * 300_000, "%25" * 100_000, '"' * 300_000, "token" * 60_000,
                                   "[" * 300_000, "eyJ" * 100_000, "://" * 100_000, "&amp;" * 60_000])  # fmt: skip
def test_a_flood_of_signs_costs_no_square_of_its_length(flood: str) -> None:
    redactor = Redactor(["wyse-canary-key"])
    done = threading.Event()

    def work() -> None:
        redactor.text(flood)
        redactor.text(json.dumps({"a": flood}))
        done.set()

    threading.Thread(target=work, daemon=True).start()
    assert done.wait(60)


# ---- the way of the recorder


def test_the_recorder_follows_no_redirect(tape: Path) -> None:
    with RawServer((answer(b"stolen"),)) as sink:
        moved = answer(b"", status="307 Temporary Redirect", more=f"Location: {sink.base_url}/x\r\n")
        with RawServer((moved,)) as server, Recorder(server.base_url, tape) as recorder:
            response = httpx.get(f"{recorder.base_url}/team/lists", headers={"x-api-key": OWN})
            refused = httpx.get(
                f"{recorder.base_url}/session/ws/1?api_key={quote(OWN)}",
                headers={
                    "connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
                    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
                },
            )  # fmt: skip
        assert (response.status_code, refused.status_code) == (307, 307)
        assert sink.requests == []


@pytest.mark.parametrize("host", ["api.wyseos.com", "8.8.8.8", "evil.example"])
def test_the_recorder_takes_no_clear_text_host_without_a_word(tape: Path, host: str) -> None:
    with pytest.raises(ConfigError, match="in the clear"):
        Recorder(f"http://{host}", tape)
    assert not tape.exists()
    with Recorder(ClientOptions(base_url=f"http://{host}", allow_insecure=True), tape):
        pass


def test_the_recorder_takes_an_answer_up_to_the_limit_of_a_client(tape: Path) -> None:
    with RawServer((answer(b"x" * 5000), answer(b"fine"))) as server:
        options = ClientOptions(base_url=server.base_url, max_response_size=1024)
        with Recorder(options, tape) as recorder:
            refused, fine = (httpx.get(f"{recorder.base_url}/x") for _ in range(2))
    assert (refused.status_code, refused.text) == (502, "the service cannot be reached: DecodeError")
    assert fine.text == "fine"
    assert [entry["answer"] for entry in load_cassette(tape)] == ["fine"]


BROKEN = {
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    "no gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhalf",
    "another packing": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhalf",
    "no HTTP": b"SSH-2.0-OpenSSH\r\n\r\n",
    "no chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
}


def broken_off(said: bytes) -> Script:
    def script(connection: Connection) -> None:
        connection.send(said)
        connection.close()

    return script


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_the_recorder_survives_a_broken_body(tape: Path, broken: bytes) -> None:
    with RawServer((broken_off(broken), answer(b"fine"))) as server, Recorder(server.base_url, tape) as recorder:
        assert httpx.get(f"{recorder.base_url}/x").status_code == 502
        assert httpx.get(f"{recorder.base_url}/x").text == "fine"


def test_the_recorder_passes_a_raw_path_as_it_is(tape: Path) -> None:
    with RawServer((answer(b"fine"),)) as server, Recorder(server.base_url, tape) as recorder:
        target = "/a%2Fb/..%2e/%7Euser/c%20d?q=a+b%20c&q=%2F"
        request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        send_raw(recorder.base_url, request.encode())
        assert server.requests[0].target == target
    assert load_cassette(tape)[0]["path"] == "/a%2Fb/..%2e/%7Euser/c%20d"


def send_raw(base_url: str, request: bytes) -> bytes:
    import socket

    host, port = httpx.URL(base_url).host, httpx.URL(base_url).port
    with socket.create_connection((host, port or 80), timeout=30) as line:
        line.sendall(request)
        answered = b""
        while piece := line.recv(65536):
            answered += piece
    return answered


def test_the_recorder_goes_through_the_proxy_of_the_settings(tape: Path) -> None:
    with RawServer((answer(b"from the proxy"),)) as proxy:
        options = ClientOptions(base_url="http://service.internal", proxy=proxy.base_url, allow_insecure=True)
        with Recorder(options, tape) as recorder:
            assert httpx.get(f"{recorder.base_url}/x%2Fy").text == "from the proxy"
        assert proxy.requests[0].target == "http://service.internal/x%2Fy"


@pytest.mark.parametrize("foreign", [{"host": "evil.example"}, {"origin": "https://evil.example"}])
def test_a_page_of_another_site_reaches_neither_recorder_nor_replay(tape: Path, foreign: dict[str, str]) -> None:
    with RawServer((answer(b"fine"),)) as server, Recorder(server.base_url, tape) as recorder:
        assert httpx.get(f"{recorder.base_url}/x", headers=foreign).status_code == 403
        assert server.requests == []
    with Replay(tape) as replay:
        assert httpx.get(f"{replay.base_url}/x", headers=foreign).status_code == 403


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_a_tape_is_the_owners_alone(tape: Path) -> None:
    recorded(tape, answer(b"fine"), answer(b'{"token": "abcdef123456"}'))
    assert stat.S_IMODE(tape.stat().st_mode) == 0o600


# ---- hostile tapes

HEAD = '{"format": "wyseos cassette", "version": 1}\n'
REST = {"kind": "rest", "t": 0, "method": "GET", "path": "/x", "query": "", "status": 200, "headers": {}, "answer": ""}
OPEN = {"kind": "open", "t": 0, "line": 1, "path": "/x"}


def rest(**changed: Any) -> bytes:
    return (HEAD + json.dumps(REST | changed)).encode()


def line(**changed: Any) -> bytes:
    return (HEAD + json.dumps(OPEN) + "\n" + json.dumps({"t": 0, "line": 1} | changed)).encode()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "UTF-16": (HEAD.encode("utf-16"), "line 1: this is not UTF-8"),
    "other bytes": (HEAD.encode() + b'{"kind": "\xff"}', "line 2: this is not UTF-8"),
    "a NUL": (HEAD.encode() + b"\0", "line 2: this is not JSON"),
    "depth": (HEAD.encode() + b"[" * 200_000, "line 2: this "),
    "digits": (HEAD.encode() + b'{"t": ' + b"9" * 5000 + b"}", "line 2: this is not JSON"),
    "NaN": (HEAD.encode() + b'{"kind": "rest", "t": NaN}', "line 2: this is not JSON"),
    "a connection that was not opened": (
        (HEAD + '{"kind": "got", "t": 0, "line": 7, "text": ""}').encode(),
        "line 2: connection 7 was not opened before",
    ),
    "a connection opened twice": (line(kind="open", path="/x"), "line 3: connection 1 was opened before"),
    "no kind": (rest(kind=None), "line 2: kind is missing or unknown"),
    "a kind that is a list": (rest(kind=["rest"]), "line 2: kind is missing or unknown"),
    "a time that is text": (rest(t="1"), "line 2: t must be seconds"),
    "an endless time": (rest(t=1e300), "line 2: t must be seconds"),
    "a time that is true": (rest(t=True), "line 2: t must be seconds"),
    "an endless answer": (rest(took=1e18), "line 2: took must be seconds"),
    "a status that is text": (rest(status="200"), "line 2: status must be a status"),
    "a status of no answer": (rest(status=101), "line 2: status must be a status"),
    "a status beyond all": (rest(status=99999), "line 2: status must be a status"),
    "headers that are a list": (rest(headers=[]), "line 2: headers must be"),
    "a header that holds two": (rest(headers={"location": "a\r\nset-cookie: b"}), "line 2: headers must be"),
    "a header of another script": (rest(headers={"location": "☃"}), "line 2: headers must be"),
    "an answer that is a number": (rest(answer=7), "line 2: answer must be text"),
    "no base64": (rest(answer={"base64": "?"}), "line 2: answer must be text"),
    "base64 of another script": (rest(answer={"base64": "☃"}), "line 2: answer must be text"),
    "half a sign": (rest(answer="\ud800"), "line 2: answer must be text"),
    "a path that is null": (rest(path=None), "line 2: path must be text"),
    "a line that is text": (line(kind="got", text="", line="1"), "line 3: line must be a whole number"),
    "a frame that is an object": (line(kind="got", text={}), "line 3: text must be text"),
    "a frame with half a sign": (line(kind="got", text="\udfff"), "line 3: text must be text"),
    "a code that no frame carries": (line(kind="closed", code=1004, reason=""), "line 3: code must be"),
    "a code beyond all": (line(kind="closed", code=70000, reason=""), "line 3: code must be"),
    "a reason that is too long": (line(kind="closed", code=1000, reason="x" * 124), "line 3: reason must be"),
}


@pytest.mark.parametrize(("content", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_tape_is_told_with_its_line(tape: Path, content: bytes, told: str) -> None:
    tape.write_bytes(content)
    with pytest.raises(CassetteError, match=told) as caught:
        Replay(tape)
    assert str(tape) in str(caught.value)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "a NUL in its name"])
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    place = tmp_path / ("a\0b" if "NUL" in kind else "tape")
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no named pipes here")
        os.mkfifo(place)
    with pytest.raises(CassetteError):
        Replay(place)


def test_a_huge_tape_is_refused_before_it_is_read(tape: Path) -> None:
    with tape.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(CassetteError, match="larger than 512 MiB"):
        load_cassette(tape)


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf", b""], ids=["BOM", "none"])
def test_what_editors_and_agents_write_is_read(tape: Path, head: bytes) -> None:
    said = "one\u2028two\u2029three\x85four\x0bfive"
    body = (HEAD + json.dumps(REST | {"answer": said}, ensure_ascii=False)).replace("\n", "\r\n").encode()
    tape.write_bytes(head + body + b"\r\n\r\n")
    assert [entry["answer"] for entry in load_cassette(tape)] == [said]


@given(st.binary() | st.text().map(str.encode))
def test_no_content_raises_anything_else(content: bytes) -> None:
    with temporary(HEAD.encode() + content) as place, contextlib.suppress(CassetteError):
        load_cassette(place)


ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from([*REST, "line", "text", "code", "reason", "asked", "took"]), ANY))
def test_no_entry_raises_anything_else(changed: dict[str, Any]) -> None:
    content = (HEAD + json.dumps(REST | changed)).encode()
    with temporary(content) as place, contextlib.suppress(CassetteError), Replay(place) as replay:
        assert httpx.get(f"{replay.base_url}/x").status_code < 600


@contextlib.contextmanager
def temporary(content: bytes) -> Iterator[Path]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        place = Path(folder) / "tape"
        place.write_bytes(content)
        yield place
