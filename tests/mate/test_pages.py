"""Pages: walking over all items, in order, each once, and no page before it is needed."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.faces import Ask, both_faces
from tests.support.raw_server import Connection, RawServer, ok
from wyseos.generated.api.team import list_teams
from wyseos.mate import AsyncClient, Client, ValidationError
from wyseos.mate.models import ListOptions, PaginatedResponse
from wyseos.mate.pages import Pages

Row = dict[str, Any]


def serve_list(rows: list[Row], name: str = "data", on_request: Callable[[list[Row]], None] | None = None) -> Any:
    """A script that serves a list by its pages; the list may change before a page is cut from it."""

    def serve(connection: Connection) -> None:
        if on_request:
            on_request(rows)
        query = connection.request.query
        num, size = int(query["page_num"]), int(query["page_size"])
        page = {"page_num": num, "page_size": size, "total": len(rows), name: rows[(num - 1) * size : num * size]}
        connection.send(ok(page))

    return serve


# Every paged endpoint: how it is walked, the field of its items, the name of their id.
WALKS: list[tuple[Callable[..., Any], str, str]] = [
    (lambda c, **more: c.team.iter_list(**more), "data", "team_id"),
    (lambda c, **more: c.agent.iter_list(**more), "data", "agent_id"),
    (lambda c, **more: c.user.iter_api_keys(**more), "data", "id"),
    (lambda c, **more: c.user.iter_calls(**more), "data", "session_id"),
    (lambda c, **more: c.session.iter_messages("s", **more), "data", "message_id"),
    (lambda c, **more: c.browser.iter_browsers("s", **more), "browsers", "browser_id"),
    (lambda c, **more: c.browser.iter_browser_pages("b", **more), "pages", "page_id"),
]


@both_faces
@pytest.mark.parametrize(("walk", "field", "key"), WALKS)
@pytest.mark.parametrize("count", [0, 1, 4, 5])
def test_every_paged_endpoint_is_walked_to_its_end(ask: Ask, walk: Any, field: str, key: str, count: int) -> None:
    rows = [{key: index} for index in range(1, count + 1)]
    with RawServer((serve_list(rows, field),)) as server:
        items = ask(lambda client: walk(client, page_size=2), base_url=server.base_url)
    assert [str(getattr(item, key)) for item in items] == [str(index) for index in range(1, count + 1)]
    assert len(server.requests) == max(1, (count + 1) // 2)


@both_faces
def test_rows_that_are_added_meanwhile_are_neither_doubled_nor_do_they_hide_others(ask: Ask) -> None:
    """The newest come first, and one is added before each page: every page repeats the end of the one before."""
    numbers = itertools.count(6)
    rows = [{"team_id": str(number)} for number in (5, 4, 3, 2, 1)]

    def add(rows: list[Row]) -> None:
        rows.insert(0, {"team_id": str(next(numbers))})

    with RawServer((serve_list(rows, on_request=add),)) as server:
        items = ask(lambda client: client.team.iter_list(page_size=2), base_url=server.base_url)
    assert [item.team_id for item in items] == ["6", "5", "4", "3", "2", "1"]


def test_pages_are_fetched_only_as_they_are_consumed() -> None:
    rows = [{"team_id": str(number)} for number in range(9)]
    with RawServer((serve_list(rows),)) as server, Client(api_key="k", base_url=server.base_url) as client:
        teams = client.team.iter_list(page_size=2)
        assert len(server.requests) == 0
        taken = [next(teams).team_id, next(teams).team_id]
        assert (taken, len(server.requests)) == (["0", "1"], 1)
        next(teams)
        assert len(server.requests) == 2


def test_pages_are_fetched_only_as_they_are_consumed_asynchronously() -> None:
    rows = [{"team_id": str(number)} for number in range(9)]

    async def main(base_url: str) -> list[str]:
        async with AsyncClient(api_key="k", base_url=base_url) as client:
            teams = client.team.iter_list(page_size=2)
            return [(await anext(teams)).team_id for _ in range(2)]

    with RawServer((serve_list(rows),)) as server:
        assert asyncio.run(main(server.base_url)) == ["0", "1"]
    assert len(server.requests) == 1


@both_faces
@pytest.mark.parametrize(("limit", "requests"), [(0, 0), (1, 1), (2, 1), (3, 2), (99, 5)])
def test_a_limit_ends_the_walk_and_fetches_no_page_too_many(ask: Ask, limit: int, requests: int) -> None:
    rows = [{"team_id": str(number)} for number in range(9)]
    with RawServer((serve_list(rows),)) as server:
        items = ask(lambda client: client.team.iter_list(limit=limit, page_size=2), base_url=server.base_url)
    assert (len(items), len(server.requests)) == (min(limit, 9), requests)


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(1, 7), st.booleans(), st.one_of(st.none(), st.integers(0, 40)))
def test_whatever_the_sizes_each_item_comes_once_and_in_order(
    count: int, size: int, tells_total: bool, limit: int | None
) -> None:
    class Page:
        def __init__(self, rows: list[int]) -> None:
            self.rows = rows
            self.total = count if tells_total else None

    pages: Pages[int] = Pages(
        lambda num, size: list_teams.call(page_num=num, page_size=size),
        rows=lambda page: page.rows,
        key=lambda row: row,
        limit=limit,
        page_size=size,
    )
    found: list[int] = []
    while (call := pages.next_call()) is not None:
        end = int(call.query["page_num"]) * size
        found += pages.receive(Page(list(range(count))[end - size : end]))
    assert found == list(range(count))[:limit]


@both_faces
def test_items_without_an_id_all_come(ask: Ask) -> None:
    with RawServer((serve_list([{"name": "a"}, {"name": "a"}]),)) as server:
        items = ask(lambda client: client.team.iter_list(), base_url=server.base_url)
    assert [item.name for item in items] == ["a", "a"]


@pytest.mark.parametrize("more", [{"limit": -1}, {"page_size": 0}, {"page_size": 101}, {"limit": True}])
def test_bad_limits_are_told_before_anything_is_sent(more: dict[str, Any]) -> None:
    with Client(api_key="k") as client, pytest.raises(ValidationError):
        client.team.iter_list(**more)


@pytest.mark.parametrize(("num", "size"), [(0, 20), (-1, 20), (1, 0), (1, 101), (1.0, 20), ("1", 20), (True, 20)])
def test_list_options_are_checked(num: Any, size: Any) -> None:
    with pytest.raises(ValidationError, match="must be a whole number"):
        ListOptions(num, size)


def test_pages_are_plain_to_make_and_compare() -> None:
    assert (ListOptions().page_num, ListOptions().page_size) == (1, 20)
    assert PaginatedResponse(1, 20, 0, 0) == PaginatedResponse(page_num=1, page_size=20, total=0, total_page=0, data=[])
