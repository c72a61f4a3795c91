"""Decoding without a wire: `server side what times`. The bound is the JSON parser alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from benchmarks.programs.common import arguments, repeat, tell
from benchmarks.server import message, page


def plan() -> bytes:
    """A plan of ten steps."""
    steps = [{"id": f"s{n}", "title": "Read", "description": "Read a page", "status": "not_started"} for n in range(10)]
    told = {"type": "create_plan", "data": steps}
    return json.dumps({"type": "plan", "message_id": "m", "source": "planner", "message": told}).encode()


TEXTS: dict[str, Callable[[], bytes]] = {
    "text 300 B": lambda: message("text", 300, 1),
    "text 30 KB": lambda: message("text", 30_000, 1),
    "plan": plan,
    "screenshot 200 KB": lambda: message("shot", 200_000, 1),
    "screenshot 2 MB": lambda: message("shot", 2_000_000, 1),
    "page of 20": lambda: page({"page_size": ["20"]}, 20),
    "page of 100": lambda: page({"page_size": ["100"]}, 100),
}


def reader(side: str, what: str) -> Callable[[bytes], Any]:
    """What a side reads it with."""
    if side == "orjson":
        import orjson

        return orjson.loads
    if side == "json":
        return json.loads
    if what.startswith("page"):
        from wyseos.generated.models import TeamPage
        from wyseos.runtime.codec import loads

        return lambda text: TeamPage.from_dict(loads(text))
    from wyseos.generated.events import decode_event

    return decode_event


if __name__ == "__main__":
    _, side, what, times = arguments()
    text, read = TEXTS[what](), reader(side, what)
    tell(**repeat(lambda: read(text), int(times)))
