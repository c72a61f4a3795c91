"""Commands about policies: what one would have decided, and the form of its file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from wyseos.mate.cli.output import write_records
from wyseos.mate.policy import Policy
from wyseos.mate.policy.check import schema_text
from wyseos.mate.policy.recorded import events_of_file, questions_in

if TYPE_CHECKING:
    from wyseos.generated.events import Event
    from wyseos.mate.cli.invocation import Invocation

_COLUMNS = ("kind", "question", "decision", "rule", "say", "why")


def test(
    invocation: Invocation, policy: Path, recorded: str, mode: str | None, as_json: bool, fields: str | None
) -> None:
    """Show what a policy would have decided; nothing is answered."""
    rules = Policy.load(policy)
    events, told = _recorded(invocation, recorded)
    decisions = [rules.decide(question, mode or told).to_dict() for question in questions_in(events)]
    if not decisions:
        invocation.note("No questions were asked there.")
    write_records(decisions, _COLUMNS, as_json=as_json, fields=fields)


def _recorded(invocation: Invocation, name: str) -> tuple[Iterable[Event], str]:
    """Return the events of a file or a session, and the kind of task as far as that is told."""
    if Path(name).is_file():
        return events_of_file(Path(name)), "default"
    from wyseos.mate.tasks.stored import stored_session

    stored = stored_session(invocation.client, name)
    return stored.events, stored.info.mode or "default"


def show_schema(invocation: Invocation) -> None:
    """Print the schema."""
    print(schema_text(), end="")
