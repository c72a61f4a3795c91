"""YAML that means the same in JSON: no key twice, no key but strings, no dates, and no aliases."""

from __future__ import annotations

from typing import Any

from yaml import AliasEvent, CollectionEndEvent, CollectionStartEvent, MappingNode, MarkedYAMLError, ScalarNode, parse

try:  # ten times as fast, and there wherever PyYAML comes as a wheel
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]  # the same class in Python

_STRING = "tag:yaml.org,2002:str"
DEEPEST = 100
"""Levels of nesting; no schema has a third of them, and beyond them Python's own stack ends."""


class _Loader(SafeLoader):
    pass


def loads(data: bytes) -> Any:
    """Decode YAML; raises yaml.MarkedYAMLError, which knows the line, for what is not YAML or not JSON."""
    _refuse_bombs(data)
    loader = _Loader(data)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _refuse_bombs(data: bytes) -> None:
    """Look at the events alone: a few lines of aliases to aliases stand for more than any machine can build."""
    depth = 0
    for event in parse(data, Loader=SafeLoader):
        if isinstance(event, AliasEvent):
            raise _marked(f"*{event.anchor} is an alias; write out what it stands for, or share it by $ref", event)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            raise _marked(f"nests deeper than {DEEPEST} levels", event)


def _mapping(loader: _Loader, node: MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.tag != _STRING:
            raise _marked(f"{key.value} is a key, but no string; quote it", key)
        if key.value in seen:
            raise _marked(f"{key.value} is there twice", key)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


def _date(_: _Loader, node: ScalarNode) -> None:
    raise _marked(f"{node.value} is read as a date; quote it", node)


def _marked(told: str, place: Any) -> MarkedYAMLError:
    return MarkedYAMLError(problem=told, problem_mark=place.start_mark)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)
