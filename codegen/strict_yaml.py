"""YAML that means the same in JSON: no key twice, no key but strings, no dates."""

from __future__ import annotations

from typing import Any

from yaml import MappingNode, MarkedYAMLError, ScalarNode

try:  # ten times as fast, and there wherever PyYAML comes as a wheel
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]  # the same class in Python

_STRING = "tag:yaml.org,2002:str"


class _Loader(SafeLoader):
    pass


def loads(data: bytes) -> Any:
    """Decode YAML; raises yaml.MarkedYAMLError, which knows the line, for what is not YAML or not JSON."""
    loader = _Loader(data)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _mapping(loader: _Loader, node: MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.tag != _STRING:
            raise _fault(key, "is a key, but no string; quote it")
        if key.value in seen:
            raise _fault(key, "is there twice")
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


def _date(_: _Loader, node: ScalarNode) -> None:
    raise _fault(node, "is read as a date; quote it")


def _fault(node: Any, told: str) -> MarkedYAMLError:
    return MarkedYAMLError(problem=f"{node.value} {told}", problem_mark=node.start_mark)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)
