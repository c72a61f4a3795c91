"""The live view of a task, as far as it can be looked at without a terminal; `test_watch` looks at a real one."""

from __future__ import annotations

import io

from rich.console import Console

from wyseos.generated.events import event_from_dict
from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.task_runner import TaskResult
from wyseos.mate.tasks.result import ResultFile
from wyseos.mate.terminal.end_page import plan_tree
from wyseos.mate.terminal.live import LiveView
from wyseos.mate.terminal.summaries import Summary

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


def shown(view: LiveView) -> str:
    """What the live part shows now, without its escapes."""
    screen = io.StringIO()
    Console(file=screen, width=90, color_system=None).print(view._render())
    return screen.getvalue()


def test_the_live_view_ticks_steps_off_and_shows_the_latest_lines() -> None:
    view = live(utf8())
    for number in range(9):
        view.show(event_from_dict({"type": "progress", "content": f"Reading {number}"}), PLAN)
    view.show(event_from_dict({"type": "text", "content": "I found two."}), PLAN)

    picture = shown(view)
    for words in ("Compare lanterns", "✓ Research", "✗ Draft", "○ Polish", "2 of 3 steps", "Reading 8", "I found two."):
        assert words in picture
    assert "Reading 2" not in picture


def test_a_long_plan_keeps_to_the_screen_and_shows_the_step_at_work() -> None:
    steps = [PlanStep(id=str(n), title=f"Step {n}.", status="done" if n < 20 else "not_started") for n in range(40)]
    screen = io.StringIO()
    Console(file=screen, width=90, color_system=None).print(plan_tree(Plan(steps), ascii_only=False, most=6)[0])
    assert [line.rstrip() for line in screen.getvalue().splitlines()] == [
        "  ✓ Step 19.", "  ○ Step 20.", "  ○ Step 21.", "  ○ Step 22.", "  ○ Step 23.", "  … 19 before, 16 after",
    ]  # fmt: skip


def test_the_page_at_the_end_holds_plan_result_files_and_what_could_follow() -> None:
    screen = utf8()
    files = [ResultFile("a.md", "https://f.example/a"), ResultFile("b.md", "https://f.example/b")]
    with live(screen) as view:
        view.show(event_from_dict({"type": "task_result", "content": "never twice"}), PLAN)
        suggestion = {"type": "follow_up_suggestion", "data": [{"content": "More"}]}
        view.show(event_from_dict({"type": "rich", "message": suggestion}), PLAN)
        view.note(Summary("answer", "approved"))
        view.finish(result(True, "# Lanterns\n\nBuy the *second*.", files=files), {"https://f.example/a": "out/a.md"})

    page = text_of(screen)
    for words in ("Lanterns", "Buy the second.", "More", "7 messages in 1.2 s, session session_1", "answer: approved"):
        assert words in page
    assert "a.md  out/a.md" in page
    assert "b.md  https://f.example/b" in page
    assert "never twice" not in page


def test_a_failure_is_a_page_too_and_cannot_move_the_cursor() -> None:
    screen = utf8()
    with live(screen) as view:
        view.show(event_from_dict({"type": "progress", "content": "x"}), PLAN)
        view.finish(result(False, "no credits\x1b]0;title\x07"), {})
    assert "no credits\ufffd]0;title\ufffd" in text_of(screen)
    assert "Research" in text_of(screen)


def test_links_of_the_service_are_no_terminal_links() -> None:
    screen = utf8()
    with live(screen) as view:
        view.finish(result(True, "[here](https://example.com)"), {})
    assert "\x1b]8;" not in text_of(screen)


def test_an_ascii_terminal_is_shown_ascii_signs() -> None:
    screen = io.TextIOWrapper(io.BytesIO(), "ascii", errors="replace")
    with live(screen) as view:
        view.show(event_from_dict({"type": "progress", "content": "x"}), PLAN)
        view.finish(result(True, "42"), {})
    assert "x Research" in text_of(screen)
    assert "! Draft" in text_of(screen)
