"""A plan, as messages of 0.3.x carry it."""

from __future__ import annotations

from typing import Any

PLAN: dict[str, Any] = {
    "type": "plan",
    "message": {"type": "create_plan", "data": [{"id": "1", "title": "Research", "status": "not_started"}]},
}
