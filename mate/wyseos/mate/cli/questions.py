"""Commands about questions that are open: listed and answered, whoever started their tasks."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.output import write_records
from wyseos.mate.errors import ValidationError
from wyseos.mate.plan import Plan, PlanStep

if TYPE_CHECKING:
    from wyseos.mate.cli.invocation import Invocation

_COLUMNS = ("session_id", "kind", "age_seconds", "text", "title", "request_id")


def questions(
    invocation: Invocation, sessions: tuple[str, ...], limit: int | None, as_json: bool, fields: str | None
) -> None:
    """List what is open; without a session, of those that the service has in progress."""
    client = invocation.client
    named = [name for name in sessions if not Path(name).is_file()]
    found = client.questions(named or None) if named or not sessions else []
    for journal in (Path(name) for name in sessions if Path(name).is_file()):
        found += client.questions(journal)
    write_records(islice(found, limit), _COLUMNS, as_json=as_json, fields=fields)


def answer(
    invocation: Invocation,
    session: str,
    text: str | None,
    approve: bool,
    reject: bool,
    plan: Path | None,
    question: str | None,
) -> int:
    """Answer the open question of a session, and leave."""
    answered = invocation.client.answer(
        session,
        None if reject else text,
        approve=approve,
        reject=(text or True) if reject else False,
        plan=None if plan is None else _plan(plan),
        question=question,
    )
    invocation.note(f"{session}: answered: {answered.text or answered.kind}")
    return ExitCode.DONE


def _plan(path: Path) -> Plan:
    from wyseos.mate.settings.safe_yaml import YamlFault, load_yaml

    try:
        steps = load_yaml(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise ValidationError(f"{path} cannot be read as text; name a file of steps", field="plan") from None
    except YamlFault as fault:
        raise ValidationError(f"{path} {fault}", field="plan") from None
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise ValidationError(f"{path} is no list of steps; `wyse questions --json` shows the form", field="plan")
    return Plan(PlanStep.from_dict(step) for step in steps)
