"""The JSON Schema of faults, made of the table of kinds and of what the service's documents name."""

from __future__ import annotations

from functools import cache
from typing import Any

from wyseos.mate.emulator.faults.kinds import KINDS, REST, Json
from wyseos.mate.emulator.server.contract import ContractOperation, contract

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OF_HISTORY = ("list_messages", "list_messages_between")


def _told(about: str, **schema: Any) -> Json:
    return schema | {"description": about}


_COMMON: Json = {
    "kind": {},
    "session_id": _told("Only in this session.", type="string", minLength=1),
    "frame": _told("At this event of a connection, counted from 1.", type="integer", minimum=0),
    "message": {"$ref": "#/$defs/message"},
    "skip": _told("Lets so many matches pass first.", type="integer", minimum=0, default=0),
    "times": _told("Strikes so often; 0: always.", type="integer", minimum=0, default=1),
    "probability": _told("Strikes with this probability.", type="number", exclusiveMinimum=0, maximum=1, default=1),
}


@cache
def fault_schema() -> Json:
    """Make the schema of a file of faults: a list, or an object with `faults` and `chaos`."""
    faults = {"type": "array", "items": {"$ref": "#/$defs/fault"}}
    chance = {"type": "number", "minimum": 0, "maximum": 1}
    return {
        "$schema": DIALECT,
        "title": "Faults of the WyseOS emulator",
        "type": ["array", "object"],
        "errorMessage": "a list of faults is needed, or an object with `faults` and `chaos`",
        "items": {"$ref": "#/$defs/fault"},
        "properties": {
            "faults": faults | {"description": "What goes wrong, each once unless it says otherwise."},
            "chaos": {
                "type": "object",
                "description": "Kinds that may strike at any time, each with its probability.",
                "properties": dict.fromkeys(KINDS, chance),
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
        "$defs": fault_defs(),
    }


def fault_defs() -> Json:
    """Make what other schemas refer to: an order of a fault, and one for a session that runs already."""
    operations = contract().operations
    of_session = [name for name in operations if _is_of_session(operations[name])]
    # With a session named, only an operation that names one can be what it waits for.
    within = {"session_id": {"properties": {"operation": {"$ref": "#/$defs/operation_of_session"}}}}
    return {
        "fault": _order("operation") | {"dependentSchemas": within},
        "fault_of_session": _order("operation_of_session"),
        "operation": {"enum": list(operations), "description": "Only for this operation."},
        "operation_of_session": {"enum": of_session, "description": "Only for this operation."},
        "message": {
            "enum": sorted(contract().message_types),
            "description": "When the client sends a message of this type.",
        },
    }


def _is_of_session(operation: ContractOperation) -> bool:
    return any(parameter.name == "session_id" for parameter in operation.parameters)


def _order(operation: str) -> Json:
    common = {"operation": {"$ref": f"#/$defs/{operation}"}, **_COMMON}
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(KINDS), "description": "What goes wrong."}},
        "allOf": [
            {"if": {"required": ["kind"], "properties": {"kind": {"const": name}}}, "then": _of_kind(name, common)}
            for name in KINDS
        ],
    }


def _of_kind(name: str, common: Json) -> Json:
    kind = KINDS[name]
    taken = ("kind", *kind.waits_for, "skip", "times", "probability")
    properties = {field: common[field] for field in taken} | dict(kind.told)
    if kind.first_frame:
        properties["frame"] = common["frame"] | {"minimum": kind.first_frame}
    if name == "lost_history":
        properties["operation"] = {"enum": list(_OF_HISTORY)}
    schema: Json = {"properties": properties, "additionalProperties": False}
    if "message" in kind.waits_for:
        # It strikes at an event or at a message; at both at once it never would.
        schema["not"] = {"required": ["frame", "message"]}
        schema["errorMessage"] = "`frame` and `message` never come together: say one of them"
    if kind.place != REST and "taken" in kind.told:
        schema["dependentRequired"] = {"taken": ["message"]}
    return schema
