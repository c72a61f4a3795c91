"""What stops the generator."""

from __future__ import annotations

from collections.abc import Iterable


class SpecError(Exception):
    """The schema says something that can't be generated rightly, or the generated tree is not what it should be.

    Args:
        place: the file and JSON pointer at fault, such as `schema/openapi.yaml#/paths/~1session~1create/post`.
        fault: what is wrong there and what to write instead.
        rule: the name of the rule it breaks, one of those in docs/regenerate.md; empty where it is none of the lint's.
    """

    def __init__(self, place: str, fault: str, rule: str = "") -> None:
        super().__init__(f"{place}: {fault}")
        self.place = place
        self.fault = fault
        self.rule = rule

    @property
    def faults(self) -> list[SpecError]:
        """All that is wrong: here, one thing."""
        return [self]


class SpecErrors(SpecError):
    """Several things are wrong at once.

    Args:
        faults: what is wrong, at least two things.
    """

    def __init__(self, faults: Iterable[SpecError]) -> None:
        self._faults = list(faults)
        first = self._faults[0]
        super().__init__(first.place, first.fault, first.rule)
        self.args = ("\n".join(str(fault) for fault in self._faults),)

    @property
    def faults(self) -> list[SpecError]:
        """All that is wrong, in the order of the documents."""
        return self._faults


def refuse(faults: Iterable[SpecError]) -> None:
    """Raise all faults at once, if there are any.

    Raises:
        SpecError: the one fault, or all of them together.
    """
    found = list(faults)
    if found:
        raise found[0] if len(found) == 1 else SpecErrors(found)
