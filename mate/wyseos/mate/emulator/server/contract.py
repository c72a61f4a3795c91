"""The two schema documents, and what they say about requests, clients' messages, answers and events."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from wyseos.mate.emulator.server.sample import sample

Json = dict[str, Any]

# Names only: nothing is ever fetched from there. An https URL, so that the documents' relative references resolve.
_HOME = "https://schema.wyseos.invalid/"
_REST, _LIVE = "openapi.yaml", "asyncapi.yaml"
_METHODS = ("get", "put", "post", "delete", "patch")
# The bodies that their schema can check; what stands between a list's elements, by its style.
_CHECKED = ("application/json", "multipart/form-data", "application/x-www-form-urlencoded")
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a value: the field, as a path with dots, and the reason."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the schema does not allow.

    Args:
        where: the operation, such as `create_session`, or the message, such as `message start`.
        field: the path of the field, its parts joined by dots; empty where the whole is wrong.
        reason: what is wrong with it.
        session_id: the session, where it belongs to one.
    """

    where: str
    field: str
    reason: str
    session_id: str | None = None

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, self.field, self.reason) if part)


class Shape:
    """One schema, ready to check values with."""

    def __init__(self, validator: Draft202012Validator) -> None:
        self._validator = validator

    def problem(self, value: Any) -> Problem | None:
        """Tell the most telling thing that is wrong with `value`, or None."""
        error = best_match(self._validator.iter_errors(value))
        return None if error is None else Problem(_field(error), error.message[:300])


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation: in its `path`, its `query`, a `header` or a `cookie`."""

    name: str
    place: str
    required: bool
    kind: str
    default: Any
    shape: Shape
    items: str = ""
    """The kind of a list's elements."""
    separator: str = ""
    """What stands between them; empty where each is told by itself."""


@dataclass(frozen=True, slots=True)
class ContractOperation:
    """One endpoint: where it is, what it takes and what it gives."""

    name: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    content_type: str | None
    body: Shape | None
    fields: Mapping[str, Json]
    """The schemas of the body's fields."""
    status: int
    answers: str
    """The MIME type of the answer; empty for none."""
    bare: bool
    """Whether the answer is in no envelope."""
    answer: Shape | None
    """None where the answer is no JSON."""
    sample: Callable[[], Any]
    """Makes `data` that the schema allows, from its examples; for what nobody has written yet."""


class Contract:
    """Both documents, ready to check with.

    Args:
        openapi: the parsed OpenAPI document.
        asyncapi: the parsed AsyncAPI document.
    """

    def __init__(self, openapi: Json, asyncapi: Json) -> None:
        self._documents = {_REST: openapi, _LIVE: asyncapi}
        self._registry: Registry[Any] = Registry().with_resources(
            (_HOME + name, DRAFT202012.create_resource(document)) for name, document in self._documents.items()
        )
        self._resolver = self._registry.resolver(_HOME)
        self.operations = {operation.name: operation for operation in self._operations()}
        self.envelope = self.shape(_REST, "components", "schemas", "APIResponse")
        self._messages = dict(self._messages_of("send"))
        self._events = dict(self._messages_of("receive"))

    def shape(self, document: str, *path: str) -> Shape:
        """Make ready the schema that stands at `path` in one of the documents."""
        pointer = "/".join(map(_escape, path))
        reference = {"$ref": f"{_HOME}{document}#/{pointer}"}
        return Shape(Draft202012Validator(reference, registry=self._registry, format_checker=_FORMATS))

    def message_shape(self, message: Mapping[str, Any]) -> Shape | None:
        """Find the schema of what a client sends, by its `type` and its `data.input_type`; None if there is none."""
        data = message.get("data")
        return _find(self._messages, message.get("type"), data.get("input_type") if isinstance(data, dict) else None)

    def event_shape(self, event: Mapping[str, Any]) -> Shape | None:
        """Find the schema of what the service sends, by its `type` and its `message.type`; None if there is none."""
        body = event.get("message")
        return _find(self._events, event.get("type"), body.get("type") if isinstance(body, dict) else None)

    @property
    def message_types(self) -> set[str]:
        """What a client may send, by its `type`."""
        return {kind for kind, _ in self._messages}

    def component(self, name: str) -> Json:
        """Find a schema by its name, in whichever document it stands."""
        return next(
            schemas[name]
            for document in self._documents.values()
            if name in (schemas := document["components"]["schemas"])
        )

    # ---- reading the OpenAPI document

    def _operations(self) -> Iterator[ContractOperation]:
        for path, item in self._documents[_REST]["paths"].items():
            for method in _METHODS:
                if method in item:
                    yield self._operation(path, method, item[method])

    def _operation(self, path: str, method: str, told: Json) -> ContractOperation:
        at: tuple[str, ...] = ("paths", path, method)
        shared = self._documents[_REST]["paths"][path].get("parameters", [])
        places: list[tuple[str, ...]] = [("paths", path, "parameters", str(n)) for n in range(len(shared))]
        places += [(*at, "parameters", str(n)) for n in range(len(told.get("parameters", [])))]
        parameters = [
            self._parameter(place, given) for place, given in zip(places, self._all_parameters(path, told), strict=True)
        ]
        content_type, body, schema_of_body = self._content((*at, "requestBody"), told.get("requestBody", {}))
        status = next(status for status in told["responses"] if status.startswith("2"))
        answers, answer, schema = self._content((*at, "responses", status), told["responses"][status])
        is_json = "json" in (answers or "")
        bare = bool(told.get("x-bare")) or not is_json
        return ContractOperation(
            told["operationId"],
            method.upper(),
            path,
            tuple(parameters),
            content_type,
            self.shape(_REST, *body) if content_type in _CHECKED else None,
            self._fields(schema_of_body) if content_type in _CHECKED else {},
            int(status),
            answers or "",
            bare,
            self.shape(_REST, *answer) if is_json else None,
            partial(self._sample, schema, bare),
        )

    def _content(self, place: tuple[str, ...], given: Json) -> tuple[str | None, tuple[str, ...], Json]:
        """Give the MIME type of a body or an answer, the place of its schema, and the schema; None for no content."""
        if "$ref" in given:
            place = tuple(given["$ref"].removeprefix("#/").split("/"))
            given = self._lookup(_REST, given)
        for kind, media in given.get("content", {}).items():
            return kind, (*place, "content", kind, "schema"), media.get("schema", {})
        return None, (), {}

    def _fields(self, schema: Json) -> Json:
        return {name: self._lookup(_REST, given) for name, given in self._properties(schema, _REST).items()}

    def _sample(self, schema: Json, bare: bool) -> Any:
        held = schema if bare else self._properties(schema, _REST)["data"]
        return sample(held, partial(self._lookup, _REST))

    def _all_parameters(self, path: str, told: Json) -> list[Json]:
        return [*self._documents[_REST]["paths"][path].get("parameters", []), *told.get("parameters", [])]

    def _parameter(self, place: tuple[str, ...], given: Json) -> Parameter:
        if "$ref" in given:
            place = tuple(given["$ref"].removeprefix("#/").split("/"))
            given = self._lookup(_REST, given)
        schema = self._lookup(_REST, given["schema"])
        shape = self.shape(_REST, *place, "schema")
        style = given.get("style", "form")
        is_exploded = given["in"] == "query" and given.get("explode", style == "form")
        return Parameter(
            given["name"],
            given["in"],
            given.get("required", False),
            schema.get("type", ""),
            schema.get("default"),
            shape,
            self._lookup(_REST, schema.get("items", {})).get("type", ""),
            "" if is_exploded else _SEPARATORS.get(style, ","),
        )

    # ---- reading the AsyncAPI document

    def _messages_of(self, action: str) -> Iterator[tuple[tuple[str, str | None], Shape]]:
        """Walk the messages of one direction; each is known by one or two constants in its payload."""
        for operation in self._documents[_LIVE]["operations"].values():
            if operation["action"] == action:
                for message in operation["messages"]:
                    payload = self._payload(message)
                    shape = self.shape(_LIVE, *payload)
                    for key in self._keys(payload):
                        yield key, shape

    def _payload(self, message: Json) -> tuple[str, ...]:
        while "payload" not in message:
            message = self._lookup(_LIVE, message)
        return tuple(message["payload"]["$ref"].removeprefix("#/").split("/"))

    def _keys(self, payload: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
        fields = self._properties({"$ref": "#/" + "/".join(payload)})
        inner = self._properties(fields.get("message") or fields.get("data") or {})
        kinds = inner.get("type") if "message" in fields else inner.get("input_type")
        for second in _constants(kinds) or (None,):
            yield fields["type"]["const"], second

    def _properties(self, schema: Json, document: str = _LIVE) -> Json:
        """Flatten the properties of a schema over its references and its `allOf`."""
        if "$ref" in schema:
            name, _, _ = schema["$ref"].partition("#")
            document = name.removeprefix("./") or document
            return self._properties(self._lookup(document, {"$ref": "#" + schema["$ref"].partition("#")[2]}), document)
        found: Json = {}
        for part in schema.get("allOf", []):
            found.update(self._properties(part, document))
        for option in schema.get("oneOf", []):
            found.update(self._properties(option, document))
        found.update(schema.get("properties", {}))
        return found

    def _lookup(self, document: str, schema: Json) -> Json:
        if "$ref" not in schema:
            return schema
        return self._lookup(document, self._registry.resolver(_HOME + document).lookup(schema["$ref"]).contents)


@cache
def contract() -> Contract:
    """Load the documents that `wyseos.generated` carries; once in a process."""
    bundle = files("wyseos.generated") / "schema"
    names = ("openapi.json", "asyncapi.json")
    return Contract(*(json.loads((bundle / name).read_text("utf-8")) for name in names))


def _escape(part: str) -> str:
    """Write a key as a part of a JSON pointer."""
    return part.replace("~", "~0").replace("/", "~1")


def _find(shapes: Mapping[tuple[str, str | None], Shape], kind: Any, second: Any) -> Shape | None:
    if not isinstance(kind, str):
        return None
    return shapes.get((kind, second if isinstance(second, str) else None)) or shapes.get((kind, None))


def _constants(schema: Json | None) -> tuple[str, ...]:
    if schema is None:
        return ()
    return (schema["const"],) if "const" in schema else tuple(schema.get("enum", ()))


def _field(error: ValidationError) -> str:
    """Name the field that an error is about; a missing or surplus one stands in the error's message only."""
    path = [str(part) for part in error.absolute_path]
    if error.validator == "required":
        wanted: Any = error.validator_value
        given: Any = error.instance
        path += [name for name in wanted if name not in given][:1]
    return ".".join(path)


def _readable(reader: Any) -> Any:
    def check(value: object) -> bool:
        return not isinstance(value, str) or bool(reader(value))

    return check


_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date", raises=ValueError)(_readable(date.fromisoformat))
_FORMATS.checks("date-time", raises=ValueError)(_readable(datetime.fromisoformat))
