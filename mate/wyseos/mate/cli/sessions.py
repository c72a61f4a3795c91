"""Commands about sessions: what they are, said and made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wyseos.generated.models import UpdateSessionNameRequest
from wyseos.mate.cli import memory
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.output import write_record, write_records
from wyseos.mate.cli.parameters import typed_text
from wyseos.mate.errors import WyseError

if TYPE_CHECKING:
    from wyseos.generated.models import SessionInfo
    from wyseos.generated.models.marketing_data_type import MarketingDataType
    from wyseos.mate.cli.invocation import Invocation


def sessions(invocation: Invocation, current: bool, limit: int | None, as_json: bool, fields: str | None) -> None:
    """List what was started here, and what the service has in progress."""
    rows = list(_current(invocation)) if current else list(_all(invocation))
    columns = ("session_id", "title", "status", "started_at")
    write_records(rows[:limit], columns, as_json=as_json, fields=fields)


def _current(invocation: Invocation) -> Iterator[dict[str, Any]]:
    for info in invocation.client.session.list_current():
        yield _row(info.session_id, _title(info), info.status, info.created_at.isoformat() if info.created_at else None)


def _all(invocation: Invocation) -> Iterator[dict[str, Any]]:
    current = {row["session_id"]: row for row in _current(invocation)}
    known = [known for known in memory.known_sessions() if known.base_url == invocation.options.base_url]
    for session in known:
        status = current.pop(session.id, {}).get("status")
        yield _row(session.id, session.title, status, session.started_at)
    yield from current.values()


def _row(session_id: str, title: str, status: str | None, started_at: str | None) -> dict[str, Any]:
    return {"session_id": session_id, "title": title, "status": status, "started_at": started_at}


def _title(info: SessionInfo) -> str:
    asked = info.task[0].content if info.task else None
    return info.name or asked or ""


def stop(invocation: Invocation, session: str, reason: str | None) -> int:
    """Stop the task of a session; one that is over already is left as it is."""
    with invocation.client.attach(session) as task:
        for _ in task:
            if not task.state.is_final:
                task.stop(reason)
            break
        result = task.result()
    invocation.note(f"{session}: {'stopped' if not result.success else 'was complete already'}")
    return ExitCode.DONE


def rename(invocation: Invocation, session: str, title: str) -> None:
    """Give a session another title."""
    title = typed_text(title)
    request = UpdateSessionNameRequest(session_id=session, title=title)
    invocation.client.session.update_session_name(request)
    memory.rename(session, title)
    invocation.note(f"{session} is called {title!r} now.")


def show(invocation: Invocation, session: str, report: Path | None, as_json: bool, fields: str | None) -> None:
    """Show a session, or write its report."""
    if report is not None:
        from wyseos.mate.reports import session_report

        written = session_report(invocation.client, session).save(report)
        invocation.note(f"Report: {written}")
        return
    if sys.stdout.isatty() and not as_json and not fields:
        _print_page(invocation, session)
        return
    write_record(invocation.client.session.get_info(session), as_json=as_json, fields=fields)


def _print_page(invocation: Invocation, session: str) -> None:
    """Show a session as the page that stands at the end of `wyse run`."""
    from wyseos.generated.models import PlanEvent, PlanStatusEvent
    from wyseos.mate.plan import plan_after
    from wyseos.mate.tasks.stored import stored_session
    from wyseos.mate.terminal.live import LiveView
    from wyseos.mate.terminal.screen import console_for

    stored = stored_session(invocation.client, session)
    view = LiveView(console_for(sys.stdout), _title(stored.info) or session, session)
    plan = None
    for event in stored.events:
        if isinstance(event, PlanEvent | PlanStatusEvent):
            plan = plan_after(plan, event)
        view.show(event, plan)
    with suppress(WyseError):
        stored.result.usage  # noqa: B018 - asked for, so that the page has it
    view.leave_page(stored.result, {}, is_over=not stored.runs)
    if stored.runs:
        invocation.note(f"  go on:  wyse attach {session}")


def messages(invocation: Invocation, session: str, limit: int | None, as_json: bool, fields: str | None) -> None:
    """List the messages of a session, the oldest first."""
    rows = invocation.client.session.iter_messages(session, limit=limit, page_size=100)
    write_records(rows, ("created_at", "source", "type", "content"), as_json=as_json, fields=fields)


def files(invocation: Invocation, session: str, save: Path | None, as_json: bool, fields: str | None) -> None:
    """List the files that a session made, or save them."""
    from wyseos.mate.tasks.stored import stored_session

    found = stored_session(invocation.client, session).result.files
    rows: list[dict[str, Any]] = [file.to_dict() for file in found]
    if save is not None:
        from wyseos.mate.cli import transfers

        for file, row in zip(found, rows, strict=True):
            row["path"] = transfers.save(file, save)
    columns = ("name", "path") if save is not None else ("name", "extension", "url")
    write_records(rows, columns, as_json=as_json, fields=fields)


def marketing(
    invocation: Invocation,
    session: str,
    kind: MarketingDataType | None,
    limit: int | None,
    as_json: bool,
    fields: str | None,
) -> None:
    """List what a marketing session made, a row a tweet."""
    data = invocation.client.session.get_marketing_data(session, type=kind)
    rows = [{"kind": name, **row} for name, found in data.items() for row in found if isinstance(row, dict)]
    names = dict.fromkeys(name for row in rows for name in row)  # each kind has fields of its own
    rows = [{name: row.get(name) for name in names} for row in rows]
    columns = ("kind", "username", "tweet", "reply", "content")
    write_records(rows[:limit], columns, as_json=as_json, fields=fields)
