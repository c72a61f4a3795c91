"""The emulator as a program's object: a real server on a loopback port, in a thread of its own."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from wyseos.mate.emulator.faults.rules import Fault, Faults, load_faults
from wyseos.mate.emulator.scenario.scenario import Scenario, builtin_scenarios, load_scenario
from wyseos.mate.emulator.server.app import make_app
from wyseos.mate.emulator.server.contract import Violation, contract
from wyseos.mate.emulator.server.loopback import LocalServer
from wyseos.mate.emulator.server.service import Service
from wyseos.mate.emulator.server.this_machine import checked_origins
from wyseos.mate.emulator.state.clock import Clock
from wyseos.mate.emulator.state.service_state import ServiceState
from wyseos.mate.emulator.state.session import Session
from wyseos.mate.emulator.state.store import MemoryStore, SqliteStore


class Emulator:
    """The whole service on this machine, for programs, demos and tests. It listens on the loopback interface only.

    Args:
        scenario: what the agents do: a name, a path, or a `Scenario`; None: the session's mode decides.
        speed: how fast they do it; 1 is a few seconds a task, 0 is without any wait.
        port: where it listens; 0: on a free port.
        state: a SQLite file that keeps everything over restarts; None: in memory.
        seed: the same seed gives the same ids, the same inventions and the same chances; None: other ones each time.
        faults: faults to be armed: a YAML file, or a list of them.
        chaos: kinds of faults that may strike at any time, each with its probability.
        check_own: hold what the emulator itself sends against the schemas; see `mistakes`.
        credits: what the user may spend.
        product_polls: how often a product is asked for before its analysis is complete.
        api_key: the key that is accepted; None: a new one. A state file remembers it.
        cors: sites whose pages may use the service, such as `http://localhost:3000`; none by default.

    Raises:
        OSError: the port is taken.
        ScenarioError: there is no such scenario, or it cannot be played.
        FaultError: there is no such fault.
        StateError: the state file is used by another emulator, or is something else.

    Example:
        >>> from wyseos.mate.emulator import Emulator
        >>> with Emulator(speed=0) as emulator:
        ...     emulator.base_url.startswith("http://127.0.0.1:")
        True
    """

    def __init__(
        self,
        scenario: str | Path | Scenario | None = None,
        *,
        speed: float = 1.0,
        port: int = 0,
        state: str | Path | None = None,
        seed: int | None = 0,
        faults: str | Path | Sequence[Mapping[str, Any] | Fault] = (),
        chaos: Mapping[str, float] | None = None,
        check_own: bool = False,
        credits: float = 10_000.0,
        product_polls: int = 2,
        api_key: str | None = None,
        cors: Sequence[str] = (),
    ) -> None:
        if not isfinite(credits):
            raise ValueError(f"credits must be a number, not {credits}")
        origins = checked_origins(cors)
        seed = secrets.randbits(64) if seed is None else seed
        played = load_scenario(scenario) if isinstance(scenario, str | Path) else scenario
        self.faults = Faults(seed)
        self._arm(faults, chaos or {})
        self._store = SqliteStore(state) if state is not None else MemoryStore()
        served = ServiceState(self._store, Clock(speed), seed, credits, product_polls)
        builtin_scenarios()  # read now, so that no session has to wait for it
        self._service = Service(contract(), served, self.faults, played, check_own)
        self._remember_keys(api_key)
        try:
            self._server = LocalServer(make_app(self._service, origins), port, self._runners)
        except OSError:
            self._store.close()
            raise
        served.base_url = self.base_url
        self._server.start()

    def _arm(self, faults: str | Path | Sequence[Mapping[str, Any] | Fault], chaos: Mapping[str, float]) -> None:
        if isinstance(faults, str | Path):
            faults, more = load_faults(faults)
            chaos = {**more, **chaos}
        for told in faults:
            self.faults.arm(told)
        self.faults.arm_chaos(chaos)

    def _remember_keys(self, api_key: str | None) -> None:
        state = self._service.state
        keys = state.shelves["key"]
        kept = keys.get("1") or state.add_key("emulator", api_key or f"wyse-emulator-{secrets.token_hex(8)}")
        if api_key:
            keys.put("1", kept | {"secret": api_key})
        state.jwt_token = state.account.setdefault("jwt", f"emulator.{secrets.token_hex(8)}.jwt")
        state.shelves["account"].put("user", state.account)

    # ---- where it is and what opens it

    @property
    def base_url(self) -> str:
        """The address for `ClientOptions(base_url=…)` or WYSEOS_BASE_URL."""
        return self._server.base_url

    @property
    def clock(self) -> Clock:
        """Its time; its `speed` may be changed while it runs."""
        return self._service.state.clock

    @property
    def api_key(self) -> str:
        """The key that it accepts; others can be made by the API itself."""
        return str(self._service.state.shelves["key"]["1"]["secret"])

    @property
    def jwt_token(self) -> str:
        """The JWT that it accepts."""
        return self._service.state.jwt_token

    # ---- what it saw

    @property
    def violations(self) -> list[Violation]:
        """All that clients sent and the schemas do not allow; a test may assert that there is none."""
        return list(self._service.state.violations)

    @property
    def mistakes(self) -> list[Violation]:
        """All that the emulator itself sent and the schemas do not allow, with `check_own`; there should be none."""
        return list(self._service.mistakes)

    @property
    def sessions(self) -> dict[str, Session]:
        """All sessions by their id: `info`, `messages`, `marketing`, `starts`, `waited`."""
        return dict(self._service.state.sessions)

    def waited(self, session_id: str) -> float:
        """Tell how many seconds the scenario itself waited in a session so far."""
        return self._service.state.sessions[session_id].waited

    # ---- faults

    def fault(self, kind: str, **told: Any) -> Fault:
        """Arm a fault.

        Args:
            kind: one of `wyseos.mate.emulator.faults.rules.KINDS`.
            told: what it waits for (`frame=17`, `operation="get_session"`, `times=2` …) and its options.

        Returns:
            The fault; its `hits` tells how often it struck.

        Raises:
            FaultError: there is no such kind or option.

        Example:
            >>> with Emulator() as emulator:
            ...     emulator.fault("cut", frame=17).hits
            0
        """
        return self.faults.arm({"kind": kind, **told})

    # ---- its life

    def close(self) -> None:
        """Stop: connections are closed with 1012, and nothing is left behind. A second time does nothing."""
        self._server.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _runners(self) -> list[asyncio.Task[None]]:
        return [session.runner for session in self._service.state.sessions.values() if session.runner]
