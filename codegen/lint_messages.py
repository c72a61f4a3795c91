"""Asks of the messages that each can arrive, and is known when it does."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.documents import ASYNCAPI, Documents, Json, last_part, pointer, resolve
from codegen.errors import SpecError

UNKNOWN = "UnknownEvent"
"""The schema of what no message names; the decoder needs it."""


def message_faults(documents: Documents) -> Iterator[SpecError]:
    """Find messages that no operation sends or receives, and those that no constant tells apart."""
    asyncapi = documents.asyncapi
    messages = asyncapi.get("components", {}).get("messages", {})
    used = {last_part(name) for operation in asyncapi.get("operations", {}).values() for name in _named(operation)}
    for name, message in messages.items():
        place = ("components", "messages", name)
        if name not in used:
            told = "is in no operation's messages, so that it would be dropped; list it in one, and in the channel"
            yield SpecError(f"{ASYNCAPI}#{pointer(*place)}", told, "message")
        schema = last_part(message.get("payload", {}).get("$ref", ""))
        if schema and not _kinds(documents, schema):
            told = f"has a payload, {schema}, without a const `type`, by which a message is told; give it one"
            yield SpecError(f"{ASYNCAPI}#{pointer(*place, 'payload')}", told, "message")
    if asyncapi and UNKNOWN not in asyncapi.get("components", {}).get("schemas", {}):
        told = f"has no {UNKNOWN}, which messages become that no schema names; write one"
        yield SpecError(f"{ASYNCAPI}#/components/schemas", told, "message")


def _named(operation: Json) -> list[str]:
    return [str(message.get("$ref", "")) for message in operation.get("messages", [])]


def _kinds(documents: Documents, name: str) -> bool:
    """Whether the schema's `type` is one constant, or one of a few."""
    for document in (documents.asyncapi, documents.openapi):
        schema = document.get("components", {}).get("schemas", {}).get(name)
        if schema is not None:
            return any(_is_told(document, part) for part in (schema, *schema.get("allOf", [])))
    return False


def _is_told(document: Json, part: Json) -> bool:
    reference = part.get("$ref", "")
    part = resolve(document, part) if reference.startswith("#") else part
    own = part.get("properties", {}).get("type", {})
    own = resolve(document, own) if own.get("$ref", "").startswith("#") else own
    return "const" in own or "enum" in own or any(_is_told(document, inner) for inner in part.get("allOf", []))
