"""Batches: many tasks whose states outlive the process that started them.

from pathlib import Path

for outcome in client.batch(Path("tasks.jsonl")):
    print(outcome.key, outcome.success)
"""

from __future__ import annotations

from wyseos.runtime import hints as t
from wyseos.runtime.hints import TYPE_CHECKING
from wyseos.runtime.lazy import attribute

if TYPE_CHECKING:
    from concurrent.futures import Executor as Executor

    from wyseos.mate.batch.handles import AsyncBatch as AsyncBatch
    from wyseos.mate.batch.handles import Batch as Batch
    from wyseos.mate.batch.outcome import Outcome as Outcome
    from wyseos.mate.batch.states import ItemState as ItemState

__all__ = ["AsyncBatch", "Batch", "ItemState", "Outcome"]

_HOME_OF = {
    "AsyncBatch": "handles",
    "Batch": "handles",
    "Executor": "coordinator",
    "ItemState": "states",
    "Outcome": "outcome",
}


def __getattr__(name: str) -> t.Any:
    return attribute(__name__, _HOME_OF, name)
