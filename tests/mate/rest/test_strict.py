"""The `strict` option turns each forgiveness into an error, and costs nothing when it is off."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, ok
from wyseos.generated.models import SessionInfo, TeamInfo
from wyseos.mate.errors import DecodeError
from wyseos.mate.rest.strict import departures

GOOD = {
    "session_id": "s",
    "status": "active",
    "task": [{"role": "user", "content": "Write"}],
    "created_at": "2026-01-02T03:04:05Z",
    "duration": 3,
    "extra": {"anything": [1]},
    "name": None,
}


def test_what_keeps_to_the_schema_has_no_departures() -> None:
    assert list(departures(SessionInfo.from_dict(GOOD), "data")) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"new": 1}, "data.new is unknown"),
        ({"session_id": None}, "data.session_id is null"),
        ({"session_id": 7}, "data.session_id is not readable as documented: 7"),
        ({"created_at": ""}, "data.created_at is not readable as documented: ''"),
        ({"duration": "3"}, "data.duration is not readable as documented: '3'"),
        ({"status": "released"}, "data.status has the unknown value 'released'"),
        ({"extra": "text"}, "data.extra is not readable as documented: 'text'"),
        ({"task": [1, {"role": "user"}]}, "data.task is not readable as documented: [1, {'role': 'user'}]"),
        ({"task": [{"role": "user", "content": 5}]}, "data.task[0].content is not readable as documented: 5"),
        ({"task_result": '{"content": "x"}'}, 'data.task_result is not readable as documented: \'{"content": "x"}\''),
    ],
)
def test_each_forgiveness_is_told_with_its_place(change: dict[str, Any], told: str) -> None:
    assert list(departures(SessionInfo.from_dict(GOOD | change), "data")) == [told]


def test_a_missing_field_that_the_schema_promises_is_told() -> None:
    assert list(departures(SessionInfo.from_dict({}), "data")) == ["data.session_id is missing"]


def test_a_whole_number_where_a_float_is_documented_is_no_departure() -> None:
    team = TeamInfo.from_dict({"team_id": "t", "parameters": {"temperature": 0}})
    assert list(departures(team, "data")) == []


@both_faces
def test_a_strict_client_raises_what_others_forgive(ask: Ask) -> None:
    odd = GOOD | {"status": "released", "new": 1, "created_at": ""}
    with RawServer((ok(odd),)) as server:
        forgiven = ask(lambda client: client.session.get_info("s"), base_url=server.base_url)
        with pytest.raises(DecodeError, match="departs from its schema") as caught:
            ask(lambda client: client.session.get_info("s"), base_url=server.base_url, strict=True)
    assert forgiven.status == "released"
    assert len(server.requests) == 2
    assert caught.value.details == {
        "endpoint": "GET /session/info/{session_id}",
        "departures": [
            "data.new is unknown",
            "data.status has the unknown value 'released'",
            "data.created_at is not readable as documented: ''",
        ],
    }


@both_faces
def test_a_strict_client_takes_a_good_answer_of_each_shape(ask: Ask) -> None:
    with RawServer((ok([{"category": {"id": 1, "zh": "z", "en": "e", "en_desc": "d", "level": 1}}]),)) as server:
        found = ask(lambda client: client.product.get_categories(), base_url=server.base_url, strict=True)
    assert found[0].category.en == "e"
