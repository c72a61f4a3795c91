"""What the schema does not allow is refused."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.mate.emulator.outsiders import refusal
from wyseos.mate.emulator import Emulator


@pytest.mark.parametrize(
    ("method", "path", "options", "where", "field"),
    [
        ("POST", "/session/create", {"json": {}}, "create_session", "task"),
        ("POST", "/session/create", {"json": {"task": 5}}, "create_session", "task"),
        ("POST", "/session/create", {"content": "{"}, "create_session", ""),
        ("POST", "/session/create", {"content": '{"task": NaN}'}, "create_session", ""),
        ("POST", "/session/create", {"content": '{"task": "x", "extra": {"n": -1e999}}'}, "create_session", ""),
        ("POST", "/session/create", {"content": "[" * 100_000}, "create_session", ""),
        ("GET", "/team/lists?page_size=101", {}, "list_teams", "page_size"),
        ("GET", "/team/lists?page_num=two", {}, "list_teams", "page_num"),
        ("GET", "/team/lists?size=1", {}, "list_teams", "size"),
        ("GET", "/session/message/lists", {}, "list_messages", "session_id"),
        ("GET", "/session/message/lists?session_id=x&sort_order=up", {}, "list_messages", "sort_order"),
        ("GET", "/session/message/lists?session_id=x&from_timestamp=today", {}, "list_messages", "from_timestamp"),
        ("GET", "/user/call/lists?start_date=01.06.2025", {}, "list_calls", "start_date"),
        ("DELETE", "/user/apikey/delete/one", {}, "delete_api_key", "id"),
    ],
)
def test_what_the_schema_does_not_allow_is_refused_with_4000_and_the_field(
    emulator: Emulator, client: httpx.Client, method: str, path: str, options: Any, where: str, field: str
) -> None:
    answer = client.request(method, path, **options)

    (violation,) = emulator.violations
    assert refusal(answer) == (400, 4000)
    assert answer.json()["msg"].startswith(field)
    assert (violation.where, violation.field) == (where, field)
