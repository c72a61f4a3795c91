"""The raw way, sync and async, with no line of the hand-written client, against the emulator over real sockets."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from wyseos.generated.api.browser import list_browsers
from wyseos.generated.api.session import (
    create_session,
    get_session,
    list_messages,
    update_session_name,
    upload_files,
)
from wyseos.generated.api.team import get_team, list_teams
from wyseos.generated.api.user import create_api_key, delete_api_key, list_api_keys
from wyseos.generated.models import CreateAPIKeyRequest, CreateSessionRequest, SessionInfo, UpdateSessionNameRequest
from wyseos.runtime import codec
from wyseos.runtime.call import FilePart
from wyseos.runtime.client import Client
from wyseos.runtime.errors import DecodeError, UnexpectedAnswer, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wyseos.mate.emulator import Emulator


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client


def make_session(client: Client) -> str:
    return create_session.sync(client=client, body=CreateSessionRequest(task="Draft it")).session_id


def test_an_endpoint_is_called_and_its_data_comes_as_a_model(client: Client, wyseos_emulator: Emulator) -> None:
    found = get_session.sync(client=client, session_id=make_session(client))

    assert isinstance(found, SessionInfo)
    assert [(message.role, message.content) for message in found.task or []] == [("user", "Draft it")]
    assert wyseos_emulator.violations == []


async def test_an_endpoint_is_awaited_with_the_same_client(wyseos_emulator: Emulator) -> None:
    async with Client(wyseos_emulator.base_url, jwt_token=wyseos_emulator.jwt_token) as client:
        made = await create_session.asyncio(client=client, body=CreateSessionRequest(task="Draft it"))
        found = await get_session.asyncio(client=client, session_id=made.session_id)
        answer = await client.asend(get_session.call(made.session_id))

    assert (made.session_id, answer.parsed) == (found.session_id, found)
    assert wyseos_emulator.violations == []


def test_the_whole_answer_tells_what_the_data_was_parsed_from(client: Client) -> None:
    answer = client.send(list_teams.call(page_size=1))

    assert (answer.status_code, answer.code) == (200, 0)
    assert answer.headers["content-type"].startswith("application/json")
    assert codec.loads(answer.content)["data"] == answer.parsed.to_dict()
    assert "content=b" not in repr(answer)


def test_a_call_is_made_once_and_sent_by_anyone(client: Client) -> None:
    call = list_teams.call(page_num=2, page_size=3)

    assert (call.operation.method, call.path, call.query) == ("GET", "/team/lists", {"page_num": "2", "page_size": "3"})
    assert client.send(call).parsed == client.send(call).parsed


def test_an_answer_without_data_is_none(client: Client) -> None:
    session_id = make_session(client)
    call = update_session_name.call(session_id, UpdateSessionNameRequest(session_id=session_id, title="New"))

    assert client.send(call).parsed is None
    assert get_session.sync(client=client, session_id=session_id).name == "New"


def test_a_key_is_made_listed_and_deleted(client: Client) -> None:
    create_api_key.sync(client=client, body=CreateAPIKeyRequest(name="raw"))
    made = next(key for key in list_api_keys.sync(client=client).data if key.name == "raw")

    assert isinstance(delete_api_key.sync(client=client, id=int(made.id or 0)), dict)
    assert "raw" not in [key.name for key in list_api_keys.sync(client=client).data]


FORGED = b'\r\n--+++\r\nContent-Disposition: form-data; name="session_id"\r\n\r\nforged\r\n--+++--\r\n'


def test_a_files_content_can_not_forge_a_field_of_its_form(client: Client, wyseos_emulator: Emulator) -> None:
    files = [FilePart('a "quoted"\nname.txt', FORGED, "text/plain"), FilePart("ü.bin", b"\x00\xff")]
    found = upload_files.sync(client=client, files=files)

    assert len(found) == 2
    assert httpx.get(found[0].file_url or "").content == FORGED
    assert wyseos_emulator.violations == []


@pytest.mark.parametrize("tail", [b"--", b"--\r\n", b"\r\n--boundary--\r\n" * 3, bytes(range(256))])
def test_a_files_content_arrives_byte_for_byte(client: Client, tail: bytes) -> None:
    [found] = upload_files.sync(client=client, files=[FilePart("a.bin", FORGED + tail)])

    assert FORGED + tail == httpx.get(found.file_url or "").content


@pytest.mark.parametrize("secret", ["a\r\nX-Injected: 1", "a\nb", "a\x00b", "schlüssel"])
@pytest.mark.parametrize("name", ["api_key", "jwt_token"])
def test_a_secret_that_would_inject_a_header_is_refused_and_not_quoted(name: str, secret: str) -> None:
    arguments: dict[str, Any] = {name: secret}

    with pytest.raises(ValidationError) as caught:
        Client("http://127.0.0.1:9", **arguments)

    assert name == caught.value.field
    assert secret not in str(caught.value)


def test_a_client_does_not_show_its_secrets() -> None:
    client = Client("http://127.0.0.1:9", api_key="canary", jwt_token="canary", httpx_args={"headers": {"x": "canary"}})

    assert "canary" not in repr(client)


def test_a_token_goes_alone_where_both_are_given(wyseos_emulator: Emulator) -> None:
    with Client(wyseos_emulator.base_url, api_key="wrong", jwt_token=wyseos_emulator.jwt_token) as client:
        assert list_teams.sync(client=client, page_size=1).page_size == 1


def test_headers_of_ones_own_go_beside_the_key(wyseos_emulator: Emulator) -> None:
    seen: list[httpx.Headers] = []
    more = {"headers": {"x-mine": "1"}, "event_hooks": {"request": [lambda request: seen.append(request.headers)]}}
    with Client(wyseos_emulator.base_url, api_key=wyseos_emulator.api_key, httpx_args=more) as client:
        list_teams.sync(client=client)

    assert [("1", wyseos_emulator.api_key)] == [(headers["x-mine"], headers["x-api-key"]) for headers in seen]


def test_a_refused_key_is_told_with_status_and_operation(wyseos_emulator: Emulator) -> None:
    with (
        Client(wyseos_emulator.base_url, api_key="wrong") as client,
        pytest.raises(UnexpectedAnswer) as caught,
    ):
        list_teams.sync(client=client)

    assert caught.value.status_code == 401
    assert str(caught.value).startswith("GET /team/lists failed: ")
    assert "wrong" not in str(caught.value)


def test_an_error_under_http_200_is_told_with_its_code(client: Client, wyseos_emulator: Emulator) -> None:
    wyseos_emulator.fault("status", status=200, code=4202, msg="too many tasks")

    with pytest.raises(UnexpectedAnswer) as caught:
        list_teams.sync(client=client)

    assert (caught.value.status_code, caught.value.code) == (200, 4202)
    assert str(caught.value) == "GET /team/lists failed: too many tasks (code 4202, HTTP status 200)"


@pytest.mark.parametrize("status", [502, 520, 599])
def test_a_proxys_html_page_is_told_with_its_start(client: Client, wyseos_emulator: Emulator, status: int) -> None:
    wyseos_emulator.fault("status", status=status, html=True)

    with pytest.raises(UnexpectedAnswer) as caught:
        list_teams.sync(client=client)

    assert status == caught.value.status_code
    assert "GET /team/lists answered with no envelope: '<" in str(caught.value)
    assert len(str(caught.value)) < 400


def test_what_is_not_json_under_http_200_is_told(client: Client, wyseos_emulator: Emulator) -> None:
    wyseos_emulator.fault("not_json", text="[1, 2]")

    with pytest.raises(UnexpectedAnswer, match="answered with no envelope"):
        list_teams.sync(client=client)


def test_data_of_another_shape_is_a_decode_error(client: Client, wyseos_emulator: Emulator) -> None:
    wyseos_emulator.fault("wrong_shape", data=[1])

    with pytest.raises(DecodeError, match="the answer's data should be an object, but is a list"):
        list_teams.sync(client=client)


def test_a_redirect_is_an_error_and_is_not_followed(client: Client, wyseos_emulator: Emulator) -> None:
    wyseos_emulator.fault("redirect")

    with pytest.raises(UnexpectedAnswer) as caught:
        list_teams.sync(client=client)

    assert caught.value.status_code == 307


@pytest.mark.parametrize("session_id", ["", ".", "..", "a\nb"])
def test_an_id_that_would_leave_its_path_is_refused_before_anything_is_sent(session_id: str) -> None:
    with pytest.raises(ValidationError, match="session_id"):
        get_session.call(session_id)


def test_an_id_with_a_slash_stays_in_its_place(client: Client) -> None:
    call = get_team.call("../user/apikey/lists?x=1#y")

    assert call.path == "/team/info/..%2Fuser%2Fapikey%2Flists%3Fx%3D1%23y"
    with pytest.raises(UnexpectedAnswer, match=r"GET /team/info/\{team_id\} failed"):
        client.send(call)


@pytest.mark.parametrize(
    ("call", "arguments", "message"),
    [
        (list_teams.call, {"page_size": 101}, "page_size is 101; give a whole number from 1 to 100"),
        (list_browsers.call, {"session_id": ""}, "session_id is empty; give a string of at least 1 character"),
        (
            list_messages.call,
            {"session_id": "s", "sort_order": "up"},
            "sort_order is 'up'; give a string: 'ASC', 'DESC'",
        ),
        (
            create_session.call,
            {"body": ["task"]},
            "body is of type list; give a CreateSessionRequest, or a dict of its fields",
        ),
        (upload_files.call, {"files": []}, "files is empty; give a list of FilePart of at least 1 element"),
    ],
)
def test_an_argument_that_can_not_be_sent_is_refused_before_anything_is_sent(
    call: Any, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        call(**arguments)

    assert message == str(caught.value)


async def test_closing_twice_or_unused_does_nothing(wyseos_emulator: Emulator) -> None:
    client = Client(wyseos_emulator.base_url, api_key=wyseos_emulator.api_key)
    client.close()
    await client.aclose()
    list_teams.sync(client=client)
    client.close()
    client.close()

    assert list_teams.sync(client=client).page_num == 1
    client.close()


@pytest.mark.parametrize("credential", ["api_key", "jwt_token"])
def test_security_03_a_credential_does_not_go_in_the_clear_without_a_word(credential: str) -> None:
    given: dict[str, Any] = {credential: "canary"}
    with pytest.raises(ValidationError, match="in the clear: use https://") as refused:
        Client("http://api.example.com", **given)
    assert (refused.value.field, "canary" in str(refused.value)) == ("base_url", False)
    Client("http://api.example.com")  # nothing to protect
    Client("http://api.example.com", allow_insecure=True, **given)
    Client("http://127.0.0.1:8000", **given)


def packed(size: int) -> httpx.MockTransport:
    """A service whose answers unpack to that many bytes."""
    bomb = gzip.compress(b" " * size)
    return httpx.MockTransport(lambda request: httpx.Response(200, headers={"content-encoding": "gzip"}, content=bomb))


async def test_security_08_an_answer_is_unpacked_only_up_to_the_limit() -> None:
    client = Client("http://127.0.0.1:9", max_response_size=2**20, httpx_args={"transport": packed(2**26)})
    with pytest.raises(UnexpectedAnswer, match="more than 1048576 bytes"):
        list_teams.sync(client=client)
    with pytest.raises(UnexpectedAnswer, match="more than 1048576 bytes"):
        await list_teams.asyncio(client=client)
    client.close()
    await client.aclose()
