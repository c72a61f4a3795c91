"""What a task is asked for is checked here, before a session is created or anything is sent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from inspect import iscoroutinefunction
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple

from wyseos.mate.errors import ValidationError
from wyseos.mate.tasks.result import TaskExecutionOptions, TaskMode
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.mate.tasks.handlers import Handlers

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


def check_handlers(handlers: Handlers) -> None:
    """Refuse handlers that can't be called; raises as `check_task` does."""
    for name, handler in records.asdict(handlers, recurse=False).items():
        if handler is not None and not callable(handler):
            raise ValidationError(f"{name} is {_kind(handler)}; give a function, or leave it out", field=name)


def check_plain_handlers(handlers: Handlers) -> None:
    """Refuse coroutine functions where nobody awaits what they return; raises as `check_task` does."""
    for name, handler in records.asdict(handlers, recurse=False).items():
        if iscoroutinefunction(handler) or iscoroutinefunction(getattr(handler, "__call__", None)):  # noqa: B004
            raise ValidationError(
                f"{name} is a coroutine function, which a Client can't await; give a plain function or use AsyncClient",
                field=name,
            )


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
    for key in extra:
        if not isinstance(key, str):
            raise ValidationError(f"extra has the key {key!r:.40}; keys are strings", field="extra")
        near = [] if key in _EXTRA else get_close_matches(key, _EXTRA, n=1, cutoff=0.8)
        if near:
            raise ValidationError(f"extra has the key {key!r:.40}; did you mean {near[0]!r}?", field="extra")


def _kind(value: Any) -> str:
    return f"{value!r}" if isinstance(value, bool) else f"of type {type(value).__name__}"
