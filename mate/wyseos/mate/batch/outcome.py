"""What came of an item."""

from __future__ import annotations

from typing import Any

from wyseos.mate.batch.states import ItemState
from wyseos.mate.tasks.result import TaskResult
from wyseos.runtime import records


@records.frozen(kw_only=True)
class Outcome:
    """What came of an item of a batch.

    Args:
        number: its place in the input, from 1.
        key: the user's own name for it; its number where there is none.
        state: "done", "failed", or "asking" where it waits for an answer; else it is not over.
        task: what was asked for.
        session_id: the session it ran in, None where there was none.
        tries: how often it was begun.
        error: why it failed.
        result: how the task ended, None where it never began.
    """

    number: int
    key: str
    state: ItemState
    task: str
    session_id: str | None = None
    tries: int = 0
    error: str | None = None
    result: TaskResult | None = records.field(default=None, repr=False)

    @property
    def success(self) -> bool:
        """Whether the task came to its answer."""
        return self.state is ItemState.DONE

    @property
    def final_answer(self) -> str:
        """The answer, in markdown; empty where there is none."""
        return self.result.final_answer if self.result is not None else ""

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON, the result whole."""
        told = records.asdict(self, recurse=False) | {"state": self.state.value}
        return told | {"result": None if self.result is None else self.result.to_dict()}
