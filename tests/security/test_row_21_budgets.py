"""Row 21: what a hostile service makes Python hold is bounded by what is promised, under a limit of the system."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from tests.support.limited import MIB, run_limited
from tests.support.raw_websocket import RawWebSocket
from wyseos.mate.emulator.server.loopback import LocalServer

Speaks = Callable[[WebSocket], Awaitable[None]]
Answers = Callable[[Request], Awaitable[Response]]
BUDGET = 4
"""MiB: `memory_budget` of the tasks here."""
START = f"""
options = TaskExecutionOptions(auto_accept_plan=False, completion_timeout=60, memory_budget={BUDGET} * 2**20)
task = client.start("hold this", options=options)
"""


def envelope(data: Any) -> JSONResponse:
    return JSONResponse({"code": 0, "msg": "ok", "data": data})


@contextmanager
def hostile(speaks: Speaks | None = None, answers: Answers | None = None) -> Iterator[tuple[str, dict[str, int]]]:
    """A service that says over its WebSocket, and to what it is asked, whatever it wants; it counts who asks."""
    counts = {"asked": 0, "at once": 0, "now": 0}

    async def rest(request: Request) -> Response:
        counts["asked"] += 1
        counts["now"] += 1
        counts["at once"] = max(counts["at once"], counts["now"])
        try:
            if answers is not None and (answer := await answers(request)) is not None:
                return answer
            return envelope({"session_id": "session-1", "status": "running", "data": [], "total": 0})
        finally:
            counts["now"] -= 1

    async def line(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.receive_text()
        if speaks is not None:
            await speaks(websocket)
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass

    routes = [WebSocketRoute("/{path:path}", line), Route("/{path:path}", rest, methods=["GET", "POST"])]
    server = LocalServer(Starlette(routes=routes))
    server.start()
    try:
        yield server.base_url, counts
    finally:
        server.close()


def saying(*messages: Any, times: int, numbered: bool = False) -> Speaks:
    """Say messages again and again, each time with another number where they are to differ."""

    async def speaks(websocket: WebSocket) -> None:
        texts = [json.dumps(message) for message in messages]
        for number in range(times):
            for text in texts:
                await websocket.send_text(text.replace("@@", str(number)) if numbered else text)

    return speaks


# As long as somebody who does not look: until nothing more is taken.
SETTLED = """
def settle():
    before, since = peak(), time.monotonic()
    while time.monotonic() - since < 1:
        time.sleep(0.05)
        if peak() != before:
            before, since = peak(), time.monotonic()
"""
SLOWLY = f"""
first = next(iter(task))
{SETTLED}
settle()
"""


@pytest.mark.parametrize(
    "event",
    [{"type": "x"}, {"type": "text", "content": "@@"}, {"type": "text", "id": "@@"}, {"type": "rich", "message": {}}],
    ids=["nothing", "without an id", "with an id", "an empty message"],
)
def test_tiny_events_that_nobody_consumes_are_bounded_by_the_budget(event: Any) -> None:
    with hostile(saying(event, times=200_000, numbered=True)) as (address, _):
        told = run_limited(START + SLOWLY, address, 160)
    assert told["grown"] < 4 * BUDGET * MIB


@pytest.mark.parametrize("named", ["", ', "message_id": "@@"'], ids=["without ids", "with ids"])
def test_events_that_are_consumed_leave_nothing_behind(named: str) -> None:
    event = json.loads(f'{{"type": "text", "content": "some words @@ of an agent"{named}}}')
    many = 10_000
    program = (
        f"{START}\nfor number, event in enumerate(task):\n    if number >= {many - 1}: break\ntold['seen'] = number + 1"
    )
    with hostile(saying(event, times=many, numbered=True)) as (address, _):
        told = run_limited(program, address, 160)
    assert told["seen"] == many
    assert told["grown"] < 3 * BUDGET * MIB


def test_an_endless_history_is_bounded_by_the_budget() -> None:
    async def speaks(websocket: WebSocket) -> None:
        await websocket.send_text('{"type": "text", "message_id": "first", "content": "one"}')
        await websocket.close(1012)

    async def answers(request: Request) -> Response | None:
        if not request.url.path.endswith("/message/lists"):
            return None
        page, size = int(request.query_params["page_num"]), int(request.query_params["page_size"])
        rows = [
            {"type": "text", "message_id": f"{page}-{row}", "content": "x" * 200, "created_at": "2026-01-01T00:00:00Z"}
            for row in range(size)
        ]
        return envelope({"data": rows, "total": 10**9, "page_num": page, "page_size": size})

    program = f"""{START}{SETTLED}
def finish():
    settle()
    print(json.dumps({{**told, "grown": peak() - before}})); sys.stdout.flush(); os._exit(0)
threading.Thread(target=finish).start()
for event in task: pass
"""
    with hostile(speaks, answers) as (address, counts):  # type: ignore[arg-type]
        told = run_limited(program, address, 200)
    assert counts["asked"] > 20
    assert counts["at once"] <= 2
    assert told["grown"] < 6 * BUDGET * MIB


def test_updates_of_a_large_plan_grow_neither_memory_nor_time_with_its_square() -> None:
    steps = 1000
    plan = {"type": "plan", "message": {"type": "create_plan", "data": [
        {"id": str(number), "title": f"step {number}", "status": "not_started"} for number in range(steps)
    ]}}  # fmt: skip

    async def speaks(websocket: WebSocket) -> None:
        await websocket.send_text(json.dumps(plan))
        for number in range(steps):
            data = {"id": str(number), "status": "done"}
            update = {"type": "plan", "message": {"type": "update_task_status", "data": data}}
            await websocket.send_text(json.dumps(update))
        await websocket.send_text('{"type": "task_result", "message_id": "1", "content": "done"}')

    program = f"""{START}
began = time.monotonic()
result = task.result()
told.update(took=time.monotonic() - began, kept=len(result.plan_history), answer=result.final_answer)
told["last"] = [step["status"] for step in result.plan_history[-1]["plan"]].count("done")
"""
    with hostile(speaks) as (address, _):
        told = run_limited(program, address, 160)
    assert (told["answer"], told["last"]) == ("done", steps)
    assert told["grown"] < 50 * MIB
    assert told["took"] < 60


def test_closing_messages_ask_for_one_stream_after_the_other() -> None:
    kinds = ("marketing_tweet_reply", "marketing_tweet_interact", "writer_twitter")
    closing = [
        {"type": "rich", "id": f"{kind}-{number}", "message": {"type": kind, "data": []}}
        for number in range(1000)
        for kind in kinds
    ]

    async def answers(request: Request) -> Response | None:
        if "marketing" not in request.url.path:
            return None
        streams.append(request.url.path)
        await asyncio.sleep(0.02)
        return envelope({"reply": [{"tweet_id": "1", "content": "x" * 1_000_000}]})

    streams: list[str] = []
    with hostile(saying(*closing, times=1), answers) as (address, counts):  # type: ignore[arg-type]
        told = run_limited(START + SLOWLY, address, 250)
    assert streams
    assert counts["at once"] <= 2
    assert told["grown"] < 8 * BUDGET * MIB


def test_questions_without_end_are_bounded() -> None:
    asks = {"type": "input", "message_id": "@@", "content": "x" * 1000, "message": {"data": {"request_id": "q@@"}}}
    many = 10_000
    program = f"""{START}
for number, event in enumerate(task):
    if event.message_id == "{many - 1}": break
told["seen"] = event.message_id
"""
    with hostile(saying(asks, times=many, numbered=True)) as (address, _):
        told = run_limited(program, address, 160)
    assert told["seen"] == str(many - 1)
    assert told["grown"] < 3 * BUDGET * MIB


@pytest.mark.parametrize("ping", ['{"type": "ping", "timestamp": 1}', None], ids=["of the service", "of the protocol"])
def test_pings_whose_answers_are_never_read_are_not_read_either(ping: str | None) -> None:
    frame = b"\x89\x7d" + b"p" * 125 if ping is None else bytes([0x81, len(ping)]) + ping.encode()
    with RawWebSocket(frame * 4000, pushes=1500, receive_buffer=4096) as server:
        told = run_limited(START + SETTLED + "settle()", server.base_url, 100)
        # Of 727 MiB: what the systems between both hold (32 MiB and more), and what makes answers of 1 MiB.
        assert server.pushed < 64 * MIB
    assert told["grown"] < 24 * MIB


def test_bytes_behind_a_gzip_stream_and_streams_without_end_are_bounded() -> None:
    async def pieces() -> Any:
        yield gzip.compress(b'{"code": 0')
        for _ in range(3000):
            yield gzip.compress(b"") * 3000

    async def answers(request: Request) -> Response:
        return StreamingResponse(pieces(), headers={"content-encoding": "gzip", "content-type": "application/json"})

    program = """
client = client.with_options(deadline=5, max_retries=0)
began = time.monotonic()
try:
    client.team.get_list()
except WyseError as error:
    told["error"] = type(error).__name__
told["took"] = time.monotonic() - began
"""
    with hostile(answers=answers) as (address, _):
        told = run_limited(program, address, 100)
    assert told["error"] in ("NetworkError", "DecodeError", "APIError")
    assert told["took"] < 45
    assert told["grown"] < 60 * MIB


@pytest.mark.parametrize("key", ["team_id", "other"], ids=["with ids", "without ids"])
def test_a_walk_over_pages_that_repeat_ends_and_one_without_end_leaves_nothing_behind(key: str) -> None:
    async def same(request: Request) -> Response:
        rows = [{key: f"row-{row}", "name": "same"} for row in range(20)]
        return envelope({"data": rows, "total": 10**9, "total_page": 10**9, "page_size": 20})

    async def endless(request: Request) -> Response:
        page = request.query_params["page_num"]
        rows = [{key: f"{page}-{row}", "name": "x"} for row in range(100)]
        return envelope({"data": rows, "total": 10**9, "total_page": 10**9, "page_size": 100})

    with hostile(answers=same) as (address, _):
        program = """
for number, row in enumerate(client.team.iter_list()):
    if number > 1000: break
told["rows"] = number + 1
"""
        assert run_limited(program, address, 100)["rows"] <= 60
    with hostile(answers=endless) as (address, _):
        program = """
for number, row in enumerate(client.team.iter_list(page_size=100)):
    if number > 10_000: break
"""
        assert run_limited(program, address, 100)["grown"] < 12 * MIB
