"""The emulator: the whole service on a laptop, over real HTTP and real WebSocket, with every fault on order.

    from wyseos.mate.emulator import Emulator

    with Emulator() as emulator:
        print(emulator.base_url, emulator.api_key)

It is held against the two schemas and knows nothing of how `wyseos.mate` reads them. Names load when they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.mate.extras import told_with_extra
from wyseos.runtime.lazy import attribute

if TYPE_CHECKING:
    from wyseos.mate.emulator.faults.rules import Fault, FaultError
    from wyseos.mate.emulator.scenario.scenario import Scenario, ScenarioError, load_scenario
    from wyseos.mate.emulator.server.contract import Violation
    from wyseos.mate.emulator.server.emulator import Emulator
    from wyseos.mate.emulator.server.loopback import LocalServer
    from wyseos.mate.emulator.server.rest import MOST_BODY, read_body
    from wyseos.mate.emulator.server.this_machine import OnlyThisMachine
    from wyseos.mate.emulator.server.transport import CUT, hang_up
    from wyseos.mate.emulator.state.clock import Clock
    from wyseos.mate.emulator.state.store import StateError

_HOMES = {
    "CUT": "server.transport",
    "Clock": "state.clock",
    "Emulator": "server.emulator",
    "Fault": "faults.rules",
    "FaultError": "faults.rules",
    "LocalServer": "server.loopback",
    "MOST_BODY": "server.rest",
    "OnlyThisMachine": "server.this_machine",
    "Scenario": "scenario.scenario",
    "ScenarioError": "scenario.scenario",
    "StateError": "state.store",
    "Violation": "server.contract",
    "hang_up": "server.transport",
    "load_scenario": "scenario.scenario",
    "read_body": "server.rest",
}

__all__ = [
    "CUT",
    "MOST_BODY",
    "Clock",
    "Emulator",
    "Fault",
    "FaultError",
    "LocalServer",
    "OnlyThisMachine",
    "Scenario",
    "ScenarioError",
    "StateError",
    "Violation",
    "hang_up",
    "load_scenario",
    "read_body",
]


def __getattr__(name: str) -> Any:
    try:
        return attribute(__name__, _HOMES, name)
    except ModuleNotFoundError as error:
        raise told_with_extra(error) from None
