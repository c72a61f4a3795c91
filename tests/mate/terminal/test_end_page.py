"""The page that stays in the terminal after a task."""

from __future__ import annotations

import io

from rich.console import Console

from tests.mate.terminal.screens import PLAN, live, result, text_of, utf8
from wyseos.generated.events import event_from_dict
from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.tasks.result import ResultFile
from wyseos.mate.terminal.end_page import plan_tree
from wyseos.mate.terminal.summaries import Summary


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
