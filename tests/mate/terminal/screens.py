"""A live view on a screen of memory."""

from __future__ import annotations

import io

from rich.console import Console

from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.task_runner import TaskResult
from wyseos.mate.terminal.live import LiveView

PLAN = Plan(
    [
        PlanStep(id="1", title="Research", status="done"),
        PlanStep(
            id="2",
            title="Write",
            status="in_progress",
            steps=[PlanStep(id="2.1", title="Draft", status="error"), PlanStep(id="2.2", title="Polish", status="odd")],
        ),
    ]
)


def result(success: bool, text: str, **more: object) -> TaskResult:
    told = {"final_answer": text} if success else {"error": text}
    return TaskResult(
        success=success, session_duration=1.25, message_count=7, session_id="session_1", **told, **more  # type: ignore[arg-type]
    )  # fmt: skip


def live(screen: io.TextIOBase) -> LiveView:
    console = Console(file=screen, force_terminal=True, width=90, height=30, color_system=None)  # type: ignore[arg-type]
    return LiveView(console, "Compare\nlanterns", "session_1")


def utf8() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8")


def text_of(screen: io.TextIOWrapper) -> str:
    screen.flush()
    assert isinstance(screen.buffer, io.BytesIO)
    return screen.buffer.getvalue().decode(screen.encoding)
