"""What came of a round, gathered event by event."""

from __future__ import annotations

import json
from typing import Any

from tests.support import messages as said
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.mate.tasks.result import TaskExecutionOptions, TaskResult
from wyseos.mate.tasks.result_builder import ResultBuilder

DONE = Done(TaskState.COMPLETED, answer="42")


def recorded(*messages: dict[str, Any], done: Done = DONE, **options: Any) -> TaskResult:
    record = ResultBuilder(TaskExecutionOptions(**options), "s1")
    record.add(said.event(message) for message in messages)
    return record.finish(done, duration=1.5)


def test_every_delivered_message_is_counted_but_ping_and_pong() -> None:
    assert recorded(said.text(), {"type": "pong"}, {"type": "ping"}, said.unknown()).message_count == 2


def test_the_plan_history_has_one_entry_a_change() -> None:
    history = recorded(said.plan(), said.plan(), said.plan_status(), said.text(), said.plan_status()).plan_history
    assert [(entry["type"], entry["status"]) for entry in history] == [
        ("create_plan", "not_started"),
        ("update_task_status", "in_progress"),
    ]
    assert recorded(said.plan_status()).plan_history[0]["plan"] == []


def test_each_entry_tells_when_by_whom_and_in_which_words() -> None:
    result = recorded(said.text(), said.plan(), said.browser(), verbose=True, capture_screenshots=True)
    entries = [*result.execution_logs, *result.plan_history, *result.screenshots]
    assert len(entries) == 5
    assert all(type(entry[name]) is str for entry in entries for name in ("timestamp", "source", "content"))
    assert result.execution_logs[0]["content"] == "hello"


def test_the_error_of_the_service_begins_with_its_code() -> None:
    result = recorded(done=Done(TaskState.FAILED, error="too many tasks", code=4202))
    assert (result.error, result.code) == ("[4202] too many tasks", 4202)


def test_screenshots_and_logs_are_kept_as_the_options_say() -> None:
    shots = recorded(said.browser(), said.browser(screenshot=""), capture_screenshots=True)
    assert [shot["screenshot"] for shot in shots.screenshots] == ["aGk="]
    assert [entry["action"] for entry in shots.execution_logs] == ["click", "click"]
    assert recorded(said.browser(), enable_browser_logging=False).execution_logs == []
    assert recorded(said.browser()).screenshots == []
    assert recorded({"type": "rich", "message": {"type": "browser"}}).execution_logs == []


def test_every_event_is_logged_once_where_that_is_asked_for() -> None:
    assert len(recorded(said.browser(), said.text(), enable_event_logging=True).execution_logs) == 2
    assert len(recorded(said.text(), verbose=True).execution_logs) == 1
    assert recorded(said.text(), verbose=True, enable_event_logging=False).execution_logs == []


def test_a_result_is_ready_for_json_and_shown_without_its_screenshots() -> None:
    created = {"created_at": "2025-06-01T08:00:00Z"}
    question = Question(QuestionKind.PLAN, "r", plan=Plan(said.event(said.plan()).message.data))
    done = Done(TaskState.FAILED, error="no answer", question=question)
    messages = ({**said.browser(), **created}, said.plan(), said.text())
    result = recorded(*messages, done=done, capture_screenshots=True, verbose=True)
    read = json.loads(json.dumps(result.to_dict()))
    assert (read["success"], read["error"], read["question"]["request_id"]) == (False, "no answer", "r")
    assert read["question"]["plan"] == said.STEPS
    assert read["screenshots"][0]["timestamp"] == "2025-06-01T08:00:00+00:00"
    assert "aGk=" not in repr(result)


def test_a_stopped_round_without_an_error_still_says_why_there_is_no_answer() -> None:
    assert recorded(done=Done(TaskState.STOPPED)).error == "the task was stopped"
    assert recorded().error is None
