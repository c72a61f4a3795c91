"""Refuses what the generator would warn about, drop, or get silently wrong, naming the place in the spec."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codegen.documents import ASYNCAPI, METHODS, OPENAPI, Documents, Json, operations, pointer, resolve
from codegen.errors import SpecError, refuse
from codegen.guard_parameters import parameter_faults
from codegen.guard_schemas import schema_faults
from codegen.merge import BARE, ENVELOPE, MULTIPART, URLENCODED, is_json
from codegen.parser import folder_name, module_name

Fault = tuple[str, str, str]
"""The rule, the JSON pointer, and what is wrong there."""


def guard(documents: Documents) -> None:
    """Check both documents, which are valid, against every rule.

    Raises:
        SpecError: for all that a rule objects to.
    """
    refuse(guard_faults(documents))


def guard_faults(documents: Documents) -> Iterator[SpecError]:
    """Find what the rules object to, in both documents."""
    for rule, place, fault in (*_openapi_faults(documents.openapi), *_operations_faults(documents.openapi)):
        yield SpecError(f"{OPENAPI}#{place}", fault, rule)
    for rule, place, fault in _asyncapi_faults(documents.asyncapi):
        yield SpecError(f"{ASYNCAPI}#{place}", fault, rule)
    yield from schema_faults(documents)


# All that is honoured of each kind of object; `x-` extensions are for people.
_PATH_ITEM = frozenset({*METHODS, "parameters", "summary", "description"})
_OPERATION = frozenset({
    "operationId", "tags", "summary", "description", "security", "parameters", "requestBody", "responses", "deprecated",
})  # fmt: skip
_MESSAGE = frozenset({"name", "title", "summary", "description", "payload", "examples", "tags"})


def _unknown_keys(place: str, node: Json, known: frozenset[str]) -> Iterator[Fault]:
    for key in node:
        if key not in known and not key.startswith("x-"):
            yield "ignored", place + pointer(key), f"{key} is ignored by the generator"


def _openapi_faults(openapi: Json) -> Iterator[Fault]:
    if "security" in openapi:
        yield "ignored", pointer("security"), "the document's own security is ignored; write it at each operation"
    if "webhooks" in openapi:
        yield "ignored", pointer("webhooks"), "webhooks are ignored by the generator"
    for path, item in openapi.get("paths", {}).items():
        yield from _unknown_keys(pointer("paths", path), item, _PATH_ITEM)
    yield from _tag_faults(openapi)


def _tag_faults(openapi: Json) -> Iterator[Fault]:
    known = {tag.get("name") for tag in openapi.get("tags", [])}
    folders: dict[str, str] = {}
    for path, method, operation in operations(openapi):
        place = pointer("paths", path, method, "tags")
        for tag in operation.get("tags", [])[:1]:
            if known and tag not in known:
                yield "tag", place, f"{tag} is none of the document's tags; write one of those, or add it there"
            other = folders.setdefault(folder_name(tag), tag)
            if other != tag:
                yield "tag", place, f"{tag} would be the folder {folder_name(tag)}, as {other} is; use one of them"


def _asyncapi_faults(asyncapi: Json) -> Iterator[Fault]:
    for name, message in asyncapi.get("components", {}).get("messages", {}).items():
        place = pointer("components", "messages", name)
        yield from _unknown_keys(place, message, _MESSAGE)
        if "$ref" not in message.get("payload", {}):
            yield "message-payload", place + pointer("payload"), "should refer to a schema, whose name its class gets"


def _operations_faults(openapi: Json) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path, method, operation in operations(openapi):
        place = pointer("paths", path, method)
        yield from _unknown_keys(place, operation, _OPERATION)
        yield from _name_faults(place, operation.get("operationId", ""), seen)
        if "security" not in operation:
            yield "security", place, "has no security of its own; the generator ignores the document's"
        if len(operation.get("tags", [])) != 1:
            yield "tag", place, "needs exactly one tag, which names its folder"
        yield from _body_faults(openapi, place, operation)
        yield from _answer_faults(openapi, place, operation)
        yield from _error_faults(openapi, place, operation)
        yield from parameter_faults(openapi, path, method)


def _name_faults(place: str, name: str, seen: dict[str, str]) -> Iterator[Fault]:
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        yield "operation-id", place, "needs an operationId in snake_case, which names its module"
        return
    # The generator folds names: `get_session_` and `get__session` are the module of `get_session`.
    module = module_name(name)
    if module.removesuffix("_") != name:
        yield "operation-id", place, f"its operationId {name} would be the module {module}; write {module}"
    elif module in seen:
        yield "operation-id", place, f"its operationId {name} is that of {seen[module]} too; rename one of the two"
    seen.setdefault(module, place)


def _body_faults(openapi: Json, place: str, operation: Json) -> Iterator[Fault]:
    if "requestBody" not in operation:
        return
    place += pointer("requestBody")
    body = resolve(openapi, operation["requestBody"])
    if body.get("required") is not True:
        yield "body", place, "is an optional body; require it or leave it out"
    kinds = list(body.get("content", {}))
    if len(kinds) != 1 or "*" in kinds[0]:
        yield "body", place + pointer("content"), "should have one type, such as application/json; leave out the others"
        return
    where = place + pointer("content", kinds[0])
    media = body["content"][kinds[0]]
    if not is_json(kinds[0]) and kinds[0] not in (MULTIPART, URLENCODED):
        return  # sent as it is given
    named = resolve(openapi, media.get("schema", {}))
    if "encoding" in media:
        yield "ignored", where + pointer("encoding"), "encoding is ignored by the generator"
    if "$ref" not in media.get("schema", {}) or not named.keys() & {"properties", "allOf"}:
        yield "body", where, "should refer to an object with properties, whose name its class gets"
    elif kinds[0] in (MULTIPART, URLENCODED):
        yield from _form_faults(openapi, where, named, kinds[0])


def _form_faults(openapi: Json, place: str, form: Json, kind: str) -> Iterator[Fault]:
    files = {name for name, given in form.get("properties", {}).items() if is_file(openapi, given)}
    for name, given in form.get("properties", {}).items():
        if name not in files and resolve(openapi, given).get("type") not in _SCALARS:
            fault = "can't be a form's field, which is text or a list of files; send JSON, or a string that holds it"
            yield "form", place + pointer("schema", "properties", name), f"{name} {fault}"
    if kind == URLENCODED and files:
        yield "form", place, f"can't carry the files of {', '.join(sorted(files))}; send multipart/form-data"
    if kind == MULTIPART and not files & set(form.get("required", [])):
        yield "form", place, "requires no file; require one, or send application/x-www-form-urlencoded"


def is_file(openapi: Json, given: Json) -> bool:
    """Whether a form's field is a file, or a list of files."""
    kind = resolve(openapi, given)
    held = resolve(openapi, kind.get("items", {})) if kind.get("type") == "array" else kind
    return bool(held.get("format") == "binary")


def _answer_faults(openapi: Json, place: str, operation: Json) -> Iterator[Fault]:
    place += pointer("responses")
    successes = [status for status in operation.get("responses", {}) if str(status).startswith("2")]
    if len(successes) != 1 or successes[0] not in _SUCCESSES:
        yield "answer", place, "should describe exactly one success, under '200' (a string), or 201, 202, 204"
        return
    where = place + pointer(successes[0])
    content = resolve(openapi, operation["responses"][successes[0]]).get("content", {})
    kinds = list(content)
    if len(kinds) > 1 or any("*" in kind for kind in kinds):
        yield "answer", where, "should answer one type, such as application/json; leave out the others"
    elif kinds and successes[0] == "204":
        yield "answer", where, "has content, which a 204 never has; describe '200' instead"
    elif operation.get(BARE) or (kinds and not is_json(kinds[0])) or (not kinds and successes[0] == "204"):
        return
    elif not kinds or {"$ref": ENVELOPE} not in content[kinds[0]].get("schema", {}).get("allOf", []):
        yield "answer", where, _ENVELOPED


_SCALARS = ("string", "integer", "number", "boolean")
_SUCCESSES = ("200", "201", "202", "204")
_ENVELOPED = (
    "should be allOf of APIResponse and an object with a `data` property; or, where the service answers without an "
    "envelope, say `x-bare: true` at the operation"
)


def _error_faults(openapi: Json, place: str, operation: Json) -> Iterator[Fault]:
    """All errors are the envelope, which the transport reads; a model of an error's own would be dropped."""
    for status, given in operation.get("responses", {}).items():
        if str(status).startswith("2") or operation.get(BARE):
            continue
        for kind, media in resolve(openapi, given).get("content", {}).items():
            if kind != "application/json" or media.get("schema") != {"$ref": ENVELOPE}:
                where = place + pointer("responses", status)
                yield "error-answer", where, "has a model of its own, which is ignored; refer to APIResponse as JSON"
