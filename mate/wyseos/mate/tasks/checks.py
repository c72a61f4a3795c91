"""What a task is asked for is checked here, before a session is created or anything is sent. Pure, and light:

`start` checks on a running event loop, before it loads what a task needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any, NamedTuple

from wyseos.mate.errors import ValidationError
from wyseos.mate.tasks.mode import TaskMode

_EXTRA = ("marketing_product", "mode", "skills", "strategy")
"""The keys of `extra` that the service knows. Others are sent as they are, unless they look like one of these."""


class Range(NamedTuple):
    """What an option's number may be."""

    least: float
    unit: str
    kinds: tuple[type, ...] = (int, float)


_RANGES = {
    "completion_timeout": Range(0, "seconds, 0 for no limit"),
    "max_user_input_timeout": Range(0, "seconds, 0 for as long as the round may take"),
    "heartbeat_interval": Range(0.1, "seconds"),
    "max_message_size": Range(1024, "bytes", (int,)),
    "memory_budget": Range(1024, "bytes", (int,)),
}
_FLAGS = ("verbose", "auto_accept_plan", "capture_screenshots", "enable_browser_logging", "stop_on_x_confirm")


def check_task(task: object, attachments: object, task_mode: object, extra: object) -> None:
    """Refuse a task that can't be started.

    Raises:
        ValidationError: names the argument, what it got and what to give instead.
    """
    if not isinstance(task, str) or not task.strip():
        raise ValidationError("task is empty; say in words what is to be done", field="task")
    _check_attachments(attachments)
    check_mode(task_mode)
    check_extra(extra)


def check_mode(task_mode: object) -> None:
    """Refuse a kind of task that there is not; raises as `check_task` does."""
    modes = [mode.value for mode in TaskMode]
    if not isinstance(task_mode, str) or task_mode not in modes:
        raise ValidationError(f"task_mode is {task_mode!r:.40}; give one of {modes}", field="task_mode")


def check_options(options: object) -> None:
    """Refuse options that can't be kept to; raises as `check_task` does."""
    if options is None:
        return
    from wyseos.mate.tasks.result import TaskExecutionOptions  # loaded by whoever made one

    if not isinstance(options, TaskExecutionOptions):
        raise ValidationError(
            f"options is {_kind(options)}; give TaskExecutionOptions(completion_timeout=…, …)", field="options"
        )
    for name, allowed in _RANGES.items():
        value = getattr(options, name)
        is_number = isinstance(value, allowed.kinds) and not isinstance(value, bool)
        if not is_number or not allowed.least <= value < float("inf"):
            wanted = "a whole number" if allowed.kinds == (int,) else "a number"
            raise ValidationError(
                f"{name} is {value!r:.40}; give {wanted} of at least {allowed.least:g} ({allowed.unit})", field=name
            )
    for name in _FLAGS:
        if not isinstance(getattr(options, name), bool):
            raise ValidationError(f"{name} is {getattr(options, name)!r:.40}; give True or False", field=name)


def check_handlers(**handlers: object) -> None:
    """Refuse handlers that can't be called; raises as `check_task` does."""
    for name, handler in handlers.items():
        if handler is not None and not callable(handler):
            raise ValidationError(f"{name} is {_kind(handler)}; give a function, or leave it out", field=name)


def check_plain_handlers(**handlers: object) -> None:
    """Refuse coroutine functions where nobody awaits what they return; raises as `check_task` does."""
    from inspect import iscoroutinefunction

    for name, handler in handlers.items():
        if iscoroutinefunction(handler) or iscoroutinefunction(getattr(handler, "__call__", None)):  # noqa: B004
            raise ValidationError(
                f"{name} is a coroutine function, which a Client can't await; give a plain function or use AsyncClient",
                field=name,
            )


def check_watching(options: object, confirm: object, rules: object, **handlers: object) -> None:
    """Refuse what can't be kept to while a task runs; raises as `check_task` does."""
    check_options(options)
    check_handlers(**handlers)
    check_rules(rules, confirm)
    check_confirm(confirm)


def check_rules(rules: object, confirm: object) -> None:
    """Refuse what is no policy, and a second word on who gives permission.

    Raises:
        ValidationError: names the argument and what to give instead.
    """
    if rules is None:
        return
    from wyseos.mate.policy.policy import Policy  # most tasks have none

    if not isinstance(rules, Policy):
        raise ValidationError(
            f'policy is of type {type(rules).__name__}; give Policy.load("policy.yaml") or Policy([Rule(…)])',
            field="policy",
        )
    if confirm is not None:
        raise ValidationError(
            "policy and confirm both say who gives permission; give one of them, and a rule for confirmations",
            field="confirm",
        )


def check_confirm(confirm: object) -> None:
    """Refuse a word that says nothing about permission; raises as `check_task` does."""
    if confirm not in (None, "ask", "approve", "stop"):
        raise ValidationError(f'confirm is {confirm!r:.40}; say "ask", "approve" or "stop"', field="confirm")


def _check_attachments(attachments: object) -> None:
    if attachments is None:
        return
    if not isinstance(attachments, list | tuple):
        raise ValidationError(
            f"attachments is {_kind(attachments)}; give a list of uploaded files", field="attachments"
        )
    for number, file in enumerate(attachments):
        place = f"attachments[{number}]"
        if isinstance(file, str | PathLike):
            raise ValidationError(
                f"{place} is {_kind(file)}; upload it first, and give what client.file_upload.upload_file(…) returns",
                field="attachments",
            )
        if not isinstance(file, Mapping):
            raise ValidationError(f"{place} is {_kind(file)}; give {{file_name, file_url}}", field="attachments")
        for name in ("file_name", "file_url"):
            if not isinstance(file.get(name), str) or not file.get(name):
                raise ValidationError(f"{place} has no {name}; give what the upload returned", field="attachments")


def check_extra(extra: object) -> None:
    """Refuse what can't be sent along with a task; raises as `check_task` does."""
    if extra is None:
        return
    if not isinstance(extra, Mapping):
        raise ValidationError(f"extra is {_kind(extra)}; give a dict", field="extra")
    from difflib import get_close_matches

    for key in extra:
        if not isinstance(key, str):
            raise ValidationError(f"extra has the key {key!r:.40}; keys are strings", field="extra")
        near = [] if key in _EXTRA else get_close_matches(key, _EXTRA, n=1, cutoff=0.8)
        if near:
            raise ValidationError(f"extra has the key {key!r:.40}; did you mean {near[0]!r}?", field="extra")


def _kind(value: Any) -> str:
    return f"{value!r}" if isinstance(value, bool) else f"of type {type(value).__name__}"
