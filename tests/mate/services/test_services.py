"""Each method of each service: what it sends, and what it makes of the answer, for both clients."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.support.faces import Ask, both_faces, call_sync
from tests.support.raw_server import RawServer, ok
from wyseos.mate import APIError, AsyncClient, Client, ValidationError
from wyseos.mate.models import (
    CreateProductRequest,
    CreateSessionRequest,
    ListOptions,
    MessageFilter,
    ProductAttachment,
    UpdateSessionNameRequest,
)

EMPTY_PAGE = {"page_num": 3, "page_size": 5, "total": 0, "total_page": 0, "data": []}


PAGE_3 = ListOptions(3, 5)


ON_PAGE_3 = {"page_num": "3", "page_size": "5"}


FILTER = MessageFilter("user", "hello", datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC))


SERVICES = ("agent", "browser", "file_upload", "marketing", "product", "session", "team", "user")


# What is called, the data it is answered with, and what is to arrive: method and path, query, JSON.
CALLS: list[tuple[str, Callable[[Any], Any], Any, str, dict[str, str], Any]] = [
    (
        "create",
        lambda c: c.session.create(CreateSessionRequest("Write", mode="marketing", extra={"a": 1})),
        {"session_id": "s"},
        "POST /session/create",
        {},
        {"task": "Write", "mode": "marketing", "extra": {"a": 1}},
    ),
    ("get_info", lambda c: c.session.get_info("s"), {"session_id": "s"}, "GET /session/info/s", {}, None),
    (
        "get_messages",
        lambda c: c.session.get_messages("s", 3, 5, FILTER, sort_order="DESC"),
        EMPTY_PAGE,
        "GET /session/message/lists",
        {
            "session_id": "s",
            **ON_PAGE_3,
            "sort_order": "DESC",
            "role": "user",
            "content": "hello",
            "from_timestamp": "2026-01-02T00:00:00+00:00",
            "to_timestamp": "2026-01-03T00:00:00+00:00",
        },
        None,
    ),
    (
        "get_between_messages",
        lambda c: c.session.get_between_messages("s", "a", "b"),
        [],
        "GET /session/message/between",
        {"session_id": "s", "from_message_id": "a", "to_message_id": "b"},
        None,
    ),
    (
        "get_marketing_data",
        lambda c: c.session.get_marketing_data("s", "like"),
        {},
        "GET /session/marketing/data/s",
        {"type": "like"},
        None,
    ),
    (
        "update_session_name",
        lambda c: c.session.update_session_name(UpdateSessionNameRequest("s", "Title")),
        None,
        "PUT /session/info/s",
        {},
        {"session_id": "s", "title": "Title"},
    ),
    ("list_current", lambda c: c.session.list_current("api"), [], "GET /session/current", {"platform": "api"}, None),
    (
        "teams of a type",
        lambda c: c.team.get_list("user", PAGE_3),
        EMPTY_PAGE,
        "GET /team/lists",
        {"team_type": "user", **ON_PAGE_3},
        None,
    ),
    ("teams", lambda c: c.team.get_list(), EMPTY_PAGE, "GET /team/lists", {"page_num": "1", "page_size": "20"}, None),
    ("team", lambda c: c.team.get_info("t"), {"team_id": "t"}, "GET /team/info/t", {}, None),
    (
        "agents of a type",
        lambda c: c.agent.get_list("x", PAGE_3),
        EMPTY_PAGE,
        "GET /agent/lists",
        {"agent_type": "x", **ON_PAGE_3},
        None,
    ),
    ("agent", lambda c: c.agent.get_info("a"), {"agent_id": "a"}, "GET /agent/info/a", {}, None),
    ("keys", lambda c: c.user.list_api_keys(PAGE_3), EMPTY_PAGE, "GET /user/apikey/lists", ON_PAGE_3, None),
    ("new key", lambda c: c.user.create_api_key("ci"), {"api_key": "k"}, "POST /user/apikey/new", {}, {"name": "ci"}),
    ("delete key", lambda c: c.user.delete_api_key(7), {}, "DELETE /user/apikey/delete/7", {}, None),
    (
        "credit history",
        lambda c: c.user.list_calls(
            PAGE_3,
            platform="api",
            api_key_name="ci",
            start_date=date(2026, 1, 2),
            end_date=date(2026, 1, 3),
            order_field="total_cost",
            order="desc",
            status="fail",
        ),
        EMPTY_PAGE,
        "GET /user/call/lists",
        {
            **ON_PAGE_3,
            "platform": "api",
            "api_key_name": "ci",
            "start_date": "2026-01-02",
            "end_date": "2026-01-03",
            "order_field": "total_cost",
            "order": "desc",
            "status": "fail",
        },
        None,
    ),
    ("filter values", lambda c: c.user.get_call_filter_values(), {}, "GET /user/call/filter_values", {}, None),
    ("browser", lambda c: c.browser.get_info("b"), {"browser_id": "b"}, "GET /browser/info/b", {}, None),
    (
        "browsers",
        lambda c: c.browser.list_browsers("s", PAGE_3),
        {"browsers": [], "total": 0},
        "GET /browser/lists",
        {"session_id": "s", **ON_PAGE_3},
        None,
    ),
    (
        "browser pages",
        lambda c: c.browser.list_browser_pages("b", PAGE_3),
        {"pages": [], "total": 0},
        "GET /browser/page/lists",
        {"browser_id": "b", **ON_PAGE_3},
        None,
    ),
    ("release", lambda c: c.browser.release_browser("b"), None, "DELETE /browser/release/b", {}, None),
    (
        "product",
        lambda c: c.product.create(CreateProductRequest("Lamp", attachments=[ProductAttachment("a.txt", "https://u")])),
        {"product_id": 7},
        "POST /dashboard/product/create",
        {},
        {"product": "Lamp", "attachments": [{"file_name": "a.txt", "file_url": "https://u"}]},
    ),
    (
        "product info",
        lambda c: c.product.get_info(7),
        {"product_id": "7"},
        "GET /dashboard/product/candidates/7/info",
        {},
        None,
    ),
    ("report", lambda c: c.product.get_report("r"), {"report_id": "r"}, "GET /dashboard/report/info/r", {}, None),
    ("categories", lambda c: c.product.get_categories(), [], "GET /dashboard/categories", {}, None),
    (
        "update report",
        lambda c: c.marketing.update_report("r", {"keywords": ["a"], "new": 1}),
        {"report_id": "r"},
        "POST /dashboard/report/update/r",
        {},
        {"keywords": ["a"], "new": 1},
    ),
    (
        "research",
        lambda c: c.marketing.get_research_tweets("q"),
        [],
        "GET /dashboard/product/query/results/q/lists",
        {},
        None,
    ),
    (
        "marketing product",
        lambda c: c.marketing.get_product_info(7),
        {"product_id": 7},
        "GET /dashboard/product/candidates/7/info",
        {},
        None,
    ),
    (
        "marketing report",
        lambda c: c.marketing.get_report_detail("r"),
        {"report_id": "r"},
        "GET /dashboard/report/info/r",
        {},
        None,
    ),
]


@both_faces
@pytest.mark.parametrize(
    ("do", "data", "target", "query", "json"), [pytest.param(*row[1:], id=row[0]) for row in CALLS]
)
def test_a_method_sends_what_the_wire_protocol_says(
    ask: Ask, do: Any, data: Any, target: str, query: dict[str, str], json: Any
) -> None:
    with RawServer((ok(data),)) as server:
        ask(do, base_url=server.base_url)
    (request,) = server.requests
    assert f"{request.method} {request.path}" == target
    assert request.query == query
    assert (request.json() if request.body else None) == json
    assert request.headers["x-api-key"] == "key-of-the-tests"
    assert request.headers["user-agent"].startswith("wyseos-sdk/")


@both_faces
def test_a_jwt_is_sent_as_it_is_and_instead_of_the_key(ask: Ask) -> None:
    with RawServer((ok({"team_id": "t"}),)) as server:
        ask(lambda client: client.team.get_info("t"), base_url=server.base_url, api_key="k", jwt_token="j")
    assert server.requests[0].headers["authorization"] == "j"
    assert "x-api-key" not in server.requests[0].headers


@both_faces
def test_ids_come_back_as_text_whatever_was_sent(ask: Ask) -> None:
    with RawServer((ok({"product_id": 7, "status": "pending"}),)) as server:
        created = ask(
            lambda client: client.product.create(CreateProductRequest("Lamp", attachments=[])), base_url=server.base_url
        )
    assert created.product_id == "7"


@both_faces
@pytest.mark.parametrize(
    ("do", "field"),
    [
        (lambda c: c.session.create(CreateSessionRequest("Write")), "session_id"),
        (lambda c: c.product.create(CreateProductRequest("Lamp", attachments=[])), "product_id"),
    ],
)
def test_an_answer_without_its_id_is_an_error_that_names_the_endpoint(ask: Ask, do: Any, field: str) -> None:
    with RawServer((ok({"status": "pending"}),)) as server, pytest.raises(APIError, match=field) as caught:
        ask(do, base_url=server.base_url)
    assert caught.value.details["endpoint"].startswith("POST /")


@both_faces
def test_a_page_that_leaves_its_numbers_out_gets_them_from_what_was_asked(ask: Ask) -> None:
    with RawServer((ok({"data": [{"team_id": "t"}]}),)) as server:
        page = ask(lambda client: client.team.get_list(options=PAGE_3), base_url=server.base_url)
    assert (page.page_num, page.page_size, page.total, page.total_page, page.data[0].team_id) == (3, 5, 1, 1, "t")


@pytest.mark.parametrize(
    "do",
    [
        lambda c: c.session.get_messages("s", 0),
        lambda c: c.session.get_messages("s", 1, 101),
        lambda c: c.session.get_messages("s", True),
        lambda c: c.session.get_marketing_data("s", "love"),
        lambda c: c.session.list_current("fridge"),
        lambda c: c.session.create(CreateSessionRequest("")),
        lambda c: c.user.create_api_key(""),
        lambda c: c.user.list_calls(order="sideways"),
        lambda c: c.team.get_info(None),
        lambda c: c.browser.list_browsers(""),
        lambda c: c.file_upload.upload_files([]),
    ],
)
def test_a_bad_argument_is_told_before_anything_is_sent(do: Callable[[Client], Any]) -> None:
    with RawServer((ok(),)) as server, pytest.raises(ValidationError):
        call_sync(do, base_url=server.base_url)
    assert server.requests == []


# Both faces.


def public(service: object) -> dict[str, Any]:
    return {
        name: member for name, member in inspect.getmembers(service) if not name.startswith("_") and callable(member)
    }


def signature(method: Any) -> str:
    """Parameters and result; an asynchronous iterator counts as an iterator."""
    return str(inspect.signature(method)).replace("AsyncIterator", "Iterator")


@pytest.mark.parametrize("name", SERVICES)
def test_both_faces_of_a_service_have_the_same_methods_signatures_and_words(name: str) -> None:
    sync, asynchronous = public(getattr(Client(api_key="k"), name)), public(getattr(AsyncClient(api_key="k"), name))
    assert {each: signature(method) for each, method in sync.items()} == {
        each: signature(method) for each, method in asynchronous.items()
    }
    assert {each: method.__doc__ for each, method in sync.items()} == {
        each: method.__doc__ for each, method in asynchronous.items()
    }


@pytest.mark.parametrize("name", SERVICES)
def test_each_method_says_what_it_does(name: str) -> None:
    silent = [each for each, method in public(getattr(Client(api_key="k"), name)).items() if not method.__doc__]
    assert silent == []


def test_both_clients_have_the_same_members() -> None:
    only_sync = {"twin"}
    only_async = {"aclose", "warm_up"}  # blocking code waits for what it loads anyway
    assert set(public(Client)) - only_sync == set(public(AsyncClient)) - only_async
    for name in ("send", "request", "with_options"):
        assert signature(getattr(Client, name)) == signature(getattr(AsyncClient, name))
