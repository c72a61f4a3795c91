"""The items of a batch: what is asked for, checked before anything is sent. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from hashlib import sha256
from typing import Any, Final

from wyseos.mate.errors import ValidationError, WyseError
from wyseos.mate.policy.rule import MODES
from wyseos.mate.tasks.checks import check_options, check_task
from wyseos.mate.tasks.result import TaskExecutionOptions
from wyseos.runtime import records
from wyseos.runtime.codec import dumps

FIELDS: Final = ("task", "key", "mode", "attachments", "extra", "options")
_MODES: Final = {"default": ""}


@records.frozen
class Item:
    """An item of a batch.

    Args:
        number: its place, from 1.
        key: the user's own name for it; its number where there is none.
        asked: its task, mode, attachments, extra and options, ready for JSON; as it came where it can't be used.
        fault: why it can't be used; empty where it can.
    """

    number: int
    key: str
    asked: dict[str, Any]
    fault: str = ""


@records.frozen
class Raw:
    """What an input holds in one place: a text, a dict, or why it can't be read."""

    place: str
    value: object = None
    fault: str = ""


def items_of(rows: Iterable[Raw]) -> Iterator[Item]:
    """Yield an item for each row. One that can't be used tells its place and why, and stops nothing else."""
    keys: set[str] = set()
    for number, row in enumerate(rows, 1):
        item = _item(number, row)
        if item.key in keys:
            item = Item(number, f"#{number}", {}, f"{row.place}: the key {item.key!r:.40} is there twice")
        keys.add(item.key)
        yield item


def digest_of(items: Iterable[Item]) -> str:
    """Return what tells one input from another."""
    digest = sha256()
    for item in items:
        digest.update(dumps([item.key, item.asked, item.fault]).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def options_of(common: TaskExecutionOptions | None, own: Mapping[str, Any] | None) -> TaskExecutionOptions | None:
    """Return the options of one item: its own over those of the batch."""
    return records.evolve(common or TaskExecutionOptions(), **own) if own else common


def _item(number: int, row: Raw) -> Item:
    if row.fault:
        return Item(number, str(number), {}, f"{row.place}: {row.fault}")
    asked = {"task": row.value} if isinstance(row.value, str) else row.value
    if not isinstance(asked, Mapping):
        kind = type(row.value).__name__
        return Item(number, str(number), {}, f"{row.place} is of type {kind}; give a task's text, or names and values")
    key = asked.get("key")
    named = str(number) if key in (None, "") else str(key)
    wanted = {name: value for name, value in asked.items() if name != "key" and value not in (None, "")}
    try:
        _check(wanted)
    except WyseError as error:
        return Item(number, named, {}, f"{row.place}: {error.message}")
    wanted["mode"] = _MODES.get(wanted.get("mode", ""), wanted.get("mode", ""))
    return Item(number, named, wanted)


def _check(asked: Mapping[str, Any]) -> None:
    for name in asked:
        if name not in FIELDS:
            close = get_close_matches(str(name), FIELDS, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(FIELDS)}"
            raise ValidationError(f"{name!r:.40} is not known here; {remedy}", field=str(name))
    mode = asked.get("mode", "")
    if mode not in ("", *MODES):
        raise ValidationError(f"mode is {mode!r:.40}; give one of {', '.join(MODES)}", field="mode")
    check_task(asked.get("task"), asked.get("attachments"), _MODES.get(mode, mode), asked.get("extra"))
    own = asked.get("options")
    if own is None:
        return
    known = [field.name for field in records.fields(TaskExecutionOptions)]
    odd = [name for name in own if name not in known] if isinstance(own, Mapping) else [type(own).__name__]
    if odd:
        raise ValidationError(f"options has {odd[0]!r:.40}; known are {', '.join(known)}", field="options")
    check_options(options_of(None, own))
