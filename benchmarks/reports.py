"""A report of 10,000 events and 50 screenshots: written in at most 2 s, first painted by a browser in at most 1 s."""

from __future__ import annotations

import base64
import random
import struct
import sys
import tempfile
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.support.browser import CHROMIUM, browser
from wyseos.generated.events import event_from_dict
from wyseos.mate import TaskResult
from wyseos.mate.reports import result_report

EVENTS, SHOTS = 10_000, 50
_SIZE = (1280, 800)


def screenshot(seed: int) -> str:
    """Make a picture that does not pack to nothing, of some 360 KB, as base64."""
    width, height = _SIZE
    noise = random.Random(seed)
    rows = b"".join(b"\0" + noise.randbytes(width // 4) + bytes(3 * width - width // 4) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)).decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def events() -> list[Any]:
    """Make the events of a long session."""
    begun, step = datetime(2026, 1, 1, tzinfo=UTC), EVENTS // SHOTS
    made = []
    for number in range(EVENTS):
        told: dict[str, Any] = {"type": "progress", "content": f"Reading page {number} of a **long** list " * 3}
        if number % step == 0:
            seen = {"action": "visit", "url": f"https://example.com/{number}", "screenshot": screenshot(number)}
            told = {"type": "rich", "message": {"type": "browser", "data": seen}}
        made.append(event_from_dict(told | {"created_at": (begun + timedelta(seconds=number)).isoformat()}))
    return made


def main() -> None:
    """Print what writing and painting took."""
    told = events()
    result = TaskResult(success=True, final_answer="# 42\n\n" + "word " * 2000, session_id="session_1")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        began = time.perf_counter()
        place = result_report(result, title="A long session", events=told).save(Path(folder) / "report.html")
        took, size = time.perf_counter() - began, place.stat().st_size / 1e6
        print(f"report of {EVENTS:,} events and {SHOTS} screenshots ({size:.0f} MB)   written in {took:.2f} s")
        if CHROMIUM is None:
            return
        with browser(Path(folder) / "browser") as tab:
            tab.open(place)
            print(f"first paint in a browser                                   {tab.first_paint():.0f} ms")


if __name__ == "__main__":
    main()
