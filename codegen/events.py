"""The tables by which the event decoder tells messages apart, read off the consts of their classes."""

from __future__ import annotations

from typing import Any

from codegen.documents import ASYNCAPI, Json, pointer
from codegen.errors import SpecError
from codegen.fields import is_freeform
from codegen.parser import LiteralEnumProperty, ModelProperty


def event_rows(openapi: Any, names: list[str]) -> Json:
    """Give the decoder's tables from the consts of the event classes.

    Args:
        openapi: the parsed synthetic document.
        names: the payload classes of the messages that are received.

    Returns:
        `single`: the types that one class serves alone; `nested`: for the others, each `message.type` and its class.

    Raises:
        SpecError: if two messages can't be told apart.
    """
    models = {model.class_info.name: model for model in openapi.models}
    rows: dict[str, dict[str | None, str]] = {}
    for name in names:
        kinds = _constants(models[name], "type")
        if not kinds:
            raise _event_fault(name, "has no const `type`, so no message would ever be read as it")
        for kind in kinds:
            for subtype in (*_subtypes(models, name),) or (None,):
                other = rows.setdefault(kind, {}).setdefault(subtype, name)
                if other != name:
                    raise _event_fault(name, f"has the type and message.type of {other}")
    single = {kind: next(iter(found.values())) for kind, found in rows.items() if len(set(found.values())) == 1}
    nested = {kind: found for kind, found in rows.items() if kind not in single}
    for kind, found in nested.items():
        if None in found:
            raise _event_fault(found[None], f"needs a const message.type, as the other messages of type {kind} have")
    return {"single": single, "nested": nested}


def _event_fault(name: str, fault: str) -> SpecError:
    return SpecError(f"{ASYNCAPI}#{pointer('components', 'schemas', name)}", fault)


def _properties(model: ModelProperty) -> dict[str, Any]:
    props = [*(model.required_properties or []), *(model.optional_properties or [])]
    return {prop.name.get_untrusted_value(): prop for prop in props}


def _constants(model: ModelProperty, name: str) -> list[str]:
    prop = _properties(model).get(name)
    for inner in getattr(prop, "inner_properties", [prop]):
        if hasattr(inner, "value"):
            return [inner.value.raw_value]
        if isinstance(inner, LiteralEnumProperty):
            return sorted(str(value) for value in inner.values)
    return []


def _subtypes(models: dict[str, ModelProperty], name: str) -> list[str]:
    message = _properties(models[name]).get("message")
    for inner in getattr(message, "inner_properties", [message]):
        if isinstance(inner, ModelProperty) and not is_freeform(inner):
            return _constants(models[inner.class_info.name], "type")
    return []
