"""What came of a session as a page to look at and to hand on: one HTML file, Markdown or JSON. Extra `reports`."""

from __future__ import annotations

from typing import Any

from wyseos.runtime.lazy import attribute

__all__ = [
    "BatchReport",
    "ProductPage",
    "SessionReport",
    "batch_report",
    "product_report",
    "result_report",
    "session_report",
]

_HOME_OF = {
    "BatchReport": "batch",
    "ProductPage": "product",
    "SessionReport": "session",
    "batch_report": "batch",
    "product_report": "product",
    "result_report": "gather",
    "session_report": "stored",
}


def __getattr__(name: str) -> Any:
    return attribute(__name__, _HOME_OF, name)
