"""What a task is run with, and what comes out of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs


class TaskMode(StrEnum):
    """The kind of task that a session was made for."""

    Default = ""
    DeepSearch = "deep_search"
    Marketing = "marketing"


@attrs.define(kw_only=True)
class TaskExecutionOptions:
    """How a task is run. Times in seconds.

    Args:
        verbose: print what happens, a line an event.
        auto_accept_plan: approve each plan, unless an `on_plan` handler decides.
        capture_screenshots: keep screenshots in the result.
        enable_browser_logging: keep browser actions in the result's logs.
        enable_event_logging: keep every event in the result's logs; None follows `verbose`.
        completion_timeout: how long the whole round may take.
        max_user_input_timeout: how long an answer is waited for; 0: as long as the round may take.
        stop_on_x_confirm: stop the task where it asks leave for an action in the browser, instead of confirming;
            an `on_confirm` handler decides before that.
        heartbeat_interval: the service is pinged at least this often; a dead line is noticed within 25 s in any case.
        max_message_size: bytes of the largest message; a larger one is read by REST.
        memory_budget: bytes of events that may wait to be consumed before nothing more is read. Nothing is dropped.
    """

    verbose: bool = False
    auto_accept_plan: bool = True
    capture_screenshots: bool = False
    enable_browser_logging: bool = True
    enable_event_logging: bool | None = None
    completion_timeout: float = 300
    max_user_input_timeout: float = 0
    stop_on_x_confirm: bool = False
    heartbeat_interval: float = 30
    max_message_size: int = 64 * 2**20
    memory_budget: int = 64 * 2**20

    @property
    def logs_events(self) -> bool:
        """Whether every event is kept in the result's logs."""
        return self.verbose if self.enable_event_logging is None else self.enable_event_logging


def _size(entries: list[dict[str, Any]]) -> str:
    """A result with screenshots is shown without its megabytes."""
    return f"[{len(entries)}]"


@attrs.define(kw_only=True)
class TaskResult:
    """How a round ended. Everything in it is ready for JSON.

    Args:
        success: whether the task came to its answer.
        final_answer: the answer, in markdown.
        error: why there is none.
        screenshots: `{timestamp, url, action, text, screenshot}` each, the image as base64; kept where asked for.
        execution_logs: browser actions, and all events where asked for.
        plan_history: `{timestamp, type, status, plan}` for each change of the plan.
        session_duration: seconds from the start to the end.
        message_count: delivered messages, but for ping and pong.
        session_id: the session; `client.attach(session_id)` goes on there.
        question: what the task still asks, where it ended for want of an answer.
        code: the code of the service's error.
    """

    success: bool = False
    final_answer: str = ""
    error: str | None = None
    screenshots: list[dict[str, Any]] = attrs.field(factory=list, repr=_size)
    execution_logs: list[dict[str, Any]] = attrs.field(factory=list, repr=_size)
    plan_history: list[dict[str, Any]] = attrs.field(factory=list, repr=_size)
    session_duration: float = 0.0
    message_count: int = 0
    session_id: str = ""
    question: dict[str, Any] | None = None
    code: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the result ready for JSON."""
        return attrs.asdict(self, recurse=False)
