"""Sessions to report on."""

from __future__ import annotations

from typing import Any

from wyseos.mate import Client
from wyseos.mate.reports import SessionReport, session_report

HOSTILE = "\"><script>document.title='taken'</script><img src=x onerror=alert(1)>\x1b[2J\u202e"


def of_session(client: Client, task: str = "Compare lanterns", **more: Any) -> SessionReport:
    return session_report(client, client.run(task, confirm="approve", **more).session_id)
