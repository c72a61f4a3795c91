"""One read and one write, and what answers them."""

from __future__ import annotations

from typing import Any

from wyseos.mate.models import CreateSessionRequest

SESSION = {"session_id": "s-1", "status": "active"}


def read(client: Any) -> Any:
    return client.session.get_info("s-1")


def write(client: Any) -> Any:
    return client.session.create(CreateSessionRequest(task="Write"))


CANARY = "CANARY-7f3a"
