"""Questions as they were asked, from the events that tell of them: of a session, or of a file that was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wyseos.generated.events import event_from_dict
from wyseos.generated.models import InputEvent, PlanEvent, UnknownEvent, WarningEvent
from wyseos.mate.errors import ConfigError
from wyseos.mate.plan import Plan, plan_after
from wyseos.mate.tasks.protocol.questions import question_of
from wyseos.runtime import codec
from wyseos.runtime.errors import DecodeError

if TYPE_CHECKING:
    from wyseos.generated.events import Event
    from wyseos.mate.tasks.protocol.questions import Question


def questions_in(events: Iterable[Event]) -> Iterator[Question]:
    """Yield the questions that events tell of; a plan that stands directly before one is what it is about."""
    plan: Plan | None = None
    for event in events:
        if isinstance(event, PlanEvent):
            plan = plan_after(plan, event)
        elif isinstance(event, InputEvent):
            yield question_of(event, plan)
            plan = None
        elif not isinstance(event, WarningEvent | UnknownEvent):
            plan = None


def events_of_file(path: Path) -> list[Event]:
    """Read events that were written down: one JSON object a line (`wyse run --output json`), or one JSON array.

    Raises:
        ConfigError: it can't be read; names the line.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}): name a readable file.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text: give events as JSON.") from None
    if text.lstrip().startswith("["):
        rows = _decoded(text, f"{path}")
        return [event_from_dict(row) for row in rows if isinstance(row, Mapping)]
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    rows = [_decoded(line, f"{path}, line {number}") for number, line in lines]
    return [event_from_dict(row) for row in rows if isinstance(row, Mapping)]


def _decoded(text: str, place: str) -> Any:
    try:
        return codec.loads(text)
    except DecodeError:
        raise ConfigError(f"{place} is not JSON: give one event a line, or an array of events.") from None
