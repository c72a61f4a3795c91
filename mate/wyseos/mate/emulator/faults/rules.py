"""Faults on order: what goes wrong, where, and how often. Seeded, so that the same order gives the same trouble.

A fault is armed with a kind and with what it waits for; when that comes it strikes, `times` times. docs/faults.md
lists the kinds with their options, as `KINDS` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Lock
from typing import Any

from wyseos.mate.emulator.faults.kinds import KINDS as KINDS
from wyseos.mate.emulator.faults.kinds import Json
from wyseos.mate.settings.safe_yaml import YamlFault, load_yaml


class FaultError(ValueError):
    """An order that cannot be understood; the message names the kind and the option."""


_FIELDS = ("kind", "operation", "session_id", "frame", "message", "skip", "times", "probability")


@dataclass
class Fault:
    """One armed fault.

    Args:
        kind: one of `KINDS`.
        operation: only for this operation, such as `get_session`; None: for any.
        session_id: only in this session; None: in any.
        frame: at this event of a connection, counted from 1; 0: as soon as the connection is open; None: at any.
        message: not at an event, but when the client sends a message of this type, such as `input`.
        skip: how many matches it lets pass first.
        times: how often it strikes; 0: always.
        probability: how likely it strikes at a match, from 0 to 1.
        options: what the kind takes besides.
    """

    kind: str
    operation: str | None = None
    session_id: str | None = None
    frame: int | None = None
    message: str | None = None
    skip: int = 0
    times: int = 1
    probability: float = 1.0
    options: Json = field(default_factory=dict)
    seen: int = 0
    hits: int = 0

    def __post_init__(self) -> None:
        from wyseos.mate.emulator.schemas.checking import check_order

        named = {name: value for name in _FIELDS if (value := getattr(self, name)) is not None}
        wrong = check_order({**named, **self.options})
        if wrong is not None:
            raise FaultError(": ".join(part for part in (str(self.kind), wrong.place, wrong.reason) if part))
        self.options = {**KINDS[self.kind].options, **self.options}

    @property
    def place(self) -> str:
        """Where it strikes."""
        return KINDS[self.kind].place

    def __getitem__(self, option: str) -> Any:
        return self.options[option]

    def wants(self, **facts: Any) -> bool:
        """Tell whether this is what it waits for. What a fault does not name it does not care for."""
        if (self.message is None) != (facts.get("message") is None):
            return False
        named = {name: getattr(self, name) for name in ("operation", "session_id", "frame", "message")}
        return all(value is None or facts.get(name) == value for name, value in named.items())

    def as_json(self) -> Json:
        """Tell of it, as the control endpoints do."""
        names = ("kind", "operation", "session_id", "frame", "message", "skip", "times", "probability", "hits")
        return {name: getattr(self, name) for name in names} | {"options": self.options}


def parse_fault(told: Mapping[str, Any], session_id: str | None = None) -> Fault:
    """Read an order, as it stands in YAML or JSON: the fault's fields and its options side by side.

    Args:
        told: such as `{kind: cut, frame: 17}`.
        session_id: the session it is for, where the order names none.

    Raises:
        FaultError: there is no such kind or option.
    """
    if not isinstance(told, Mapping) or "kind" not in told:
        raise FaultError("a fault is an object with a `kind`")
    fields = {name: told[name] for name in _FIELDS if name in told}
    options = {str(name): value for name, value in told.items() if name not in _FIELDS}
    return Fault(**{"session_id": session_id, **fields}, options=options)


class Faults:
    """The armed faults. Any thread may arm; the server's asks what strikes.

    Args:
        seed: decides where a probability does.
    """

    def __init__(self, seed: int = 0) -> None:
        self._armed: list[Fault] = []
        self._random = Random(seed)  # noqa: S311  # the same each time is what is wanted
        self._lock = Lock()

    def arm(self, told: Mapping[str, Any] | Fault, session_id: str | None = None) -> Fault:
        """Arm a fault and return it; its `hits` tells how often it struck."""
        fault = told if isinstance(told, Fault) else parse_fault(told, session_id)
        with self._lock:
            self._armed.append(fault)
        return fault

    def arm_chaos(self, probabilities: Mapping[str, float]) -> None:
        """Let kinds of faults strike at any time, each with its probability."""
        # A probability of 0 is a kind that is switched off. None is armed before all are understood.
        for fault in [
            Fault(kind, probability=chance, times=0) for kind, chance in probabilities.items() if chance != 0
        ]:
            self.arm(fault)

    def clear(self) -> None:
        """Disarm all."""
        with self._lock:
            self._armed.clear()

    def armed(self) -> list[Fault]:
        """List all that were armed, the spent ones too."""
        with self._lock:
            return list(self._armed)

    def strike(self, *kinds: str, **facts: Any) -> list[Fault]:
        """Tell which faults of these kinds strike now, and count that they did."""
        if not self._armed:
            return []
        with self._lock:
            return [
                fault for fault in self._armed if fault.kind in kinds and fault.wants(**facts) and self._strikes(fault)
            ]

    def _strikes(self, fault: Fault) -> bool:
        if fault.times and fault.hits >= fault.times:
            return False
        fault.seen += 1
        if fault.seen <= fault.skip or self._random.random() >= fault.probability:
            return False
        fault.hits += 1
        return True


def load_faults(path: str | Path) -> tuple[list[Fault], dict[str, float]]:
    """Read a YAML file of faults.

    Args:
        path: a list of faults, or an object with `faults` and `chaos`.

    Returns:
        The faults, and the probabilities of chaos.

    Raises:
        FaultError: it cannot be understood; the message names the file.
    """
    try:
        told = load_yaml(Path(path).read_text("utf-8"))
    except (YamlFault, UnicodeDecodeError) as error:
        raise FaultError(f"{path}: {error}") from None
    from wyseos.mate.emulator.schemas.checking import check_faults

    wrong = check_faults(told)
    if wrong is not None:
        raise FaultError(": ".join(part for part in (str(path), *wrong) if part))
    if isinstance(told, list):
        told = {"faults": told}
    return [parse_fault(order) for order in told.get("faults", [])], told.get("chaos", {})
