"""Waiting for a product's report: the flow by itself, with a clock of the test's, then over a socket."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, envelope, http, ok
from wyseos.mate import NetworkError, ValidationError
from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import AnalysisFailedError, AnalysisTimeoutError, AuthenticationError, NotFoundError
from wyseos.mate.rest.auth import Credential
from wyseos.mate.rest.exchange import Exchange
from wyseos.mate.rest.flow import Send, Sleep, Step, run
from wyseos.mate.rest.polling import Polling, wait_for_report
from wyseos.mate.rest.response import Response
from wyseos.mate.settings.secret import Secret

DONE = {"product_id": "7", "status": "completed", "analysis_result": {"report_id": "r"}}
PENDING = {"product_id": "7", "status": "pending"}
REPORT = {"report_id": "r", "keywords": ["lamp"]}


class World:
    """Answers a flow's requests one after the other, and lets its waits pass on a clock of its own."""

    def __init__(self, *answers: bytes | NetworkError, draw: float = 0.0) -> None:
        self.now = 1000.0
        self.waits: list[float] = []
        self._answers = iter(answers)
        options = ClientOptions("k", max_retries=0)
        self.exchange = Exchange(options, Credential(Secret("k"), None), lambda: self.now, lambda: draw)

    def perform(self, step: Step) -> Response | None:
        if isinstance(step, Sleep):
            self.waits.append(step.seconds)
            self.now += step.seconds
            return None
        return self.answer(step)

    def answer(self, step: Send) -> Response:
        answer = next(self._answers)
        if isinstance(answer, NetworkError):
            raise answer
        return Response(step.request.operation, 200, {}, answer.partition(b"\r\n\r\n")[2], 0.0)

    def wait(self, interval: float = 20, attempts: int = 30, on_poll: Any = None, deadline: float | None = None) -> Any:
        return run(wait_for_report(self.exchange, "7", Polling(interval, attempts, on_poll, deadline)), self.perform)


def test_the_wait_between_two_polls_is_what_the_service_asks_for_and_a_little_more() -> None:
    for draw, wait in ((0.0, 20.0), (1.0, 22.0)):
        world = World(ok(PENDING), ok(PENDING), ok(DONE), ok(REPORT), draw=draw)
        assert world.wait().keywords == ["lamp"]
        assert world.waits == [wait, wait]


def test_each_poll_is_told_with_its_number_and_the_status() -> None:
    told: list[tuple[int, str]] = []
    World(ok(PENDING), ok({"status": "processing"}), ok(DONE), ok(REPORT)).wait(on_poll=lambda *poll: told.append(poll))
    assert told == [(1, "pending"), (2, "processing"), (3, "completed")]


@pytest.mark.parametrize(
    "info", [{"status": "failed"}, {"status": "completed"}, {"status": "completed", "analysis_result": {}}]
)
def test_what_will_never_have_a_report_ends_the_wait_at_once(info: dict[str, Any]) -> None:
    world = World(ok(PENDING), ok(info))
    with pytest.raises(AnalysisFailedError) as caught:
        world.wait()
    assert (caught.value.product_id, caught.value.retryable, len(world.waits)) == ("7", False, 1)


def test_after_the_last_poll_the_error_tells_how_to_go_on() -> None:
    world = World(*[ok(PENDING)] * 3)
    with pytest.raises(AnalysisTimeoutError, match="not done in time") as caught:
        world.wait(attempts=3)
    assert (caught.value.product_id, caught.value.retryable, world.waits) == ("7", True, [20, 20])
    assert "wait_for_report('7')" in str(caught.value.hint)


def test_no_wait_goes_over_the_deadline() -> None:
    world = World(*[ok(PENDING)] * 9)
    with pytest.raises(AnalysisTimeoutError):
        world.wait(deadline=50)
    assert world.waits == [20, 20]


def test_a_fault_that_may_pass_costs_a_poll_and_no_more() -> None:
    world = World(ok(PENDING), NetworkError("cut"), envelope(5000), ok(DONE), ok(REPORT))
    told: list[str] = []
    assert world.wait(on_poll=lambda _, status: told.append(status)).report_id == "r"
    assert told == ["pending", "pending", "pending", "completed"]


def test_a_fault_that_will_not_pass_ends_the_wait() -> None:
    with pytest.raises(NotFoundError):
        World(envelope(4203)).wait()


@pytest.mark.parametrize(
    ("interval", "attempts", "deadline", "field"),
    [
        (-1, 1, None, "poll_interval"),
        (0, 0, None, "max_attempts"),
        (0, 1, 0, "deadline"),
        (float("nan"), 1, None, "poll_interval"),
    ],
)
def test_numbers_out_of_range_are_told(interval: float, attempts: int, deadline: float | None, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Polling(interval, attempts, None, deadline)
    assert caught.value.field == field


@both_faces
def test_create_and_wait_over_a_socket(ask: Ask) -> None:
    created = ok({"product_id": 7, "status": "pending"})
    files = [{"file_name": "a.txt", "file_url": "https://u"}]
    told: list[tuple[int, str]] = []
    with RawServer((created, ok(PENDING), http(status=503), ok(DONE), ok(REPORT))) as server:
        report = ask(
            lambda client: client.product.create_and_wait("Lamp", files, 0, on_poll=lambda *poll: told.append(poll)),
            base_url=server.base_url,
        )
    assert (report.report_id, told) == ("r", [(1, "pending"), (2, "completed")])
    assert server.requests[0].json() == {"product": "Lamp", "attachments": files}
    assert server.requests[-1].path == "/dashboard/report/info/r"


@both_faces
def test_an_attachment_that_lacks_its_url_is_told_before_anything_is_sent(ask: Ask) -> None:
    with RawServer((ok(),)) as server, pytest.raises(ValidationError, match="file_url is missing"):
        ask(
            lambda client: client.product.create_and_wait("Lamp", [{"file_name": "a.txt", "url": "u"}]),
            base_url=server.base_url,
        )
    assert server.requests == []


@both_faces
def test_whatever_breaks_off_the_wait_tells_the_product(ask: Ask) -> None:
    created = ok({"product_id": 7, "status": "pending"})
    with RawServer((created, http(status=401))) as server, pytest.raises(AuthenticationError) as caught:
        ask(lambda client: client.product.create_and_wait("Lamp", None, 0), base_url=server.base_url)
    assert caught.value.details["product_id"] == "7"


@both_faces
def test_one_can_go_on_waiting_with_the_id_of_the_error(ask: Ask) -> None:
    with RawServer((ok(PENDING),)) as server, pytest.raises(AnalysisTimeoutError) as caught:
        ask(lambda client: client.product.wait_for_report(7, 0, 2), base_url=server.base_url)
    with RawServer((ok(DONE), ok(REPORT))) as server:
        report = ask(
            lambda client: client.product.wait_for_report(caught.value.product_id, 0, 2), base_url=server.base_url
        )
    assert report.report_id == "r"
