"""The rows of the security page that REST can break, each shown on real sockets or real files."""

from __future__ import annotations

import ast
import asyncio
import copy
import gzip
import logging
import os
import pickle
import re
import ssl
import traceback
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

import wyseos.mate
from tests.support.faces import Ask, both_faces
from tests.support.raw_server import Connection, RawServer, envelope, http, ok
from wyseos.generated.api.session import get_session
from wyseos.mate import (
    APIError,
    AsyncClient,
    Client,
    ClientOptions,
    ConfigError,
    NetworkError,
    ValidationError,
    WyseError,
    load_config,
)
from wyseos.mate.errors import DecodeError
from wyseos.mate.files import NamedFile, file_faults
from wyseos.mate.rest.request import make_request
from wyseos.mate.settings.urls import InsecureConnectionWarning

CANARY = "CANARY-7f3a"
SESSION = {"session_id": "s-1"}


def read(client: Any) -> Any:
    return client.session.get_info("s-1")


# Row 1: a credential shows nowhere.


def echo_key(connection: Connection) -> None:
    """An error page that repeats what it was sent, as debug pages do."""
    connection.send(http(b"<html>" + connection.request.raw, status=500))


def reset(connection: Connection) -> None:
    connection.reset()


def shown_by(error: BaseException) -> str:
    """All that an error shows, with the locals of the SDK's frames; those of tests hold the key, being given it."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    ours = [frame for frame in frames if "/mate/wyseos/" in frame.f_code.co_filename]
    return f"{[frame.f_locals for frame in ours]} {error} {error!r} {vars(error)}"


@both_faces
@pytest.mark.parametrize("credential", ["api_key", "jwt_token"])
@pytest.mark.parametrize(
    "script",
    [
        echo_key,
        reset,
        envelope(4000, f"bad key {CANARY}"),
        http(f"<html>{CANARY}".encode()),
        http(status=302, headers={"Location": f"http://127.0.0.1:1/?api_key={CANARY}"}),
        http(gzip.compress(b"x" * 99)[:-20], headers={"Content-Encoding": "gzip"}),
        envelope(4000, "no", headers={"X-Request-Id": CANARY}),
    ],
)
def test_security_01_a_credential_shows_in_no_log_and_no_error(
    ask: Ask, credential: str, script: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = {"api_key": None, credential: CANARY}
    with RawServer((script,)) as server, pytest.raises(WyseError) as caught:
        ask(read, base_url=server.base_url, max_retries=1, **settings)
    assert CANARY in server.requests[0].raw.decode("latin-1")
    assert CANARY not in caplog.text
    assert CANARY not in shown_by(caught.value)
    assert CANARY.encode() not in pickle.dumps(caught.value)


@both_faces
def test_security_01_no_frame_of_a_library_below_is_in_the_traceback(ask: Ask) -> None:
    """Those frames hold the request's bytes in their locals."""
    with RawServer((reset,)) as server, pytest.raises(NetworkError) as caught:
        ask(read, base_url=server.base_url, max_retries=0)
    files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert [name for name in files if re.search(r"/(httpx|httpcore|h11|anyio)/", name)] == []
    assert (caught.value.__context__, caught.value.__cause__) == (None, None)
    assert getattr(caught.value.cause, "__traceback__", None) is None


def test_security_01_a_cancelled_call_shows_no_frame_of_a_library_either() -> None:
    async def main(base_url: str) -> BaseException | None:
        async with AsyncClient(api_key=CANARY, base_url=base_url) as client:
            waiting = asyncio.create_task(client.session.get_info("s-1"))
            await asyncio.to_thread(server.arrived.wait, 10)
            waiting.cancel()
            (outcome,) = await asyncio.gather(waiting, return_exceptions=True)
            return outcome if isinstance(outcome, BaseException) else None

    with RawServer((lambda connection: connection.hang(),)) as server:
        error = asyncio.run(main(server.base_url))
    assert isinstance(error, asyncio.CancelledError)
    files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    assert [name for name in files if re.search(r"/(httpx|httpcore|h11|anyio)/", name)] == []


def test_security_01_an_interrupted_call_shows_no_frame_of_what_lies_below() -> None:
    def interrupt(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    transport = httpx.MockTransport(interrupt)
    with Client(api_key=CANARY, transport=transport) as client, pytest.raises(KeyboardInterrupt) as caught:
        read(client)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert "interrupt" not in [frame.f_code.co_name for frame in frames]


def test_security_01_frames_that_hold_the_header_print_it_masked() -> None:
    """What we do not catch passes through frames whose locals many a crash reporter prints."""

    def crash(request: httpx.Request) -> httpx.Response:
        headers = request.headers.raw
        raise ZeroDivisionError(len(headers))

    transport = httpx.MockTransport(crash)
    with Client(api_key=CANARY, transport=transport) as client, pytest.raises(ZeroDivisionError) as caught:
        read(client)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert "***" in repr(frames[-1].f_locals)
    assert CANARY not in repr(frames[-1].f_locals)


@both_faces
def test_security_01_the_query_of_a_url_is_in_no_log(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with RawServer((ok([]),)) as server:
        ask(lambda client: client.request("GET", "/new", query={"q": CANARY}), base_url=server.base_url)
    assert server.requests[0].query == {"q": CANARY}
    assert CANARY not in caplog.text


def test_security_01_settings_print_copy_and_explain_without_their_secrets() -> None:
    options = ClientOptions(api_key=CANARY, jwt_token=CANARY, proxy=f"http://user:{CANARY}@127.0.0.1:3128")
    shown = f"{options!r} {options} {options.explain()} {vars(options)} {Client(options)!r} {copy.deepcopy(options)!r}"
    assert CANARY not in shown
    assert options.api_key == CANARY


def test_security_01_settings_are_not_pickled() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(ClientOptions(api_key=CANARY))


def from_arguments(path: Path) -> None:
    ClientOptions(api_key=CANARY, timeout=0)


def from_environment(path: Path) -> None:
    os.environ["WYSEOS_API_KEY"] = CANARY
    ClientOptions(timeout=0)


@pytest.mark.parametrize("make", [from_arguments, from_environment, load_config])
def test_security_01_a_wrong_setting_shows_no_key_in_its_traceback(
    make: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WYSEOS_API_KEY", "")  # given back after the test
    path = tmp_path / "mate.yaml"
    path.write_text(f"mate: {{api_key: {CANARY}, timeout: 0}}")
    with pytest.raises(ConfigError, match="timeout") as caught:
        make(path)
    assert CANARY not in shown_by(caught.value)


@pytest.mark.parametrize("name", ["httpx", "httpcore"])
def test_security_01_the_logs_of_other_users_of_httpx_are_left_alone(name: str) -> None:
    """Only our own requests are kept out."""
    record = logging.LogRecord(f"{name}.http11", logging.DEBUG, "", 0, "theirs", (), None)
    assert logging.getLogger(f"{name}.http11").filter(record)


# Row 2: nothing goes to another origin.


@both_faces
def test_security_02_a_redirect_takes_neither_key_nor_body_along(ask: Ask) -> None:
    with RawServer((ok(SESSION),)) as sink:
        away = http(status=307, headers={"Location": f"{sink.base_url}/sink"})
        with RawServer((ok(SESSION), away)) as server:

            def twice(client: Any) -> Any:
                return client.file_upload.upload_file(NamedFile("a.txt", b"secret"))

            with pytest.raises(APIError):
                ask(twice, base_url=server.base_url)
            with pytest.raises(APIError):
                ask(twice, base_url=server.base_url)
    assert sink.requests == []


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/x",
        "https://evil.example/x",
        "@evil.example",
        "x",
        "\\\\evil.example",
        "/a/../b",
        "/a b",
        "/a?x",
        "/a#x",
        "/\x00",
        "",
    ],
)
def test_security_02_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with Client(api_key="k") as client, pytest.raises(ValidationError) as caught:
        client.request("GET", path)
    assert caught.value.field == "path"


# Row 3: nothing in the clear.


@pytest.mark.parametrize(
    "host",
    [
        "api.example.com",
        "127.0.0.1.example.com",
        "0.0.0.0",
        "localhost.example.com",
        "8.8.8.8",
        "172.32.0.1",
        "10.0.0.1.example.com",
        "[2001:db8::1]",
        "[::ffff:8.8.8.8]",
        "wyse.localhost.com",
    ],
)
def test_security_03_http_to_another_machine_needs_to_be_asked_for(host: str) -> None:
    with pytest.raises(ConfigError, match="in the clear") as caught:
        ClientOptions(api_key="k", base_url=f"http://{host}")
    assert caught.value.field == "base_url"
    assert f"http://{host}" == ClientOptions(base_url=f"http://{host}", allow_insecure=True).base_url


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "172.16.3.4:8000", "192.168.1.2", "[fd00::1]", "wyse", "wyse.local", "api.corp.internal."]
)
def test_security_03_http_to_a_private_network_is_warned_of(host: str) -> None:
    with pytest.warns(InsecureConnectionWarning, match="whoever is in it can read the key") as told:
        assert ClientOptions(api_key="k", base_url=f"http://{host}").base_url == f"http://{host}"
    assert told[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ClientOptions(api_key="k", base_url=f"http://{host}", allow_insecure=True)
        ClientOptions(base_url=f"http://{host}")  # no key, nothing to read


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:1", "127.3.2.1"])
def test_security_03_http_to_this_machine_is_fine(host: str) -> None:
    assert f"http://{host}" == ClientOptions(base_url=f"http://{host}/").base_url


# Row 4: no untrusted certificate.


def tls(authority: trustme.CA, *names: str, expires: datetime | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, not_after=expires).configure_cert(context)
    return context


@both_faces
@pytest.mark.parametrize("wrong", ["self-signed", "expired", "wrong name"])
def test_security_04_an_untrusted_certificate_is_refused(ask: Ask, wrong: str, tmp_path: Path) -> None:
    trusted, bundle = trustme.CA(), tmp_path / "ca.pem"
    trusted.cert_pem.write_to_path(str(bundle))
    context = {
        "self-signed": lambda: tls(trustme.CA(), "127.0.0.1"),
        "expired": lambda: tls(trusted, "127.0.0.1", expires=datetime.now(UTC) - timedelta(days=1)),
        "wrong name": lambda: tls(trusted, "other.example"),
    }[wrong]()
    with RawServer((ok(SESSION),), tls=context) as server, pytest.raises(NetworkError, match="certificate"):
        ask(read, base_url=server.base_url, ca_bundle=bundle)
    assert server.requests == []


# Row 5: an id stays in its path.


@settings(deadline=None)
@given(
    st.text().filter(
        lambda text: not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", text) and text not in ("", ".", "..")
    )
)
def test_security_05_any_id_is_one_segment(session_id: str) -> None:
    path = make_request(get_session.call(session_id), {}, {}).path
    assert path.startswith("/session/info/")
    assert "/" not in path.removeprefix("/session/info/")
    assert session_id == unquote(path.removeprefix("/session/info/"))


@both_faces
@pytest.mark.parametrize(
    "session_id", ["../../user/apikey/new", "a/b", "a?x=1", "a#b", "%2e%2e", "a%2Fb", "é ☃", ";", "..;"]
)
def test_security_05_an_id_arrives_quoted(ask: Ask, session_id: str) -> None:
    with RawServer((ok(SESSION),)) as server:
        ask(lambda client: client.session.get_info(session_id), base_url=server.base_url)
    assert re.fullmatch(r"/session/info/[^/?#]+", server.requests[0].target)
    assert session_id == unquote(server.requests[0].target.removeprefix("/session/info/"))


@pytest.mark.parametrize("session_id", ["", ".", "..", "a\nb", "a\x00", "\x85"])
def test_security_05_what_cannot_be_an_id_is_refused(session_id: str) -> None:
    with Client(api_key="k") as client, pytest.raises(ValidationError):
        client.session.get_info(session_id)


# Row 6: no header through a key.


@pytest.mark.parametrize("bad", [f"{CANARY}\r\nX-Evil: 1", f"{CANARY}\n", f"{CANARY}\x00", f"{CANARY}é", f" {CANARY}"])
@pytest.mark.parametrize("name", ["api_key", "jwt_token"])
def test_security_06_a_key_with_a_line_end_is_refused_and_not_quoted(name: str, bad: str) -> None:
    settings: dict[str, Any] = {name: bad}
    with pytest.raises(ConfigError) as caught:
        ClientOptions(**settings)
    assert name == caught.value.field
    assert CANARY not in str(caught.value)


def test_security_06_a_token_function_is_held_to_the_same() -> None:
    with Client(jwt_token=lambda: f"{CANARY}\r\nX-Evil: 1") as client, pytest.raises(ConfigError) as caught:
        read(client)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    "headers", [{"X-A": "a\r\nX-Evil: 1"}, {"X-A\r\n": "a"}, {"X-A": "a\x00"}, {"x-api-key": "k"}, {"": ""}]
)
def test_security_06_an_extra_header_is_held_to_the_same(headers: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        ClientOptions(headers=headers)


@both_faces
def test_security_06_a_query_cannot_be_injected(ask: Ask) -> None:
    with RawServer((ok({"data": []}),)) as server:
        ask(lambda client: client.session.get_messages("a&role=x\r\n#é"), base_url=server.base_url)
    assert server.requests[0].query["session_id"] == "a&role=x\r\n#é"
    assert "role" not in server.requests[0].query


# Row 7: the credential goes to no URL that the service names.


@both_faces
def test_security_07_no_url_that_the_service_names_is_followed(ask: Ask) -> None:
    with RawServer((ok(SESSION),)) as sink:
        named = {name: f"{sink.base_url}/{name}" for name in ("file_url", "url", "ws_endpoint", "avatar", "video_url")}
        answer = {**named, "file_name": "a.txt", "related_links": [sink.base_url], "pages": [named], "status": "active"}
        with RawServer((ok([answer]), ok(answer), ok(answer))) as server:
            ask(lambda client: client.file_upload.upload_file(NamedFile("a.txt", b"x")), base_url=server.base_url)
            ask(lambda client: client.browser.get_info("b"), base_url=server.base_url)
            ask(lambda client: client.product.get_report("r"), base_url=server.base_url)
    assert (len(server.requests), sink.requests) == (3, [])


# Row 8: no bomb.


@both_faces
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_security_08_a_body_is_unpacked_up_to_a_limit(ask: Ask, encoding: str) -> None:
    plain = b" " * 5_000_000
    body = gzip.compress(plain) if encoding == "gzip" else plain
    with (
        RawServer((http(body, headers={"Content-Encoding": encoding}),)) as server,
        pytest.raises(DecodeError, match="larger than 1000000 bytes") as caught,
    ):
        ask(read, base_url=server.base_url, max_response_size=1_000_000)
    assert "max_response_size" in str(caught.value.hint)


@both_faces
def test_security_08_a_damaged_packing_is_a_typed_error(ask: Ask) -> None:
    damaged = http(b"\x1f\x8bnothing of the kind", headers={"Content-Encoding": "gzip"})
    with RawServer((damaged,)) as server, pytest.raises(DecodeError, match="damaged"):
        ask(read, base_url=server.base_url)


@both_faces
def test_security_08_a_packing_that_was_not_asked_for_is_not_unpacked(ask: Ask) -> None:
    packed = http(b"..", headers={"Content-Encoding": "br"})
    with RawServer((packed,)) as server, pytest.raises(APIError, match="not readable as JSON"):
        ask(read, base_url=server.base_url)
    assert server.requests[0].headers["accept-encoding"] == "gzip, deflate"


# Row 9: JSON that would bring the process down.


@both_faces
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"code": 0, "data": NaN}',
        b'{"code": ' + b"9" * 5000 + b"}",
        b'{"code": 0, "data": "\xff"}',
    ],
    ids=["lists", "objects", "nan", "digits", "utf-8"],
)
def test_security_09_hostile_json_is_a_typed_error(ask: Ask, body: bytes) -> None:
    with RawServer((http(body),)) as server, pytest.raises(APIError):
        ask(read, base_url=server.base_url, max_retries=0)


@both_faces
@pytest.mark.parametrize("name", ['"\\ud800"', "9" * 5000], ids=["lone surrogate", "5,000 digits"])
def test_security_09_odd_values_are_carried(ask: Ask, name: str) -> None:
    body = f'{{"code": 0, "data": {{"session_id": "s-1", "extra": {{"odd": {name}}}}}}}'.encode()
    with RawServer((http(body),)) as server:
        assert ask(read, base_url=server.base_url).session_id == "s-1"


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


# Row 12: nothing of the service's is executed.

PACKAGE = Path(wyseos.mate.__path__[0])


def test_security_12_nothing_that_executes_is_called() -> None:
    """Also not `yaml.load` without a loader of the safe kind."""
    forbidden = re.compile(r"eval|exec|compile|os\.system|os\.popen|pickle\.loads?|yaml\.(unsafe_|full_)?load")
    found = [
        f"{path.name}:{node.lineno} {ast.unparse(node)}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and forbidden.fullmatch(ast.unparse(node.func)) and not node.keywords
    ]
    assert found == []
