"""What a task made is fetched from its result: streamed, bounded, safely named, and no credential leaves for it."""

from __future__ import annotations

import asyncio
import pickle
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.support import messages as said
from tests.support.raw_server import PATIENCE, Connection, RawServer, envelope, http, ok
from wyseos.mate import APIError, AsyncClient, Client, ClientOptions, NetworkError, ValidationError
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import AuthenticationError, DecodeError, NotFoundError, SessionExecutionError
from wyseos.mate.rest.auth import Credential
from wyseos.mate.rest.exchange import Exchange
from wyseos.mate.settings.secret import Secret
from wyseos.mate.tasks.io.fetcher import Fetcher
from wyseos.mate.tasks.io.safe_names import safe_name
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.mate.tasks.result import ResultFile, TaskExecutionOptions, TaskResult, Usage
from wyseos.mate.tasks.result_builder import ResultBuilder

KEY = "key-of-the-tests"
Fetch = Callable[..., bytes]


def file_of(server: RawServer, url: str, name: str = "answer.md", **settings: Any) -> ResultFile:
    """A file as a result of a client of that server has it; nothing is waited for between tries."""
    options = ClientOptions(**{"api_key": KEY, "base_url": server.base_url, "headers": {"x-mine": "1"}} | settings)
    exchange = Exchange(options, Credential(Secret(KEY), None), clock=time.monotonic, draw=lambda: 0.0)
    return ResultFile(name, url, "md", Fetcher(exchange))


def read_sync(file: ResultFile, **more: Any) -> bytes:
    return file.bytes(**more)


def read_async(file: ResultFile, **more: Any) -> bytes:
    return asyncio.run(file.abytes(**more))


both = pytest.mark.parametrize("read", [pytest.param(read_sync, id="sync"), pytest.param(read_async, id="async")])


# ---- the result


def made(*messages: dict[str, Any]) -> TaskResult:
    record = ResultBuilder(TaskExecutionOptions(), "s1")
    for message in messages:
        record.add(said.event(message))
    return record.finish(Done(TaskState.COMPLETED, answer="42"), 1.0)


def files(*rows: dict[str, Any], kind: str = "file") -> dict[str, Any]:
    return {"type": "rich", "message_id": kind, "message": {"type": kind, "data": list(rows)}}


def test_each_file_is_listed_once_with_what_is_known_of_it() -> None:
    report = {"file_name": "report.md", "url": "https://f.example/1", "extension": ".md"}
    result = made(
        files(report, {"url": "https://f.example/a/chart.png?sig=1"}, {"file_name": "no place"}),
        files(report, {"file_name": "README", "url": "https://f.example/2"}, kind="image"),
    )
    assert [(file.name, file.extension) for file in result.files] == [
        ("report.md", "md"),
        ("chart.png", "png"),
        ("README", ""),
    ]
    assert result.to_dict()["files"][0] == {"name": "report.md", "url": "https://f.example/1", "extension": "md"}


def test_drafts_and_replies_are_whole() -> None:
    reply = {"type": "marketing_tweet_reply", "data": [{"tweet_id": "1", "reply": "Try ours"}]}
    photo = {"url": "https://f.example/p.png", "type": "photo"}
    piece = said.draft("b", "d1", "there", 1)
    piece["message"]["data"]["media"] = [photo]
    result = made(
        said.draft("a", "d1", "Hello ", 0),
        piece,
        {"type": "rich", "message_id": "c", "delta": True, "chunk_id": "r", "message": reply},
        said.stream_end(),
    )
    assert result.drafts == [{"draft_id": "d1", "content": "Hello there", "media": [photo]}]
    assert result.replies == reply["data"]


def test_the_result_of_a_real_task_outlives_its_client(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    with Client(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url) as client:
        result = client.run("Find trends")
    [file] = result.files
    assert file.name == "answer.md"
    assert file.text().startswith("# Find trends")
    assert file.save(tmp_path / "out").read_text("utf-8") == file.text()
    assert "api_key" not in repr(result)
    assert wyseos_emulator.api_key not in repr(result)


def test_what_it_used_is_asked_for_once(wyseos_emulator: Emulator) -> None:
    with Client(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url) as client:
        result = client.run("Find trends")
    used = result.usage
    assert used is not None
    assert used.total_tokens == used.prompt_tokens + used.completion_tokens > 0
    assert used.models == {
        "model_1": {"prompt_tokens": used.prompt_tokens, "completion_tokens": used.completion_tokens}
    }
    assert result.usage is used
    assert Usage(**used.to_dict()) == used


def test_what_it_used_is_awaited_in_an_event_loop(wyseos_emulator: Emulator) -> None:
    async def main() -> TaskResult:
        async with AsyncClient(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url) as client:
            result = await client.run("Find trends")
        assert await result.fetch_usage() is await result.fetch_usage() is not None
        assert (await result.files[0].atext()).startswith("# Find trends")
        return result

    assert asyncio.run(main()).usage is not None


def test_a_service_that_tells_nothing_of_use_is_told_as_none() -> None:
    with RawServer((ok({"session_id": "s1"}), ok({"data": []}))) as server:
        result = TaskResult(session_id="s1", source=file_of(server, "")._source)
        assert result.usage is None
    assert TaskResult().usage is None
    assert asyncio.run(TaskResult().fetch_usage()) is None


def test_a_copy_in_another_process_carries_no_key() -> None:
    with RawServer((http(b"x"),)) as server:
        result = TaskResult(files=[file_of(server, f"{server.base_url}/f")], session_id="s1")
        result = attrs.evolve(result, source=result.files[0]._source)
    packed = pickle.dumps(result)
    copy = pickle.loads(packed)
    assert KEY.encode() not in packed
    assert copy == result
    assert copy.usage is None
    with pytest.raises(SessionExecutionError, match="fetch it from there"):
        copy.files[0].bytes()


# ---- fetching


@both
def test_no_credential_and_no_header_of_ours_goes_to_a_foreign_host(read: Fetch) -> None:
    with RawServer((http(b"whole"),)) as foreign, RawServer((ok(),)) as server:
        assert read(file_of(server, f"{foreign.base_url}/a%20b/ü.md?sig=1&x=ö")) == b"whole"
    [request] = foreign.requests
    assert request.target == "/a%20b/%C3%BC.md?sig=1&x=%C3%B6"
    assert KEY not in request.raw.decode()
    assert "x-mine" not in request.headers
    assert server.requests == []


@both
def test_the_service_itself_is_shown_the_credential_where_it_asks_for_it(read: Fetch) -> None:
    with RawServer((envelope(401, "no", status=401), http(b"whole"))) as server:
        assert read(file_of(server, f"{server.base_url}/f")) == b"whole"
    assert [request.headers.get("x-api-key") for request in server.requests] == [None, KEY]


def test_a_redirect_takes_no_credential_along() -> None:
    with RawServer((http(b"whole"),)) as foreign:
        away = http(status=302, headers={"Location": f"{foreign.base_url}/there"})
        with RawServer((envelope(403, "no", status=403), away)) as server:
            assert file_of(server, f"{server.base_url}/f").bytes() == b"whole"
    assert [request.headers.get("x-api-key") for request in server.requests] == [None, KEY]
    assert KEY not in foreign.requests[0].raw.decode()


def test_a_foreign_host_that_asks_for_it_gets_none() -> None:
    with RawServer((http(b"", 401),)) as foreign, RawServer((ok(),)) as server, pytest.raises(AuthenticationError):
        file_of(server, f"{foreign.base_url}/f").bytes()
    assert len(foreign.requests) == 1


def test_redirects_without_end_are_given_up() -> None:
    again = http(status=301, headers={"Location": "/again"})
    with RawServer((again,)) as server, pytest.raises(APIError, match="redirect"):
        file_of(server, f"{server.base_url}/f").bytes()
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/f",
        "ftp://f.example/f",
        "file:///etc/passwd",
        "http://f.example/f",
        "http://[::1",
        "http://a:b/",
        "https://",
    ],
)
def test_an_address_that_is_none_to_fetch_from_is_refused(url: str) -> None:
    with RawServer((ok(),)) as server, pytest.raises(ValidationError) as caught:
        file_of(server, url).bytes()
    assert caught.value.field == "url"


def test_a_public_service_does_not_lead_to_this_machine() -> None:
    with RawServer((http(b"secret"),)) as here, pytest.raises(ValidationError, match="https://"):
        file_of(here, f"{here.base_url}/f", base_url="https://api.example.com").bytes()
    assert here.requests == []


def cut_body(connection: Connection) -> None:
    connection.send(http(b"ha", length=4))
    connection.close()


@both
def test_it_is_tried_again_from_the_beginning(read: Fetch) -> None:
    told: list[tuple[int, int | None]] = []
    with RawServer((cut_body, http(b"", 503), http(b"whole"))) as server:
        file = file_of(server, f"{server.base_url}/f")
        assert read(file, on_progress=lambda done, total: told.append((done, total))) == b"whole"
    assert told == [(2, 4), (5, 5)]


@pytest.mark.parametrize("status", [408, 425, 429])
def test_it_is_tried_again_where_any_call_is(status: int) -> None:
    with RawServer((http(b"", status), http(b"whole"))) as server:
        assert file_of(server, f"{server.base_url}/f").bytes() == b"whole"


def test_it_is_not_tried_for_ever() -> None:
    with RawServer((http(b"", 503),)) as server, pytest.raises(APIError) as caught:
        file_of(server, f"{server.base_url}/f", max_retries=1).bytes()
    assert (caught.value.status_code, len(server.requests)) == (503, 2)
    with pytest.raises(NetworkError, match="No connection"):
        file_of(server, f"{server.base_url}/f", max_retries=0).bytes()


def test_a_file_that_is_gone_is_not_found() -> None:
    with RawServer((envelope(4203, "gone", status=404),)) as server, pytest.raises(NotFoundError, match="gone"):
        file_of(server, f"{server.base_url}/f").bytes()


def test_an_answer_without_a_file_is_no_file() -> None:
    with RawServer((http(b"", 204),)) as server, pytest.raises(APIError, match="HTTP 204 instead of the file"):
        file_of(server, f"{server.base_url}/f").bytes()


@both
@pytest.mark.parametrize("lies", [False, True])
def test_a_file_that_is_too_large_is_refused(read: Fetch, *, lies: bool) -> None:
    def endless(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 100)
        connection.close()

    script = endless if lies else http(b"x" * 100)
    with RawServer((script,)) as server, pytest.raises(DecodeError) as caught:
        read(file_of(server, f"{server.base_url}/f"), max_size=99)
    assert caught.value.hint == "Raise max_size."


# ---- saving


def saved(folder: Path, name: str, content: bytes = b"x") -> Path:
    with RawServer((http(content),)) as server:
        return file_of(server, f"{server.base_url}/f", name).save(folder)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    names = [saved(tmp_path, name, b"%d" % number).name for number, name in enumerate(["a.md", "a.md", "b", "b"])]
    assert names == ["a.md", "a (2).md", "b", "b (2)"]
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"0", b"1", b"2", b"3"]


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.md").symlink_to(elsewhere)
    assert saved(folder, "a.md").name == "a (2).md"
    assert not elsewhere.exists()


def test_a_saved_file_may_be_read_as_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "usual", saved(tmp_path, "a.md"))}
    assert len(modes) == 1


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with RawServer((cut_body,)) as server, pytest.raises(NetworkError):
        file_of(server, f"{server.base_url}/f", max_retries=0).save(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_saving_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    async def main(server: RawServer) -> None:
        saving = asyncio.create_task(file_of(server, f"{server.base_url}/f").asave(tmp_path))
        await asyncio.to_thread(server.arrived.wait, PATIENCE)
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saving

    with RawServer((Connection.hang,)) as server:
        asyncio.run(main(server))
    assert list(tmp_path.iterdir()) == []


def test_a_saving_can_be_awaited(tmp_path: Path) -> None:
    with RawServer((http(b"whole"),)) as server:
        place = asyncio.run(file_of(server, f"{server.base_url}/f").asave(tmp_path / "a" / "b"))
    assert place.read_bytes() == b"whole"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("answer.md", "answer.md"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("a/", "file"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("a\x00b\n.md", "a_b_.md"),
        ("gpj\u202e.exe", "gpj_.exe"),
        ("what? <1>", "what_ _1_"),
        ("отчёт.md", "отчёт.md"),
        ("\ud800.md", "?.md".replace("?", "_")),
        ("a." + "b" * 300, "a." + "b" * 198),
        ("ю" * 300 + ".md", "ю" * 98 + ".md"),
    ],
)
def test_a_name_of_the_service_is_made_safe(told: str, expected: str) -> None:
    assert safe_name(told) == expected
