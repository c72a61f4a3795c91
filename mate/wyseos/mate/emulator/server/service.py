"""What the endpoints of both halves share: the contract, the state, the faults, the scenarios, and who plays."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from wyseos.mate.emulator.faults.rules import Faults
from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.scenario.runner import ScenarioRunner, begin_round, release_browser_of
from wyseos.mate.emulator.scenario.scenario import Scenario, ScenarioError, builtin_scenarios
from wyseos.mate.emulator.server.contract import Contract, Shape, Violation
from wyseos.mate.emulator.server.refusal import INTERNAL
from wyseos.mate.emulator.state.service_state import ServiceState
from wyseos.mate.emulator.state.session import Session


@dataclass
class Service:
    """The running service.

    Args:
        contract: both schemas.
        state: the state.
        faults: what goes wrong, and when.
        scenario: played in every session that does not name another; None: the session's mode decides.
        checks_own: whether what the service sends is held against the schemas as well.
        mistakes: what it sent and the schemas do not allow.
        requests: counts the requests, for the id that each answer carries.
    """

    contract: Contract
    state: ServiceState
    faults: Faults
    scenario: Scenario | None = None
    checks_own: bool = False
    mistakes: list[Violation] = field(default_factory=list)
    requests: Iterator[int] = field(default_factory=lambda: count(1))

    def check_own(self, where: str, shape: Shape | None, value: Json) -> None:
        """Note a mistake of the emulator's own: something it sends that the schemas do not allow."""
        if not self.checks_own:
            return
        problem = shape.problem(value) if shape else None
        if problem:
            self.mistakes.append(Violation(where, problem.field, problem.reason))

    def _check_event(self, event: Json) -> None:
        self.check_own(f"event {event['type']}", self.contract.event_shape(event), event)

    def scenario_for(self, session: Session, extra: Json) -> Scenario:
        """Choose what is played: a name in `extra`, then the emulator's own option, then the session's mode."""
        named = extra.get("scenario") or session.info["extra"].get("scenario")
        scenarios = builtin_scenarios()
        if isinstance(named, str):
            if self.scenario and self.scenario.name == named:
                return self.scenario
            if named not in scenarios:
                raise ScenarioError(f"no scenario {named!r}; there are {', '.join(scenarios)}")
            return scenarios[named]
        by_mode = (scenario for scenario in scenarios.values() if scenario.mode == session.info["mode"])
        return self.scenario or next(by_mode, scenarios["default"])

    def start(self, session: Session, task: str, extra: Json) -> None:
        """Begin the session's next round."""
        scenario = self.scenario_for(session, extra)
        begin_round(self.state, session, task, scenario, {**session.info["extra"], **extra})
        for told in scenario.faults:
            self.faults.arm(told, session.id)
        self.play(session, scenario)

    def resume(self, session: Session) -> None:
        """Go on with a round that a restart of the emulator interrupted."""
        if session.round and session.runner is None and session.info["status"] in ("active", "paused"):
            try:
                scenario = self.scenario_for(session, {"scenario": session.round.scenario})
            except ScenarioError as error:
                self._break_off(session, f"the round can't go on after the restart: {error}")
                return
            if session.info["status"] == "paused":
                session.going.clear()
            self.play(session, scenario)

    def play(self, session: Session, scenario: Scenario) -> None:
        """Let a session's script be played, by a task of its own."""
        session.check = self._check_event
        runner = ScenarioRunner(self.state, session, scenario, self.faults.arm)
        session.runner = asyncio.get_running_loop().create_task(runner.play(), name=f"runner of {session.id}")
        session.runner.add_done_callback(lambda task: self._played(session, task))

    def _played(self, session: Session, task: asyncio.Task[None]) -> None:
        """Let no session hang whose scenario breaks off, say for a value of the wrong kind: it ends with an error."""
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        self._break_off(session, f"the scenario broke off: {type(error).__name__}: {error}")

    def _break_off(self, session: Session, told: str) -> None:
        self.mistakes.append(Violation("scenario", "", told, session.id))
        session.set_status("error", error_message=told)
        source = {"source": "system", "source_component": "system", "source_type": "system"}
        session.say({"type": "error", **source, "content": told, "code": INTERNAL, "error": told})

    def stopped(self, session: Session) -> None:
        """End a round that the user stopped."""
        session.set_status("stopped")
        release_browser_of(self.state, session)
        body = {"type": "task_result", "data": {"status": "stopped"}, "metadata": {"type": "final_answer"}}
        source = {"source": "wyse_mate", "source_component": "wyse_team", "source_type": "team"}
        number = session.round.number if session.round else 1
        session.say({"type": "task_result", **source, "content": "", "session_round": number, "message": body})
        self.state.charge(session, "fail", 0.0)
