"""The REST half, endpoint by endpoint, seen by a bare client."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection
from typing import Any

import httpx
import pytest

from tests.mate.emulator import outsiders
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.models import CreateProductRequest
from wyseos.mate.task_runner import TaskMode


def data(response: httpx.Response) -> Any:
    """The answer's data, once it is sure that there is one."""
    envelope = response.json()
    assert (response.status_code, envelope["code"], envelope["msg"]) == (200, 0, "success")
    return envelope["data"]


def refusal(response: httpx.Response) -> tuple[int, int]:
    envelope = response.json()
    assert envelope["data"] is None
    return response.status_code, envelope["code"]


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


# ---- sessions


def test_a_created_session_is_told_of(client: httpx.Client) -> None:
    session_id = outsiders.create(client, "marketing", extra={"skills": []}, platform="web", intent_id="intent_1")
    told = data(client.get(f"/session/info/{session_id}"))

    assert told["task"] == [{"role": "user", "content": outsiders.TASK}]
    assert (told["status"], told["mode"], told["platform"]) == ("created", "marketing", "web")
    assert (told["extra"], told["intent_id"], told["messages"]) == ({"skills": []}, "intent_1", [])


def test_a_played_session_tells_its_result_and_its_last_messages(emulator: Emulator, client: httpx.Client) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_skill")
    told = data(client.get(f"/session/info/{session_id}"))

    assert told["task_result"]["content"] == events[-1]["content"]
    assert [message["message_id"] for message in told["messages"]][-1] == events[-1]["message_id"]
    assert told["tokens"]["models"]["model_1"]["prompt_tokens"] > 0


def test_a_failed_session_tells_why(emulator: Emulator, client: httpx.Client) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="failure")
    told = data(client.get(f"/session/info/{session_id}"))

    assert (events[-1]["code"], told["status"], told["error_message"]) == (5000, "error", events[-1]["error"])


def test_a_session_can_be_renamed(client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    assert data(client.put(f"/session/info/{session_id}", json={"session_id": session_id, "title": "Apps"})) is None
    assert data(client.get(f"/session/info/{session_id}"))["name"] == "Apps"


def test_a_renaming_must_name_the_same_session_twice(client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    answer = client.put(f"/session/info/{session_id}", json={"session_id": "another", "title": "Apps"})
    assert refusal(answer) == (400, 4000)


def test_sessions_in_progress_are_listed_by_platform(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client, platform="web")
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket)
        outsiders.receive(socket)
        assert [one["session_id"] for one in data(client.get("/session/current"))] == [session_id]
        assert data(client.get("/session/current", params={"platform": "api"})) == []


@pytest.fixture
def played(emulator: Emulator) -> str:
    """A session whose history has 1002 messages."""
    return outsiders.play(emulator.base_url, emulator.api_key, scenario="long")[0]


def test_the_history_comes_in_pages_of_either_order(client: httpx.Client, played: str) -> None:
    last = data(client.get("/session/message/lists", params={"session_id": played, "page_num": 11, "page_size": 100}))
    newest = data(client.get("/session/message/lists", params={"session_id": played, "sort_order": "DESC"}))
    beyond = data(client.get("/session/message/lists", params={"session_id": played, "page_num": 999}))

    assert (last["total"], last["total_page"], len(last["data"])) == (1002, 11, 2)
    assert (newest["page_num"], newest["page_size"], newest["data"][0]) == (1, 20, last["data"][-1])
    assert beyond["data"] == []


def test_the_history_is_filtered(client: httpx.Client, played: str) -> None:
    def found(**asked: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = data(client.get("/session/message/lists", params={"session_id": played, **asked}))[
            "data"
        ]
        return rows

    (first,) = found(role="user")
    seventh = found(content="MESSAGE 7 of")[0]
    assert first["content"] == outsiders.TASK
    assert seventh["content"].startswith("Message 7 of")
    assert found(from_timestamp=seventh["created_at"])[0] == seventh
    assert found(to_timestamp=first["created_at"])[-1] == first
    assert found(role="assistant", page_size=1)[0]["content"].startswith("Message 1 of")
    assert found(from_timestamp="2999-01-01T00:00:00") == []


def test_messages_between_two_include_both(client: httpx.Client, played: str) -> None:
    page = data(client.get("/session/message/lists", params={"session_id": played, "page_size": 100}))["data"]
    asked = {"session_id": played, "from_message_id": page[3]["message_id"], "to_message_id": page[60]["message_id"]}
    assert data(client.get("/session/message/between", params=asked)) == page[3:61]


def test_messages_between_unknown_ones_are_not_found(client: httpx.Client, played: str) -> None:
    asked = {"session_id": played, "from_message_id": "msg_0", "to_message_id": "msg_1"}
    assert refusal(client.get("/session/message/between", params=asked)) == (404, 4203)


def test_marketing_data_of_one_kind_leaves_the_others_empty(emulator: Emulator, client: httpx.Client) -> None:
    session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_marketing_tweet_interact")
    told = data(client.get(f"/session/marketing/data/{session_id}", params={"type": "like"}))
    assert {kind: len(items) for kind, items in told.items()} == {"reply": 0, "like": 1, "retweet": 0, "tweet": 0}


# ---- files


def test_an_upload_can_be_downloaded_without_a_key(emulator: Emulator, client: httpx.Client) -> None:
    content = bytes(range(256)) + b"\r\n--boundary\r\n\r\n"
    session_id = outsiders.create(client)
    files = [("files", ('a "b"\n c ü.bin', content)), ("files", ("two.txt", b"2"))]
    first, second = data(client.post("/session/upload", files=files, data={"session_id": session_id}))

    assert (first["file_name"], second["file_name"]) == ('a "b"\n c ü.bin', "two.txt")
    assert httpx.get(first["file_url"]).content == content
    assert httpx.get(second["file_url"]).headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"files": ("empty.txt", b"")}, "empty.txt is empty"),
        ({"files": ("big.txt", b"x" * (10 * 1024 * 1024 + 1))}, "has more than 10485760 bytes"),
        ({"other": ("a.txt", b"a")}, "files"),
    ],
)
def test_an_upload_that_is_no_good_is_refused(client: httpx.Client, files: Any, told: str) -> None:
    answer = client.post("/session/upload", files=files)
    assert refusal(answer) == (400, 4000)
    assert told in answer.json()["msg"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nno head"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--\r\n"),
    ],
)
def test_a_broken_upload_is_refused(client: httpx.Client, content_type: str, body: bytes) -> None:
    answer = client.post("/session/upload", content=body, headers={"content-type": content_type})
    assert refusal(answer) == (400, 4000)


def test_an_upload_for_an_unknown_session_is_not_found(client: httpx.Client) -> None:
    answer = client.post("/session/upload", files={"files": ("a.txt", b"a")}, data={"session_id": "session_0"})
    assert refusal(answer) == (404, 4203)


def test_a_file_that_an_agent_made_can_be_downloaded(emulator: Emulator) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_image")
    (picture,) = next(event["message"]["data"] for event in events if event["type"] == "rich")
    served = httpx.get(picture["url"])

    assert picture["extension"] == "png"
    assert (served.headers["content-type"], served.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")


def test_an_unknown_file_is_not_found(emulator: Emulator) -> None:
    assert refusal(httpx.get(f"{emulator.base_url}/files/file_0/a.txt")) == (404, 4203)


# ---- teams and agents


def test_teams_and_agents_are_listed_and_told_of(client: httpx.Client) -> None:
    teams = data(client.get("/team/lists", params={"team_type": "user"}))
    agents = data(client.get("/agent/lists", params={"page_size": 3, "page_num": 2, "agent_type": "all"}))

    assert [team["name"] for team in teams["data"]] == ["A team of my own"]
    assert (agents["page_size"], agents["total"], agents["total_page"], len(agents["data"])) == (3, 7, 3, 3)
    assert data(client.get(f"/team/info/{teams['data'][0]['team_id']}")) == teams["data"][0]
    assert data(client.get(f"/agent/info/{agents['data'][0]['agent_id']}")) == agents["data"][0]


# ---- keys and calls


def test_a_made_key_works_until_it_is_deleted(emulator: Emulator, client: httpx.Client) -> None:
    made = data(client.post("/user/apikey/new", json={"name": "laptop"}))["api_key"]
    with outsiders.rest(emulator.base_url, made) as own:
        keys = data(own.get("/user/apikey/lists"))["data"]
        assert [key["name"] for key in keys] == ["emulator", "laptop"]
        assert made not in str(keys)
        assert keys[1]["last_used_at"] != ""
        assert data(own.delete(f"/user/apikey/delete/{keys[1]['id']}")) == {}
        assert own.get("/user/apikey/lists").status_code == 401


def test_the_emulators_own_key_stays(client: httpx.Client) -> None:
    assert refusal(client.delete("/user/apikey/delete/1")) == (403, 403)
    assert refusal(client.delete("/user/apikey/delete/99")) == (404, 4203)


def test_calls_are_counted_with_their_cost(emulator: Emulator, client: httpx.Client) -> None:
    outsiders.play(emulator.base_url, emulator.api_key, scenario="short")
    outsiders.play(emulator.base_url, emulator.api_key, scenario="failure")

    def calls(**asked: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = data(client.get("/user/call/lists", params=asked))["data"]
        return rows

    day = calls()[0]["created_at"][:10]
    assert [call["status"] for call in calls()] == ["fail", "success"]
    assert [call["status"] for call in calls(order="asc")] == ["success", "fail"]
    costs = [call["cost"]["total_credit"] for call in calls(order_field="total_cost", order="asc")]
    assert costs == sorted(costs)
    assert len(calls(status="success", platform="api", api_key_name="emulator", start_date=day, end_date=day)) == 1
    assert calls(start_date="2999-01-01") == []
    assert calls(api_key_name="another") == []
    values = data(client.get("/user/call/filter_values"))
    assert values == {"api_key_names": ["emulator"], "platforms": ["api"], "states": ["fail", "success"]}


def test_without_credits_no_session_is_made() -> None:
    with Emulator(speed=0, credits=0.5) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        outsiders.play(emulator.base_url, emulator.api_key, scenario="short")
        assert refusal(client.post("/session/create", json={"task": "One more"})) == (400, 4600)


# ---- browsers


def test_browsers_come_and_go_with_their_tabs(emulator: Emulator, client: httpx.Client) -> None:
    session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_browser")
    told = data(client.get("/browser/lists", params={"session_id": session_id}))
    (browser,) = told["browsers"]
    tabs = data(client.get("/browser/page/lists", params={"browser_id": browser["browser_id"], "page_size": 1}))

    assert told["total"] == 1
    assert (tabs["total"], tabs["pages"][0]["url"]) == (2, "https://example.com/")
    assert data(client.get(f"/browser/info/{browser['browser_id']}")) == browser
    assert browser["status"] == "released"


def test_a_browser_can_be_released_while_it_works(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket)
        outsiders.receive(socket)
        (browser,) = data(client.get("/browser/lists", params={"session_id": session_id}))["browsers"]
        assert browser["status"] == "active"
        assert data(client.delete(f"/browser/release/{browser['browser_id']}")) is None
        assert data(client.get(f"/browser/info/{browser['browser_id']}"))["status"] == "released"


# ---- products


def product_states(client: httpx.Client, name: str, polls: int) -> list[dict[str, Any]]:
    made = data(client.post("/dashboard/product/create", json={"product": name, "attachments": []}))
    address = f"/dashboard/product/candidates/{made['product_id']}/info"
    return [made, *(data(client.get(address)) for _ in range(polls))]


def test_a_product_goes_from_pending_to_completed_and_has_a_report(client: httpx.Client) -> None:
    states = product_states(client, "Notes", 3)
    report_id = states[-1]["analysis_result"]["report_id"]
    report = data(client.get(f"/dashboard/report/info/{report_id}"))

    assert [state["status"] for state in states] == ["pending", "pending", "processing", "completed"]
    assert "analysis_result" not in states[2]
    assert (report["report_id"], report["product_name"]) == (report_id, "Notes")


@pytest.mark.parametrize(("name", "status"), [("An unanalysable thing", "failed"), ("A reportless thing", "completed")])
def test_an_analysis_can_go_wrong(client: httpx.Client, name: str, status: str) -> None:
    last = product_states(client, name, 3)[-1]
    assert (last["status"], "analysis_result" in last) == (status, False)


def test_a_report_can_be_corrected(client: httpx.Client) -> None:
    report_id = product_states(client, "Notes", 3)[-1]["analysis_result"]["report_id"]
    address = f"/dashboard/report/update/{report_id}"
    assert data(client.post(address, json={"keywords": ["short"], "report_id": "another"})) == {"report_id": report_id}

    report = data(client.get(f"/dashboard/report/info/{report_id}"))
    assert (report["keywords"], report["report_id"], report["competitors"] != []) == (["short"], report_id, True)


def test_a_marketing_session_leads_to_a_product_and_its_report(emulator: Emulator, client: httpx.Client) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_marketing_report")
    reference = events[0]["message"]["data"]
    product = data(client.get(f"/dashboard/product/candidates/{reference['product_id']}/info"))

    assert product["status"] == "completed"
    assert data(client.get(f"/dashboard/report/info/{product['analysis_result']['report_id']}"))["keywords"]


def test_a_known_product_in_extra_is_the_one_reported_on(emulator: Emulator, client: httpx.Client) -> None:
    made = product_states(client, "Notes", 0)[0]
    extra: Any = {"scenario": "rich_marketing_report", "marketing_product": {"product_id": made["product_id"]}}
    _, events = outsiders.play(emulator.base_url, emulator.api_key, **extra)
    assert events[0]["message"]["data"]["product_id"] == made["product_id"]


def test_a_research_can_be_looked_up(emulator: Emulator, client: httpx.Client) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_marketing_research_tweets")
    query_id = events[0]["message"]["data"]["query_id"]
    tweets = data(client.get(f"/dashboard/product/query/results/{query_id}/lists"))
    assert [tweet["username"] for tweet in tweets] == ["ada", "grace"]


def test_categories_have_two_levels(client: httpx.Client) -> None:
    for industry in data(client.get("/dashboard/categories")):
        assert industry["category"]["level"] == 1
        assert {part["level"] for part in industry["subcategories"]} == {2}


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


def test_a_wrong_method_is_told_which_are_right(client: httpx.Client) -> None:
    answer = client.delete("/session/create")
    assert (refusal(answer), answer.headers["allow"]) == ((405, 4000), "POST")


def test_every_answer_carries_an_id_of_its_own(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("status", skip=1)
    answers = [client.get("/team/lists"), client.get("/team/lists"), client.get("/team/info/x")]
    assert [answer.status_code for answer in answers] == [200, 503, 404]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 3


@pytest.mark.parametrize("product_id", ["prod_123", "٣", "-1", "9" * 400, "x y"])
def test_a_product_id_is_data_whatever_a_client_names_it(emulator: Emulator, product_id: str) -> None:
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as sdk:
        extra = {"marketing_product": {"product_id": product_id}}
        assert sdk.run("Promote it", task_mode=TaskMode.Marketing, extra=extra).success
        assert sdk.run("And again").success
        assert sdk.product.create(CreateProductRequest(product="Lantern", attachments=[])).product_id
