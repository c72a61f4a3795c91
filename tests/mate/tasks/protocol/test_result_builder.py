"""What a round leaves behind: its record, its streams, its inbox, its diagram."""

from __future__ import annotations

import json
import runpy
import threading
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.support import messages as said
from wyseos.mate.errors import ValidationError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.handlers import Handlers, calls_for, command_for, policy_for
from wyseos.mate.tasks.io.event_queue import Inbox
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.commands import Answer, Decline
from wyseos.mate.tasks.protocol.diagram import diagram
from wyseos.mate.tasks.protocol.events import TaskEvent
from wyseos.mate.tasks.protocol.local_events import Gap, Reconnecting, StreamClosed
from wyseos.mate.tasks.protocol.policy import Answering
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.tasks.protocol.result import TaskExecutionOptions, TaskResult
from wyseos.mate.tasks.protocol.result_builder import ResultBuilder
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.mate.tasks.protocol.streams import Streams
from wyseos.mate.terminal.describe import describe
from wyseos.mate.terminal.text import one_line, plain

DONE = Done(TaskState.COMPLETED, answer="42")


def recorded(*messages: dict[str, Any], done: Done = DONE, **options: Any) -> TaskResult:
    record = ResultBuilder(TaskExecutionOptions(**options), "s1")
    for message in messages:
        record.add(said.event(message))
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


# ---- streams


def test_the_pieces_of_a_draft_are_joined_in_order() -> None:
    streams = Streams()
    for message in (said.draft("a", "d1", "wor", 1), said.draft("b", "d2", "B", 0), said.draft("c", "d1", "Hello ", 0)):
        assert streams.add(said.event(message))
    assert streams.drafts == {"d1": "Hello wor", "d2": "B"}


def test_pieces_without_an_index_are_joined_as_they_come() -> None:
    streams = Streams()
    for message_id, content in (("a", "one "), ("b", "two "), ("c", "three")):
        streams.add(said.event(said.draft(message_id, "d", content, None)))
    assert streams.drafts == {"d": "one two three"}


def test_tweets_are_gathered_and_all_else_is_left_alone() -> None:
    streams = Streams()
    for kind in ("marketing_tweet_reply", "marketing_tweet_interact"):
        body = {"type": kind, "data": [{"tweet_id": kind}]}
        assert streams.add(said.event({"type": "rich", "delta": True, "chunk_id": "c", "message": body}))
    assert not streams.add(said.event(said.text()))
    assert not streams.add(said.event(said.stream_end()))
    assert [tweet.tweet_id for tweet in streams.replies] == ["marketing_tweet_reply"]
    assert [tweet.tweet_id for tweet in streams.interactions] == ["marketing_tweet_interact"]


# ---- the inbox


def test_fault_40_reading_stops_above_the_budget_and_goes_on_at_half_of_it() -> None:
    drained: list[int] = []
    inbox = Inbox(100, threading.Event(), lambda: drained.append(inbox.used))
    for size in (40, 40, 40):
        inbox.put(said.events(said.text()), size)
    assert (inbox.is_full, inbox.is_roomy) == (True, False)
    for expected in ([], [40]):
        inbox.poll()
        assert expected == drained


def test_a_closed_inbox_gives_out_all_before_it_is_over() -> None:
    inbox = Inbox(100, threading.Event(), lambda: None)
    inbox.put(said.events(said.text("a")), 1)
    inbox.put([], 1)
    inbox.close()
    first, over = inbox.poll()
    assert ([event.message_id for event in first if not isinstance(event, Question)], over) == (["a"], False)
    assert inbox.poll() == ((), True)
    inbox.reopen()
    assert inbox.poll() == ((), False)


def test_what_is_discarded_takes_no_room() -> None:
    inbox = Inbox(100, threading.Event(), lambda: None)
    inbox.put(said.events(said.text()), 10)
    inbox.discard()
    inbox.put(said.events(said.text()), 10)
    assert inbox.used == 0


# ---- handlers


PLAN = Question(QuestionKind.PLAN, "r", plan=Plan())
CONFIRMATION = Question(QuestionKind.CONFIRMATION, "r")
TEXT = Question(QuestionKind.TEXT, "r")
REPORT = Question(QuestionKind.REPORT, "r")


@pytest.mark.parametrize(
    ("question", "answer", "command"),
    [
        (PLAN, None, Decline("r")),
        (PLAN, True, Answer(request_id="r")),
        (PLAN, False, Answer(accepted=False, request_id="r")),
        (PLAN, "Shorter", Answer(accepted=False, text="Shorter", request_id="r")),
        (PLAN, PLAN.plan, Answer(plan=PLAN.plan, request_id="r")),
        (CONFIRMATION, True, Answer(request_id="r")),
        (CONFIRMATION, False, Answer(accepted=False, request_id="r")),
        (TEXT, "Yes", Answer(text="Yes", request_id="r")),
        (REPORT, "Right", Answer(text="Right", request_id="r")),
        (TEXT, None, Decline("r")),
    ],
)
def test_what_a_handler_returns_means_an_answer(question: Question, answer: Any, command: Any) -> None:
    assert command == command_for(question, answer)


@pytest.mark.parametrize(
    ("question", "answer", "field"),
    [(PLAN, 7, "on_plan"), (CONFIRMATION, "yes", "on_confirm"), (TEXT, True, "on_input")],
)
def test_what_means_nothing_is_refused(question: Question, answer: Any, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        command_for(question, answer)
    assert field == refused.value.field


def test_each_question_goes_to_the_handler_of_its_kind_and_a_plan_as_a_plan() -> None:
    handlers = Handlers(on_plan=repr, on_input=str, on_confirm=bool)
    called = [
        (call.handler, call.argument)
        for item in (PLAN, TEXT, REPORT, CONFIRMATION)
        for call in calls_for(handlers, item)
    ]
    assert called == [(repr, PLAN.plan), (str, TEXT), (str, REPORT), (bool, CONFIRMATION)]
    assert list(calls_for(Handlers(), TEXT)) == []
    assert list(calls_for(Handlers(), said.event(said.text()))) == []
    assert Handlers().is_empty
    assert not handlers.is_empty


def test_who_answers_what_follows_from_options_and_handlers() -> None:
    W, N, A, X = Answering.WAIT, Answering.NOBODY, Answering.AUTOMATIC, Answering.STOP
    options = TaskExecutionOptions()
    policy = policy_for(options, Handlers(), attended=False)
    assert (policy.plan, policy.text, policy.confirmation) == (A, N, A)
    assert (policy.completion_timeout, policy.answer_timeout) == (300, None)
    strict = TaskExecutionOptions(auto_accept_plan=False, stop_on_x_confirm=True, max_user_input_timeout=5)
    policy = policy_for(strict, Handlers(), attended=True)
    assert (policy.plan, policy.text, policy.confirmation, policy.answer_timeout) == (W, W, X, 5)
    policy = policy_for(options, Handlers(on_plan=repr, on_input=str, on_confirm=bool), attended=False)
    assert (policy.plan, policy.text, policy.confirmation) == (W, W, W)
    assert policy.fallback is not None
    assert (policy.fallback.plan, policy.fallback.text) == (A, N)


# ---- words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (said.text(content="hi"), "hi"),
        (said.text(content=""), None),
        (said.result(), "42"),
        (said.progress(), "… working"),
        (said.warning(), "! careful"),
        (said.error(), "! rate limited"),
        (said.plan_status(), "· Research: done"),
        (said.plan(steps=[]), "Plan: not started"),
        (said.browser(), "· browser: click https://example.com Sign in"),
        (said.follow_up(), "→ Go on"),
        (said.unknown(), None),
        ({"type": "rich", "message": {"type": "search", "data": [{"link": "x"}]}}, "· search: 1 found, first: x"),
        ({"type": "rich", "message": {"type": "file", "data": [{"file_name": "a.md"}]}}, "· file: a.md"),
        (said.text(content="a\x1b]0;evil\x07"), "a\ufffd]0;evil\ufffd"),
    ],
)
def test_an_event_is_told_in_a_line_that_cannot_move_the_cursor(message: dict[str, Any], words: str | None) -> None:
    assert words == describe(said.event(message))


def test_questions_and_our_own_events_are_told_too() -> None:
    assert describe(said.event(said.question())) == "? Shall I?"
    assert describe(said.event({"type": "input"})) == "? an answer, please"
    assert describe(Gap("gone")) == "! messages are missing here: gone"
    told = "· marketing: writer_twitter could not be fetched: busy"
    assert describe(StreamClosed("writer_twitter", reason="busy")) == told


def test_our_own_events_tell_what_happened_and_every_kind_of_event_is_one_of_the_tasks() -> None:
    assert Reconnecting(2, 0.5, "cut").to_dict() == {"type": "reconnecting", "attempt": 2, "wait": 0.5, "reason": "cut"}
    assert {Gap, Reconnecting, StreamClosed} < set(get_args(TaskEvent))


def test_our_own_events_are_ready_for_json() -> None:
    assert Gap("gone", after="a").to_dict() == {"type": "gap", "after": "a", "reason": "gone", "state": "lost"}
    closed = StreamClosed("writer_twitter", reason="no")
    assert closed.to_dict() == {"type": "stream_closed", "stream": "writer_twitter", "data": None, "reason": "no"}


def test_text_is_made_safe_and_otherwise_left_as_it_is() -> None:
    assert plain("grüße 👩‍💻\n\tdone") == "grüße 👩‍💻\n\tdone"
    assert plain("a\r\nb\rc\u202ed\x9b") == "a\nb\ufffdc\ufffdd\ufffd"
    assert one_line("a\n b", 10) == "a b"
    assert one_line("abcdef", 4) == "abc…"


# ---- the diagram


def test_a_command_draws_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(diagram.__code__.co_filename, run_name="__main__")
    assert capsys.readouterr().out == diagram() + "\n"


def test_the_page_of_the_states_shows_the_table_as_it_is() -> None:
    page = (Path(__file__).parents[4] / "docs/states.md").read_text("utf-8")
    assert f"```mermaid\n{diagram()}\n```" in page
