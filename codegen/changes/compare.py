"""Two surfaces, compared: each difference with its verdict for those who use this SDK.

The rules, in short. Models forgive when they read, so a new field or value of an answer breaks nobody; what is taken
away, renamed, or of another type does. Requests are strict: what must be given now, and what may not be given any more,
breaks. docs/regenerate.md has them as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from codegen.changes.surface import Field, Message, Model, Operation, Surface

T = TypeVar("T")

BREAKING, DEPRECATED, ADDITIVE, COMPATIBLE = VERDICTS = ("breaking", "deprecated", "additive", "compatible")


class Change(NamedTuple):
    """One difference."""

    verdict: str
    """One of VERDICTS."""
    kind: str
    """`operation`, `parameter`, `model`, `field`, `value`, `message`, or `words`."""
    owner: str
    """The operation, model or message, by its name in the schema."""
    member: str
    """The parameter, field or value; empty where it is the whole."""
    told: str
    """What is different, without a subject: "is gone"."""
    renamed: str = ""
    """What it seems to be called now; empty where nothing is like it."""

    @property
    def subject(self) -> str:
        """What it is about, as people write it."""
        if not self.member:
            return self.owner
        return f"{self.owner}({self.member})" if self.kind == "parameter" else f"{self.owner}.{self.member}"


def compare(old: Surface, new: Surface) -> list[Change]:
    """List the differences, the worst first, else in the order of the schema."""
    found = [
        *_each("operation", old.operations, new.operations, _operation),
        *_each("model", old.models, new.models, _model),
        *_each("message", old.messages, new.messages, _message),
    ]
    words = sum(1 for one in set(new.words) - set(old.words))
    if words:
        found.append(Change(COMPATIBLE, "words", "descriptions", "", f"{words} texts are new or other ones"))
    return sorted(found, key=lambda change: VERDICTS.index(change.verdict))


def _each(
    kind: str, old: Mapping[str, T], new: Mapping[str, T], inner: Callable[[str, T, T], Iterator[Change]]
) -> Iterator[Change]:
    for name, was in old.items():
        if name in new:
            yield from inner(name, was, new[name])
        else:
            yield Change(BREAKING, kind, name, "", "is gone")
    for name in new.keys() - old.keys():
        yield Change(ADDITIVE, kind, name, "", "is new")


def _operation(name: str, old: Operation, new: Operation) -> Iterator[Change]:
    def say(verdict: str, told: str) -> Change:
        return Change(verdict, "operation", name, "", told)

    if old.tag != new.tag:
        yield say(BREAKING, f"is imported from api.{new.tag}, no longer from api.{old.tag}")
    if (old.method, old.path) != (new.method, new.path):
        yield say(COMPATIBLE, f"is {new.method} {new.path}, no longer {old.method} {old.path}")
    if old.body != new.body:
        yield say(BREAKING, f"takes {new.body or 'no body'}, no longer {old.body or 'none'}")
    if old.returns != new.returns:
        yield say(BREAKING, f"returns {new.returns}, no longer {old.returns}")
    if lost := set(old.security) - set(new.security):
        yield say(BREAKING, f"no longer takes {', '.join(sorted(lost))}")
    if new.deprecated and not old.deprecated:
        yield say(DEPRECATED, "is deprecated")
    yield from _parameters(name, old.parameters, new.parameters)


def _parameters(owner: str, old: Mapping[str, Field], new: Mapping[str, Field]) -> Iterator[Change]:
    def say(verdict: str, member: str, told: str) -> Change:
        return Change(verdict, "parameter", owner, member, told)

    for name in old.keys() - new.keys():
        yield say(BREAKING, name, "is gone")
    for name in [name for name in new if name not in old]:
        required = new[name].required
        yield say(BREAKING if required else ADDITIVE, name, "is new and must be given" if required else "is new")
    for name, was in old.items():
        if name in new:
            yield from (say(verdict, name, told) for verdict, told in _written(was, new[name]))
    places = [[name for name, field in fields.items() if field.place == "path"] for fields in (old, new)]
    if places[0] != places[1] and set(places[0]) == set(places[1]):
        yield say(BREAKING, places[1][0], "stands first now; the ids of a path are given in their order")


def _model(name: str, old: Model, new: Model) -> Iterator[Change]:
    if new.deprecated and not old.deprecated:
        yield Change(DEPRECATED, "model", name, "", "is deprecated")
    written, read = old.written or new.written, old.read or new.read or not new.written
    yield from _values(name, old, new, written)
    for field in old.fields.keys() - new.fields.keys():
        yield Change(BREAKING, "field", name, field, "is gone")
    for field in [field for field in new.fields if field not in old.fields]:
        yield _added(name, new.fields[field], written)
    for field, was in old.fields.items():
        if field in new.fields:
            now = new.fields[field]
            found = {*(_written(was, now) if written else ()), *(_read(was, now) if read else ())}
            yield from (Change(verdict, "field", name, field, told) for verdict, told in sorted(found))
    if written:
        yield from _order(name, old, new)


def _added(owner: str, field: Field, written: bool) -> Change:
    must = written and field.required and field.default is None and not field.type.startswith("Literal")
    return Change(
        BREAKING if must else ADDITIVE, "field", owner, field.wire, "is new and must be given" if must else "is new"
    )


def _values(name: str, old: Model, new: Model, written: bool) -> Iterator[Change]:
    for value in [value for value in old.values if value not in new.values]:
        verdict = BREAKING if written else COMPATIBLE
        yield Change(verdict, "value", name, str(value), "is gone" + (" and refused" if written else ""))
    for value in [value for value in new.values if value not in old.values]:
        yield Change(ADDITIVE, "value", name, str(value), "is new")


def _order(name: str, old: Model, new: Model) -> Iterator[Change]:
    """What must be given may be given by its place, and so may the first."""
    was, now = ([field.wire for field in model.fields.values() if _is_placed(field)] for model in (old, new))
    kept = [wire for wire in was if wire in now]
    if kept != [wire for wire in now if wire in was]:
        yield Change(BREAKING, "model", name, "", f"takes {', '.join(now)} in this order, no longer {', '.join(was)}")


def _is_placed(field: Field) -> bool:
    return field.required and field.default is None and not field.type.startswith("Literal")


def _written(old: Field, new: Field) -> Iterator[tuple[str, str]]:
    """Compare what users may give."""
    yield from _both(old, new)
    if new.required and not old.required:
        yield BREAKING, "must be given"
    elif old.required and not new.required:
        by_name = _is_placed(old) and not old.place
        yield (BREAKING, "is given by its name alone") if by_name else (COMPATIBLE, "need not be given")
    for limit in sorted(old.limits.keys() | new.limits.keys()):
        was, now = old.limits.get(limit), new.limits.get(limit)
        if was != now:
            told = f"{limit} is {now}, no longer {was}" if now is not None else f"{limit} is gone"
            yield BREAKING if _is_tighter(limit, was, now) else COMPATIBLE, told
    for value in [value for value in old.values if value not in new.values]:
        yield BREAKING, f"no longer takes {value!r}"
    if old.default != new.default:
        yield COMPATIBLE, f"is {new.default or 'absent'} where it is not given, no longer {old.default or 'absent'}"


def _is_tighter(limit: str, was: Any, now: Any) -> bool:
    if now is None or was is None or limit == "pattern":
        return now is not None
    return bool(now > was) if limit.startswith("min") else bool(now < was)


def _read(old: Field, new: Field) -> Iterator[tuple[str, str]]:
    """Compare what users may find."""
    yield from _both(old, new)
    if old.is_promised and not new.is_promised:
        yield BREAKING, "may be None"
    elif new.is_promised and not old.is_promised:
        yield COMPATIBLE, "is promised"


def _both(old: Field, new: Field) -> Iterator[tuple[str, str]]:
    if old.type.removesuffix(" | None") != new.type.removesuffix(" | None"):
        yield BREAKING, f"is {new.type}, no longer {old.type}"
    if old.name != new.name:
        yield BREAKING, f"is called {new.name} in Python, no longer {old.name}"
    if new.deprecated and not old.deprecated:
        yield DEPRECATED, "is deprecated"


def _message(name: str, old: Message, new: Message) -> Iterator[Change]:
    if old.direction != new.direction:
        yield Change(BREAKING, "message", name, "", f"is one to {new.direction}, no longer one to {old.direction}")
