"""What stops the generator."""

from __future__ import annotations


class SpecError(Exception):
    """The schema says something that can't be generated rightly, or the generated tree is not what it should be.

    Args:
        place: the file and JSON pointer at fault, such as `schema/openapi.yaml#/paths/~1session~1create/post`.
        fault: what is wrong there and what to write instead.
    """

    def __init__(self, place: str, fault: str) -> None:
        super().__init__(f"{place}: {fault}")
        self.place = place
        self.fault = fault
