"""The REST half: who is let in, what is refused, and what every answer carries."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection

import httpx
import pytest

from tests.mate.emulator import outsiders
from tests.mate.emulator.outsiders import data, refusal
from wyseos.mate.emulator import Emulator

# ---- who asks


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-api-key": "wrong"},
        {"Authorization": "wrong"},
        {"Authorization": "Bearer {jwt}"},
        {"x-api-key": "{jwt}"},
        {"x-api-key": "{key}", "Authorization": "wrong"},
    ],
)
def test_a_request_without_a_right_key_is_refused_with_401(emulator: Emulator, headers: dict[str, str]) -> None:
    shown = {name: value.format(jwt=emulator.jwt_token, key=emulator.api_key) for name, value in headers.items()}
    assert refusal(httpx.get(f"{emulator.base_url}/team/lists", headers=shown)) == (401, 401)


def test_a_key_in_the_query_is_not_enough_for_rest(emulator: Emulator) -> None:
    # Not by httpx, which would tell the key to its log.
    connection = HTTPConnection(emulator.base_url.removeprefix("http://"), timeout=outsiders.PATIENCE)
    with closing(connection):
        connection.request("GET", f"/team/lists?api_key={emulator.api_key}")
        assert connection.getresponse().status == 401


def test_the_jwt_is_accepted_as_it_is(emulator: Emulator) -> None:
    assert (
        data(httpx.get(f"{emulator.base_url}/team/lists", headers={"Authorization": emulator.jwt_token}))["total"] == 3
    )


# ---- the border


@pytest.mark.parametrize(
    "path",
    [
        "/session/info/x",
        "/session/message/lists?session_id=x",
        "/session/marketing/data/x",
        "/team/info/x",
        "/agent/info/x",
        "/browser/info/x",
        "/browser/page/lists?browser_id=x",
        "/dashboard/product/candidates/x/info",
        "/dashboard/report/info/x",
        "/dashboard/product/query/results/x/lists",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str) -> None:
    assert refusal(client.get(path)) == (404, 4203)


def test_a_wrong_method_is_told_which_are_right(client: httpx.Client) -> None:
    answer = client.delete("/session/create")
    assert (refusal(answer), answer.headers["allow"]) == ((405, 4000), "POST")


def test_every_answer_carries_an_id_of_its_own(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("status", skip=1)
    answers = [client.get("/team/lists"), client.get("/team/lists"), client.get("/team/info/x")]
    assert [answer.status_code for answer in answers] == [200, 503, 404]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 3
