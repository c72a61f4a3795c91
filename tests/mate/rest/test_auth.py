"""Which credential is shown, and whether another one is the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, http, ok
from wyseos.mate.errors import AuthenticationError
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.rest.auth import Credential
from wyseos.mate.settings.secret import Secret

ASK = lambda: "asked"  # noqa: E731


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        (("key", None), (None, None), True),
        (("key", None), ("key", None), True),
        (("key", None), ("another", None), False),
        (("key", None), (None, "token"), False),
        (("key", "token"), ("key", "token"), True),
        (("key", "token"), (None, "token"), True),
        (("key", "token"), ("key", None), False),
        (("key", ASK), ("key", "asked"), True),
        (("key", ASK), ("key", None), False),
        ((None, ASK), (None, ASK), True),
        ((None, "token"), (None, ASK), False),
        (("key", None), ("another", ASK), False),
    ],
)
def test_a_credential_knows_what_came_from_it(mine: Any, other: Any, expected: bool) -> None:
    assert made(*mine).holds(made(*other)) == expected


def made(api_key: str | None, token: Any) -> Credential:
    return Credential(Secret(api_key) if api_key else None, Secret(token) if isinstance(token, str) else token)


# A token that is asked for.


@both_faces
def test_a_token_function_is_asked_once_and_again_after_a_401(ask: Ask) -> None:
    tokens = iter(["first", "second", "third"])
    rows = [{"team_id": "1"}, {"team_id": "2"}]
    pages = [ok({"total": 2, "data": [row]}) for row in rows]
    with RawServer((pages[0], http(status=401), pages[1])) as server:
        ask(
            lambda client: client.team.iter_list(page_size=1),
            base_url=server.base_url,
            api_key=None,
            jwt_token=lambda: next(tokens),
        )
    assert [request.headers["authorization"] for request in server.requests] == ["first", "first", "second"]


def test_a_token_that_another_thread_has_renewed_meanwhile_is_kept() -> None:
    tokens = iter(["first", "second", "third"])
    credential = Credential(None, lambda: next(tokens))
    refused = credential.header()[1]
    renewed = []
    for _ in range(2):  # both threads sent the first one, and both were refused
        credential.renew(refused)
        renewed.append(credential.header()[1].reveal())
    assert renewed == ["second", "second"]


@both_faces
def test_a_token_that_is_refused_twice_is_an_error(ask: Ask) -> None:
    asked: list[int] = []

    def token() -> str:
        asked.append(1)
        return "token"

    with RawServer((http(status=401),)) as server, pytest.raises(AuthenticationError):
        ask(
            lambda client: client.session.create(CreateSessionRequest("Write")),
            base_url=server.base_url,
            api_key=None,
            jwt_token=token,
        )
    assert (len(server.requests), len(asked)) == (2, 2)
