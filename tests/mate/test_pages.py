"""Pages: walking over all items, in order, each once, and no page before it is needed."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.faces import Ask, both_faces
from tests.support.raw_server import Connection, RawServer, ok
from wyseos.generated.api.team import list_teams
from wyseos.generated.models import TeamInfo, TeamPage
from wyseos.mate import AsyncClient, Client, ValidationError
from wyseos.mate.models import GetMessagesResponse, ListOptions, PaginatedResponse
from wyseos.mate.pages import Pages, asked_for, page_of

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


@pytest.mark.parametrize("options", [ListOptions(3, 5), {"page_num": 3, "page_size": 5}, None])
@both_faces
def test_which_page_can_be_told_in_three_ways(ask: Ask, options: Any) -> None:
    more: dict[str, Any] = {"options": options} if options else {"page_num": 3, "page_size": 5}
    lists: list[Callable[[Any], Any]] = [
        lambda c: c.team.get_list("all", **more),
        lambda c: c.agent.get_list("all", **more),
        lambda c: c.user.list_api_keys(**more),
        lambda c: c.user.list_calls(**more),
        lambda c: c.browser.list_browsers("s", **more),
        lambda c: c.browser.list_browser_pages("b", **more),
    ]
    for listed in lists:
        with RawServer((ok({"page_num": 3, "page_size": 5, "total": 0}),)) as server:
            ask(listed, base_url=server.base_url)
        query = server.requests[0].query
        assert (query["page_num"], query["page_size"]) == ("3", "5")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"options": {"page": 2}}, "options.page"),
        ({"options": 3}, "options"),
        ({"options": ListOptions(), "page_size": 5}, "page_size"),
        ({"page_num": 0}, "page_num"),
        ({"options": {"page_size": "5"}}, "page_size"),
    ],
)
def test_a_page_that_can_not_be_asked_for_is_refused(more: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        asked_for(**{"options": None, **more})
    assert caught.value.field == field


@pytest.mark.parametrize(
    "page", [PaginatedResponse(1, 20, 3, 1, ["a", "b", "c"]), GetMessagesResponse(list[Any]("abc"), 3)]
)
def test_a_page_is_iterated_indexed_and_measured(page: Any) -> None:
    assert [*page] == ["a", "b", "c"]
    assert (len(page), page[0], page[-1], page[1:], "b" in page) == (3, "a", "c", ["b", "c"], True)
    assert [*reversed(page)] == ["c", "b", "a"]


def test_a_page_still_reads_as_the_dict_of_its_fields() -> None:
    page = PaginatedResponse(1, 20, 1, 1, ["a"])
    assert dict(page) == page.to_dict() == {"page_num": 1, "page_size": 20, "total": 1, "total_page": 1, "data": ["a"]}
    assert page["total"] == 1
    assert PaginatedResponse(1, 20, 0, 0, [])  # it came, though it is empty


def pages_of(script: Callable[[int, int], dict[str, Any]], **more: Any) -> tuple[list[str], int]:
    """The ids that a walk gives over a service that answers each page as the script says, and how often it asked."""
    with RawServer(
        (lambda c: c.send(ok(script(int(c.request.query["page_num"]), int(c.request.query["page_size"])))),)
    ) as server:
        with Client(api_key="k", base_url=server.base_url) as client:
            found = [team.team_id for team in client.team.iter_list(page_size=10, limit=500, **more)]
        return found, len(server.requests)


def ids(first: int, count: int, most: int = 25) -> list[Row]:
    return [{"team_id": str(n)} for n in range(first, min(first + count, most))]


ODD: dict[str, tuple[Callable[[int, int], dict[str, Any]], int]] = {
    "caps its pages and says so": (lambda n, _: {"data": ids(4 * n - 4, 4), "page_size": 4}, 7),
    "caps its pages and counts them": (lambda n, _: {"data": ids(4 * n - 4, 4), "total_page": 7}, 7),
    "tells no count at all": (lambda n, size: {"data": ids(size * (n - 1), size)}, 3),
    "tells a total of 0": (lambda n, size: {"data": ids(size * (n - 1), size), "total": 0, "total_page": 0}, 3),
    "tells one page always": (lambda n, size: {"data": ids(size * (n - 1), size), "total_page": 1}, 3),
    "has a page without rows": (
        lambda n, size: {"data": [] if n == 2 else ids(size * (n - (n > 2) - 1), size), "total_page": 4},
        4,
    ),
    "counts as it should": (lambda n, size: {"data": ids(size * (n - 1), size), "total": 25, "total_page": 3}, 3),
}


@pytest.mark.parametrize(("script", "requests"), ODD.values(), ids=ODD.keys())
def test_an_odd_service_loses_no_row(script: Callable[[int, int], dict[str, Any]], requests: int) -> None:
    found, asked = pages_of(script)
    assert found == [str(n) for n in range(25)]
    assert asked <= requests


@pytest.mark.parametrize(
    "script",
    [
        lambda n, size: {"data": ids(0, size), "total": 1_000_000, "total_page": 100_000},
        lambda n, size: {"data": ids(0, size)},
        lambda n, size: {"data": [], "total": 1_000_000, "total_page": 100_000},
        lambda n, size: {"data": ids(0, size), "page_num": 1, "total_page": 2},
    ],
    ids=["the same page for ever", "the same page and no count", "no rows for ever", "the second page as the first"],
)
def test_a_walk_ends_where_two_pages_bring_nothing_new(script: Callable[[int, int], dict[str, Any]]) -> None:
    found, asked = pages_of(script)
    assert len(found) in (0, 10)
    assert asked <= 3


# ---- a walk by itself


def new_walk(**more: Any) -> Pages[Any]:
    return Pages(
        lambda num, size: list_teams.call(page_num=num, page_size=size), lambda page: page.rows, lambda row: row, **more
    )


def walked(pages: Pages[Any], *told: Any) -> tuple[list[Any], int]:
    """What a walk gives of pages, and how many it takes."""
    found: list[Any] = []
    taken = 0
    for page in told:
        if pages.next_call() is None:
            break
        taken += 1
        found += pages.receive(page)
    return found, taken


def test_20_rows_are_fetched_at_a_time_from_page_1_on() -> None:
    call = new_walk().next_call()
    assert call is not None
    assert call.query == {"page_num": "1", "page_size": "20"}


def test_a_first_page_without_rows_is_not_the_end_where_more_are_told_of() -> None:
    empty, full = SimpleNamespace(rows=[], total_page=2), SimpleNamespace(rows=["a"], total_page=2)
    assert walked(new_walk(), empty, full) == (["a"], 2)


def test_pages_of_one_row_that_tell_no_count_are_walked_to_their_end() -> None:
    told = [SimpleNamespace(rows=rows) for rows in (["a"], ["b"], [])]
    assert walked(new_walk(page_size=1), *told) == (["a", "b"], 3)


def test_the_same_page_for_ever_is_given_once_also_where_its_rows_have_no_names() -> None:
    nameless: Pages[Any] = Pages(
        lambda num, size: list_teams.call(page_num=num, page_size=size), lambda page: page.rows, lambda row: None
    )
    same = SimpleNamespace(rows=["a", "b"], total_page=100)
    assert walked(nameless, *[same] * 9) == (["a", "b"], 3)


def test_the_last_100_000_rows_are_remembered_and_no_more() -> None:
    pages = new_walk()
    assert len(pages.receive(SimpleNamespace(rows=list(range(100_001))))) == 100_001
    assert pages.receive(SimpleNamespace(rows=[1, 0])) == [0]


# ---- a page by itself


def test_a_page_keeps_what_the_service_told_of_it() -> None:
    told = TeamPage.from_dict({"data": [{"team_id": "t"}], "page_num": 2, "page_size": 7, "total": 9, "total_page": 4})
    page = page_of(told, ListOptions(1, 20))
    assert (page.page_num, page.page_size, page.total, page.total_page) == (2, 7, 9, 4)
    assert [team.team_id for team in page] == ["t"]


@pytest.mark.parametrize(("told", "total", "pages"), [({}, 3, 2), ({"total": 5}, 5, 3), ({"total": 4}, 4, 2)])
def test_what_the_service_did_not_tell_of_a_page_follows_from_what_was_asked_for(
    told: dict[str, Any], total: int, pages: int
) -> None:
    rows = [{"team_id": str(number)} for number in range(3)]
    page = page_of(TeamPage.from_dict({"data": rows, **told}), ListOptions(4, 2))
    assert (page.page_num, page.page_size, page.total, page.total_page) == (4, 2, total, pages)


def test_a_page_that_holds_nothing_at_all_is_empty() -> None:
    assert page_of(TeamPage.from_dict({}), ListOptions()) == PaginatedResponse(1, 20, 0, 0, [])


def test_a_row_is_written_as_it_came_with_what_this_version_does_not_know() -> None:
    row = {"team_id": "t", "brand_new": {"a": 1}}
    assert PaginatedResponse(1, 20, 1, 1, [TeamInfo.from_dict(row)]).to_dict()["data"] == [row]


@pytest.mark.parametrize(("num", "size"), [(1, 1), (1, 100), (10**9, 20)])
def test_the_ends_of_a_range_are_in_it(num: int, size: int) -> None:
    assert ListOptions(num, size).to_dict() == {"page_num": num, "page_size": size}


@pytest.mark.parametrize(
    ("make", "message", "field"),
    [
        (lambda: ListOptions(0), "page_num must be a whole number of at least 1, not 0", "page_num"),
        (lambda: ListOptions(1, 101), "page_size must be a whole number from 1 to 100, not 101", "page_size"),
        (lambda: new_walk(limit=-1), "limit must be a whole number of at least 0, not -1", "limit"),
        (
            lambda: asked_for(ListOptions(), page_num=2),
            "page_num is given beside options; give one of the two",
            "page_num",
        ),
        (
            lambda: asked_for("2"),  # type: ignore[arg-type]  # what a person may well try
            "options is of type str; give ListOptions(page_num=…, page_size=…) or a dict of them",
            "options",
        ),
        (
            lambda: asked_for({"page": 2}),
            "options has no 'page'; give page_num and page_size",
            "options.page",
        ),
    ],
)
def test_a_page_that_can_not_be_asked_for_is_refused_in_words(
    make: Callable[[], object], message: str, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        make()
    assert (refused.value.message, refused.value.field) == (message, field)
