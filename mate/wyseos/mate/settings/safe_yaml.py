"""The one way in which YAML is read: settings, scenarios and faults. It may come with a stranger's repository.

No aliases (a few lines of them fill the memory), caps on size and depth, no key twice, no dates and no huge numbers
that nobody meant. A fault names the place and never quotes the text, which may hold a key (security row 18).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

try:  # ten times as fast, and there wherever PyYAML comes as a wheel
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]  # the same class in Python

__all__ = ["YamlFault", "lines_of", "load_yaml"]

MOST_BYTES = 2**20
DEEPEST = 40
MOST_DIGITS = 30


class YamlFault(ValueError):
    """YAML that is not read. The message begins with what is wrong, as the end of a sentence about the file."""


class _Loader(SafeLoader):
    pass


def load_yaml(text: str) -> Any:
    """Decode YAML.

    Args:
        text: the whole file.

    Raises:
        YamlFault: it is no YAML, or holds what is not read; names the line, quotes nothing.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise YamlFault(f"is larger than {MOST_BYTES // 2**10} KiB")
    try:
        _refuse_nesting(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe one
    except yaml.MarkedYAMLError as error:
        fault = YamlFault(f"{_REASONS.get(error.problem or '', 'is not valid YAML')}{_place(error.problem_mark)}")
    except (yaml.YAMLError, RecursionError):
        fault = YamlFault("is not valid YAML")
    raise fault  # outside: the frames above hold the text


def lines_of(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line of each value in YAML that was read before, by the keys and places that lead to it."""
    root = yaml.compose(text, Loader=SafeLoader)
    return {} if root is None else dict(_lines(root, ()))


def _lines(node: yaml.Node, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            # Of a value in lines of its own it is the key that one looks for.
            yield from {**dict(_lines(value, (*path, key.value))), (*path, key.value): key.start_mark.line + 1}.items()
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*path, number))


_ALIAS, _DEEP, _TWICE, _DATE, _NUMBER, _BASE = "alias", "deep", "twice", "date", "number", "base"
_REASONS = {
    _ALIAS: "has an alias, which is not read; write out what it stands for",
    _DEEP: f"nests deeper than {DEEPEST} levels",
    _TWICE: "has a key twice",
    _DATE: "has what reads as a date; quote it",
    _BASE: "has a number that YAML reads in base 8 or 60, which nobody means; quote it",
    _NUMBER: f"has a number of more than {MOST_DIGITS} digits; quote it",
}


_OCTAL = re.compile(r"[-+]?0[0-7_]+")


def _refuse_nesting(text: str) -> None:
    """Look at the events alone: building what aliases stand for is what would take too long."""
    depth = 0
    for event in yaml.parse(text, Loader=SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _marked(_ALIAS, event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _marked(_DEEP, event.start_mark)


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[tuple[str, str]] = set()
    for key, _ in node.value:
        named = (key.tag, key.value if isinstance(key.value, str) else "")
        if named in seen:
            raise _marked(_TWICE, key.start_mark)
        seen.add(named)
    made: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return made


def _date(loader: Any, node: yaml.ScalarNode) -> None:
    raise _marked(_DATE, node.start_mark)


def _number(loader: Any, node: yaml.ScalarNode) -> Any:
    if len(node.value) > MOST_DIGITS:
        raise _marked(_NUMBER, node.start_mark)
    if ":" in node.value or _OCTAL.fullmatch(node.value):
        raise _marked(_BASE, node.start_mark)
    return loader.construct_yaml_int(node)


def _fraction(loader: Any, node: yaml.ScalarNode) -> Any:
    if ":" in node.value:
        raise _marked(_BASE, node.start_mark)
    return loader.construct_yaml_float(node)


def _marked(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _place(mark: Any) -> str:
    return "" if mark is None else f" at line {mark.line + 1}, column {mark.column + 1}"


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)
_Loader.add_constructor("tag:yaml.org,2002:int", _number)
_Loader.add_constructor("tag:yaml.org,2002:float", _fraction)
