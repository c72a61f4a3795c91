"""What is shown of a task: live in a terminal, plainly in a pipe."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from wyseos.generated.events import event_from_dict
from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.task_runner import TaskResult
from wyseos.mate.terminal.live import LiveView, PlainView, view_for
from wyseos.mate.terminal.summaries import Line

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


def result(success: bool, text: str) -> TaskResult:
    return TaskResult(
        success=success,
        final_answer=text if success else "",
        error=None if success else text,
        screenshots=[],
        execution_logs=[],
        plan_history=[],
        session_duration=1.25,
        message_count=7,
    )


def live(screen: io.StringIO) -> LiveView:
    console = Console(file=screen, force_terminal=True, width=90, color_system=None, legacy_windows=False)
    return LiveView(console, "Compare\nlanterns", "session_1")


def shown(view: LiveView) -> str:
    """What the live part shows now, without its escapes."""
    screen = io.StringIO()
    Console(file=screen, width=90, color_system=None).print(view._render())
    return screen.getvalue()


def test_the_live_view_ticks_steps_off_and_shows_the_latest_lines() -> None:
    view = live(io.StringIO())
    for number in range(9):
        view.show(event_from_dict({"type": "progress", "content": f"Reading {number}"}), PLAN)

    picture = shown(view)
    assert "Compare lanterns" in picture
    assert "✓ Research" in picture
    assert "✗ Draft" in picture
    assert "○ Polish" in picture
    assert "2 of 3 steps" in picture
    assert "Reading 8" in picture
    assert "Reading 2" not in picture


def test_the_page_at_the_end_holds_plan_result_and_what_could_follow() -> None:
    screen = io.StringIO()
    with live(screen) as view:
        view.show(event_from_dict({"type": "task_result", "content": "never twice"}), PLAN)
        suggestion = {"type": "follow_up_suggestion", "data": [{"content": "More"}]}
        view.show(event_from_dict({"type": "rich", "message": suggestion}), PLAN)
        view.note(Line("answer", "approved"))
        view.finish(result(True, "# Lanterns\n\nBuy the *second*."))

    page = screen.getvalue()
    assert "Lanterns" in page
    assert "Buy the second." in page
    assert "You could go on with: More" in page
    assert "7 messages in 1.2 s, session session_1" in page
    assert "never twice" not in page


def test_a_failure_is_a_page_too() -> None:
    screen = io.StringIO()
    with live(screen) as view:
        view.finish(result(False, "no credits\x1b]0;title\x07"))
    assert "no credits\ufffd]0;title\ufffd" in screen.getvalue()


def test_links_of_the_service_are_no_terminal_links() -> None:
    screen = io.StringIO()
    with live(screen) as view:
        view.finish(result(True, "[here](https://example.com)"))
    assert "\x1b]8;" not in screen.getvalue()


def test_a_question_is_asked_below_the_live_part(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("yes, please\n"))
    with live(screen) as view:
        assert view.ask("Is the report right?") == "yes, please"
    assert "Is the report right?" in screen.getvalue()


def test_the_plain_view_keeps_questions_off_the_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("the second\n"))
    with PlainView("Compare", "session_1", written.write) as view:
        assert view.ask("Which one?") == "the second"
        view.finish(result(False, "stopped"))
    assert written.getvalue() == ("session\tsession_1\ntask\tCompare\nseconds\t1.2\nmessages\t7\nfailed\tstopped\n")
    assert capsys.readouterr().err == "Which one?\n"


def test_a_pipe_gets_the_plain_view_and_a_terminal_the_live_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(view_for("Compare", "session_1"), PlainView)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert isinstance(view_for("Compare", "session_1"), LiveView)
