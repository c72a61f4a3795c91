"""The report on a session as the service keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.mate.errors import WyseError
from wyseos.mate.reports.gather import result_report

if TYPE_CHECKING:
    from wyseos.mate.reports.session import SessionReport
    from wyseos.mate.rest.caller import Caller


def session_report(client: Caller, session_id: str) -> SessionReport:
    """Return the report on a session as the service keeps it.

    Args:
        client: reads its history.
        session_id: the session; it may still be at work.

    Raises:
        NotFoundError: there is no such session.

    Example:
        session_report(client, result.session_id).save("lanterns.html")
    """
    from wyseos.mate.tasks.stored import stored_session

    stored = stored_session(client, session_id)
    asked = stored.info.task[0].content if stored.info.task else ""
    try:
        usage = stored.result.usage
    except WyseError:
        usage = None  # a report without its cost is better than none
    return result_report(
        stored.result, title=stored.info.name or asked or session_id, events=stored.events,
        usage=None if usage is None else usage.to_dict(), runs=stored.runs,
    )  # fmt: skip
