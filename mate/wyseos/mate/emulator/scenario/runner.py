"""Plays a session's script: does what it yields, and hands it the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

from wyseos.mate.emulator.scenario.actions import Action, Ask, Close, Emit, Json, Record, Script, Wait
from wyseos.mate.emulator.scenario.context import ScenarioContext
from wyseos.mate.emulator.scenario.scenario import Scenario
from wyseos.mate.emulator.scenario.steps import RoundEnded
from wyseos.mate.emulator.scenario.templating import topic_of
from wyseos.mate.emulator.state.products import add_product, finish_product
from wyseos.mate.emulator.state.service_state import ServiceState
from wyseos.mate.emulator.state.session import ENDED, Round, Session

# A scenario without waits lets the connections write after so many actions, and not only at its end.
_BREATH = 32

ArmFault = Callable[[Json, str], Any]


class ScenarioRunner:
    """Plays one round of one session.

    Args:
        state: the service's state.
        session: the session; its `round` says what is played, and how much of it was played already.
        scenario: what the agents do.
        arm: arms a fault for this session.
    """

    def __init__(self, state: ServiceState, session: Session, scenario: Scenario, arm: ArmFault) -> None:
        self._state = state
        self._session = session
        self._scenario = scenario
        self._arm = arm
        self._perform: dict[type, Callable[[Any], Awaitable[Json | None]]] = {
            Emit: self._emit,
            Wait: self._wait,
            Ask: self._ask,
            Record: self._record,
            Close: self._close,
        }

    async def play(self) -> None:
        """Play to the end. What was played before a restart is gone through without effect."""
        current = self._session.round
        if current is None:
            return
        context = ScenarioContext(dict(current.variables), current.seed, current.number)
        started = self._state.clock.now()
        await self._play(self._scenario.script(context), current)
        self._finish((self._state.clock.now() - started).total_seconds())

    async def _play(self, script: Script, current: Round) -> None:
        answers = iter(current.answers[:])
        reply: Json | None = None
        for number in count():
            try:
                action = script.send(reply)
            except (StopIteration, RoundEnded):
                return
            if number < current.performed:
                reply = next(answers) if isinstance(action, Ask) else None
            else:
                reply = await self._step(action)
            if number % _BREATH == 0:
                await asyncio.sleep(0)

    async def _step(self, action: Action) -> Json | None:
        await self._session.going.wait()
        reply = await self._perform[type(action)](action)
        self._session.advance(reply)
        return reply

    def _finish(self, duration: float) -> None:
        session = self._session
        if session.info["status"] not in ENDED:
            session.set_status("complete", duration=duration)
        release_browser_of(self._state, session)
        self._state.charge(session, "success" if session.info["status"] == "complete" else "fail", duration)

    # ---- the actions

    async def _emit(self, action: Emit) -> None:
        self._session.say(action.event, action.kept)

    async def _wait(self, action: Wait) -> None:
        self._session.waited += await self._state.clock.wait(action.seconds)

    async def _ask(self, action: Ask) -> Json:
        session = self._session
        session.open_request, session.answer = action, asyncio.get_running_loop().create_future()
        # After a restart the question stands in the history already.
        if not session.messages or session.messages[-1].get("message") != action.event["message"]:
            session.say(action.event)
        try:
            return await session.answer
        finally:
            session.open_request = session.answer = None

    async def _close(self, action: Close) -> None:
        for listener in tuple(self._session.listeners):
            listener.hang_up(action.code, action.reason)

    async def _record(self, action: Record) -> None:
        _RECORDS[action.what](self, action.data)

    # ---- what is recorded besides the events

    def _keep_file(self, data: Json) -> None:
        self._state.add_file(data["file_id"], data["file_name"], data["content"])

    def _keep_page(self, data: Json) -> None:
        browser = self._state.shelves["browser"][self._session.info["browser_id"]]
        browser["pages"].append(_page(browser, self._state.new_id("page"), data["url"]))
        self._state.shelves["browser"].put(browser["browser_id"], browser)

    def _keep_marketing(self, data: Json) -> None:
        for kind, items in data.items():
            self._session.marketing[kind] += items

    def _keep_product(self, data: Json) -> None:
        known = self._state.shelves["product"].get(data["product_id"])
        product = known or add_product(self._state, data["product_name"], [], data["product_id"])
        finish_product(self._state, product)

    def _keep_research(self, data: Json) -> None:
        self._state.shelves["research"].put(data["query_id"], data)

    def _keep_result(self, data: Json) -> None:
        result = {"type": "text", "source": "wyse_mate", "content": data["content"]}
        self._session.set_status("complete", task_result=result)

    def _keep_failure(self, data: Json) -> None:
        self._session.set_status("error", error_message=data["error"])

    def _keep_fault(self, data: Json) -> None:
        self._arm(data, self._session.id)


_RECORDS: dict[str, Callable[[ScenarioRunner, Json], None]] = {
    "file": ScenarioRunner._keep_file,
    "page": ScenarioRunner._keep_page,
    "marketing": ScenarioRunner._keep_marketing,
    "product": ScenarioRunner._keep_product,
    "research": ScenarioRunner._keep_research,
    "result": ScenarioRunner._keep_result,
    "failure": ScenarioRunner._keep_failure,
    "fault": ScenarioRunner._keep_fault,
}


def begin_round(state: ServiceState, session: Session, task: str, scenario: Scenario, extra: Json) -> None:
    """Make a session ready for its next round: a browser for it, and the variables that its scenario may use."""
    number = session.round.number + 1 if session.round else 1
    product = extra.get("marketing_product")
    product_id = product.get("product_id") if isinstance(product, dict) else None
    variables = {
        "task": task,
        "topic": topic_of(task),
        "session_id": session.id,
        "browser_id": session.info["browser_id"],
        "base_url": state.base_url,
        "mode": session.info["mode"],
        "round": str(number),
        "product_id": str(product_id or state.new_number()),
        "now": state.clock.stamp(),
    }
    session.round = Round(scenario.name, variables, f"{session.id} {number}", number)
    open_browser(state, session)
    session.set_status("active")


def open_browser(state: ServiceState, session: Session) -> None:
    """Give a session its browser."""
    browser_id = session.info["browser_id"]
    host = state.base_url.partition("://")[2]
    browser = {
        "browser_id": browser_id,
        "user_id": "user_1",
        "session_id": session.id,
        "status": "active",
        "width": 1280,
        "height": 800,
        "ws_endpoint": f"ws://{host}/devtools/{browser_id}",
        "solve_captcha": True,
        "timezone": "UTC",
        "user_agent": "Mozilla/5.0 (emulated)",
        "duration_seconds": 0.0,
        "created_at": state.clock.stamp(),
        "pages": state.shelves["browser"].get(browser_id, {}).get("pages", []),
    }
    state.shelves["browser"].put(browser_id, browser)


def release_browser_of(state: ServiceState, session: Session) -> None:
    """Take a session's browser away; it is still told of."""
    browser = state.shelves["browser"].get(session.info["browser_id"])
    if browser:
        state.shelves["browser"].put(browser["browser_id"], browser | {"status": "released"})


def _page(browser: Json, page_id: str, url: str) -> Json:
    """Open a tab. Its debugger and its recording have addresses, as with the service; nothing answers there."""
    debugger = f"{browser['ws_endpoint']}/{page_id}"
    over_http = debugger.replace("ws", "http", 1)
    return {
        "index": len(browser["pages"]),
        "url": url,
        "status": "active",
        "video_url": f"{over_http}.webm",
        "ws_debugger_url": debugger,
        "front_debugger_url": f"{over_http}/inspector",
        "page_id": page_id,
        "debugger_host": "127.0.0.1",
    }
