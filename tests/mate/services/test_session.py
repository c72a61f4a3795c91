"""`client.session`: what its methods make of answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, ok


@both_faces
def test_messages_tell_whether_there_are_more(ask: Ask) -> None:
    page = {"page_num": 2, "page_size": 1, "total": 3, "total_page": 3, "data": [{"message_id": "m"}]}
    with RawServer((ok(page),)) as server:
        found = ask(lambda client: client.session.get_messages("s", 2, 1), base_url=server.base_url)
    assert (len(found.messages), found.total_count, found.has_next, found.has_prev) == (1, 3, True, True)


@both_faces
def test_messages_between_are_all_there_are(ask: Ask) -> None:
    with RawServer((ok([{"message_id": "a"}, {"message_id": "b"}]),)) as server:
        found = ask(lambda client: client.session.get_between_messages("s", "a", "b"), base_url=server.base_url)
    assert ([message.message_id for message in found.messages], found.total_count) == (["a", "b"], 2)
    assert (found.has_next, found.has_prev) == (False, False)


@both_faces
@pytest.mark.parametrize("data", [{}, {"reply": None}, {"like": []}])
def test_marketing_data_has_all_four_lists(ask: Ask, data: dict[str, Any]) -> None:
    with RawServer((ok(data),)) as server:
        found = ask(lambda client: client.session.get_marketing_data("s"), base_url=server.base_url)
    assert found == {"reply": [], "like": [], "retweet": [], "tweet": []}
