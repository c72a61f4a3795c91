"""Brings operations to what the generator takes: a name, one tag, its own security, one body, one answer."""

from __future__ import annotations

import re
from typing import Any

from codegen.documents import METHODS, Json, last_part, pointer, resolve
from codegen.guard import is_file
from codegen.guard_parameters import OF_THE_TRANSPORT, STYLES
from codegen.importing.notes import Notes
from codegen.importing.schemas import Place, Schemas
from codegen.merge import BARE, ENVELOPE, JSON, MULTIPART, URLENCODED, is_json
from codegen.names import name_fault, python_name
from codegen.parser import folder_name, module_name

_OPERATION = (
    "operationId",
    "tags",
    "summary",
    "description",
    "security",
    "parameters",
    "requestBody",
    "responses",
    "deprecated",
)
_PARAMETER = (
    "name", "in", "required", "description", "schema", "example", "deprecated", "x-python-name", "style", "explode",
)  # fmt: skip
_CREDENTIALS = re.compile(r"authorization|token|api[-_]?key|secret|cookie", re.IGNORECASE)
_SCALARS = ("string", "integer", "number", "boolean")
_ERRORS = ("400", "500")
# Which type of a body is taken, where there are several: the first of these; any other comes last.
_BODIES = ("json", MULTIPART, URLENCODED, "")


class Refused(Exception):
    """An operation that can't be drafted; what is told says why, and a way round."""


class Operations:
    """The operations of a draft.

    Args:
        document: the document, with its schemas as they were.
        schemas: takes the schemas of bodies and answers.
        notes: takes what is filled in, and what is lost.
    """

    def __init__(self, document: Json, schemas: Schemas, notes: Notes) -> None:
        self._document, self._schemas, self._notes = document, schemas, notes
        self._names: set[str] = set()
        self._tags: dict[str, str] = {}
        self.schemes: Json = dict(document.get("components", {}).get("securitySchemes", {}).items())

    @property
    def tags(self) -> list[str]:
        """All tags that an operation has."""
        return list(dict.fromkeys(self._tags.values()))

    def drafted(self) -> Json:
        """Give the paths of the draft."""
        paths: Json = {}
        for path, item in self._document.get("paths", {}).items():
            for method in [method for method in METHODS if method in item]:
                place: Place = ("paths", path, method)
                try:
                    made = self._operation(path, method, item[method], item.get("parameters", []), place)
                except Refused as refused:
                    self._notes.lost(pointer(*place), f"is left out: {refused}")
                    continue
                paths.setdefault(path, {})[method] = made
        return paths

    def _operation(self, path: str, method: str, given: Json, common: list[Any], place: Place) -> Json:
        made: Json = {"operationId": self._name(path, method, given, place), "tags": [self._tag(path, given, place)]}
        summary = str(given.get("summary") or "").strip() or made["operationId"].replace("_", " ").capitalize()
        made |= {"summary": summary, "description": given.get("description") or f"{summary.rstrip('.')}."}
        security: list[Any] = given.get("security", self._document.get("security")) or []
        parameters, headers = self._parameters(path, [*common, *given.get("parameters", [])], place)
        own: list[dict[str, list[str]]] = [{name: []} for name in headers]
        made["security"] = [*security, *(each for each in own if each not in security)]
        made |= {"parameters": parameters} if parameters else {}
        owner = "".join(word.title() for word in made["operationId"].split("_"))
        if given.get("requestBody"):
            made["requestBody"] = self._body(given["requestBody"], owner, (*place, "requestBody"))
        self._answer(made, given.get("responses", {}), owner, (*place, "responses"))
        made |= {"deprecated": True} if given.get("deprecated") else {}
        made |= {word: value for word, value in given.items() if word.startswith("x-")}
        for word in given:
            if word not in _OPERATION and not word.startswith("x-"):
                self._notes.lost(pointer(*place, word), f"{word} is not known to the generator")
        return made

    def _name(self, path: str, method: str, given: Json, place: Place) -> str:
        told = given.get("operationId") or f"{method} {re.sub(r'[{}]', '', path)}"
        words = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", told).lower()).strip("_")
        name = words if re.match("[a-z]", words) else f"{method}_{words}".strip("_")
        wanted, number = name, 2
        while module_name(name) in self._names or module_name(name).removesuffix("_") != name:
            name, number = f"{wanted}_{number}", number + 1
        self._names.add(module_name(name))
        if name != given.get("operationId"):
            self._notes.drafted(
                pointer(*place),
                f"has the operationId {name}, made of its {'own' if given.get('operationId') else 'method and path'}",
            )
        return name

    def _tag(self, path: str, given: Json, place: Place) -> str:
        first = next((part for part in path.split("/") if part and "{" not in part), "service")
        told = str((given.get("tags") or [first])[0])
        if len(given.get("tags") or []) != 1:
            self._notes.drafted(pointer(*place), f"has the tag {told}: each operation has one, which names its folder")
        tag = re.sub(r"\W+", "_", told).strip("_").lower() or "service"
        return self._tags.setdefault(folder_name(tag), tag)

    def _parameters(self, path: str, given: list[Any], place: Place) -> tuple[list[Json], list[str]]:
        found: dict[tuple[str, str], Json] = {}
        for each in given:
            raw = resolve(self._document, each)
            found[raw["in"], raw["name"]] = raw  # an operation's own counts more than its path's
        headers = [name for raw in found.values() if (name := self._credential(raw, place))]
        kept = [self._parameter(raw, place) for raw in found.values() if not _is_of_the_transport(raw)]
        missing = set(re.findall("{([^}]*)}", path)) - {each["name"] for each in kept if each["in"] == "path"}
        for name in sorted(missing):
            self._notes.drafted(pointer(*place), f"its path's {name} is described as text")
            kept.append(self._parameter({"name": name, "in": "path", "schema": {"type": "string"}}, place))
        _own_names(kept)
        return kept, headers

    def _credential(self, raw: Json, place: Place) -> str | None:
        """Give the security scheme that a header stands for, if it stands for one."""
        name = raw["name"]
        if raw["in"] != "header" or not _CREDENTIALS.search(name):
            return None
        known = (
            key
            for key, value in self.schemes.items()
            if value.get("in") == "header" and str(value.get("name")).lower() == name.lower()
        )
        scheme = next(known, re.sub(r"\W+", "", name.title()) + "Auth")
        described = {"type": "apiKey", "in": "header", "name": name, "description": "A credential."}
        self.schemes.setdefault(scheme, described)
        self._notes.drafted(pointer(*place), f"its header {name} is a way to authenticate: {scheme}")
        return scheme

    def _parameter(self, raw: Json, place: Place) -> Json:
        made = {word: raw[word] for word in _PARAMETER if raw.get(word) is not None}
        media: Json = next(iter(raw.get("content", {}).values()), {})
        schema = raw.get("schema") or media.get("schema", {})
        made["schema"] = self._schemas.plain(
            schema, (*place, "parameters", raw["name"]), f"{raw['name'].title()}Parameter"
        )
        made["schema"].pop("description", None)
        held = made["schema"]
        if "oneOf" in held:
            parts = [part for part in held["oneOf"] if part.get("type") != "null"]
            held = made["schema"] = parts[0] if len(parts) == 1 else {}
        if not self._is_sent(made, held):
            told = f"its parameter {raw['name']} is no plain value, nor a list of them that a {made['in']} takes"
            self._notes.lost(pointer(*place), f"{told}; it is text: give it as the service reads it")
            made["schema"] = {"type": "string"}
            made = {word: value for word, value in made.items() if word not in ("style", "explode")}
        if made["in"] == "path" or made.get("required"):
            made["required"] = True
            made["schema"].pop("default", None)
        made["description"] = made.get("description") or f"The {raw['name']}."
        example = next(iter(made["schema"].pop("examples", [])), None)
        made.setdefault("example", example)
        if made["example"] is None or not self._schemas.fits(made["example"], made["schema"]):
            made["example"] = self._schemas.sample(made["schema"]) or self._one(made["schema"])
        if name_fault(raw["name"], made.get("x-python-name")):
            made["x-python-name"] = re.sub(r"\W+", "_", raw["name"]).strip("_").lower() or "value"
            if name_fault(raw["name"], made["x-python-name"]):
                made["x-python-name"] = f"the_{made['x-python-name']}"
            self._notes.drafted(pointer(*place), f"its parameter {raw['name']} is {made['x-python-name']} in Python")
        return made

    def _one(self, schema: Json) -> Any:
        """Make an example of a list, which shows what an element is."""
        items = resolve({"components": {"schemas": self._schemas.named}}, schema).get("items")
        return schema.get("default") if items is None else [self._schemas.sample(items)]

    def _is_sent(self, made: Json, schema: Json) -> bool:
        """Whether a parameter can be sent as it is: a plain value, or a list of them in a style that is known."""
        known: Json = {"components": {"schemas": self._schemas.named}}
        seen = resolve(known, schema)
        if made.get("style", next(iter(STYLES[made["in"]]))) not in STYLES[made["in"]]:
            return False
        if seen.get("type") == "array" and made["in"] in ("query", "header"):
            seen = resolve(known, seen.get("items", {}))
        return seen.get("type") in _SCALARS

    def _body(self, given: Any, owner: str, place: Place) -> Json:
        body = resolve(self._document, given)
        kinds = body.get("content", {})
        kind = next((each for wanted in _BODIES for each in kinds if wanted in each), None)
        if kind is None:
            raise Refused("its body is of no type; say which")
        for other in kinds.keys() - {kind}:
            self._notes.lost(pointer(*place), f"may also be sent as {other}; the draft sends {kind}")
        if body.get("required") is not True:
            self._notes.drafted(pointer(*place), "is an optional body; the draft requires it")
        media = kinds[kind]
        if not (is_json(kind) or kind in (MULTIPART, URLENCODED)):
            if media.get("schema", {}).keys() & {"$ref", "properties", "allOf", "oneOf", "anyOf"}:
                self._notes.lost(pointer(*place), f"is {kind}, whose schema is not used: the caller writes it")
            return {"required": True, "content": {"application/octet-stream" if "*" in kind else kind: {}}}
        schema = self._schemas.plain(media.get("schema", {}), (*place, "content", kind, "schema"), f"{owner}Request")
        seen = resolve({"components": {"schemas": self._schemas.named}}, schema)
        if "$ref" not in schema or not seen.keys() & {"properties", "allOf"}:
            raise Refused("its body is no object with properties; wrap it in one, or send it with `client.request`")
        if kind in (MULTIPART, URLENCODED):
            kind = self._form(self._schemas.named[last_part(schema["$ref"])], kind, place)
        elif "example" in media:
            self._schemas.named[schema["$ref"].rsplit("/", 1)[-1]].setdefault("examples", [media["example"]])
        return {"required": True, "content": {JSON if is_json(kind) else kind: {"schema": schema}}}

    def _form(self, form: Json, kind: str, place: Place) -> str:
        """Bring a form to text and files; gives the type as which it is sent."""
        properties = form.get("properties", {})
        known: Json = {"components": {"schemas": self._schemas.named}}
        files = [name for name, each in properties.items() if is_file(known, each)] if kind == MULTIPART else []
        for name, each in properties.items():
            if name not in files and resolve(known, each).get("type") not in _SCALARS:
                told = f"its form's {name} is no plain value; it is text: give it as the service reads it"
                self._notes.lost(pointer(*place), told)
                words = {word: each[word] for word in ("description", "x-python-name") if word in each}
                properties[name] = {"type": "string", **words}
        required = form.get("required", [])
        if files and not set(files) & set(required):
            self._notes.drafted(pointer(*place), f"requires no file; the draft requires {files[0]}")
            form["required"] = required = [*required, files[0]]
        form["examples"] = [{name: self._sample_field(properties[name], name in files) for name in required}]
        if kind == MULTIPART and not files:
            self._notes.drafted(pointer(*place), "has no file, and is sent URL-encoded")
            return URLENCODED
        return kind

    def _sample_field(self, schema: Json, is_file: bool) -> Any:
        sample: Any = "a file" if is_file else self._schemas.sample(schema)
        return [sample] if is_file and schema.get("type") == "array" else sample

    def _answer(self, made: Json, given: Json, owner: str, place: Place) -> None:
        successes = [status for status in given if str(status).startswith("2")]
        if not successes:
            raise Refused("it describes no success; describe what it answers")
        for status in successes[1:]:
            self._notes.lost(pointer(*place, status), f"is a second success; the draft reads {successes[0]}")
        status = next((each for each in successes if str(each) == "200"), successes[0])
        answer = resolve(self._document, given[status])
        kinds = answer.get("content", {})
        kind = next((each for each in kinds if "json" in each or each == "*/*"), None)
        where = (*place, status)
        told = answer.get("description") or "The answer."
        if kinds and kind is None:
            made |= {BARE: True}
            plain = next((each for each in kinds if "*" not in each), "application/octet-stream")
            status = status if str(status) in ("201", "202") else "200"
            made["responses"] = {str(status): {"description": told, "content": {plain: {}}}}
            for other in kinds.keys() - {plain}:
                self._notes.lost(pointer(*where), f"may also be {other}; the draft reads {plain}")
        elif kind is None:
            made |= {BARE: True}
            made["responses"] = {"204": {"description": told}}
        else:
            media = kinds[kind]
            made["responses"] = self._envelope_or_bare(
                made, status, media, owner, told, (*where, "content", kind, "schema")
            )
        self._errors(made, given, place)

    def _envelope_or_bare(self, made: Json, status: str, media: Json, owner: str, told: str, place: Place) -> Json:
        raw = media.get("schema", {})
        data = envelope_data(self._document, raw)
        if data is None:
            made[BARE] = True
            status = status if str(status) in ("200", "201", "202") else "200"
            schema = self._schemas.plain(raw, place, f"{owner}Response")
        else:
            self._notes.drafted(pointer(*place), "its envelope is lifted off: `data` is the answer")
            schema = self._schemas.plain(data, (*place, "properties", "data"), f"{owner}Response")
        if "$ref" in schema and "example" in media and data is None:
            self._schemas.named[schema["$ref"].rsplit("/", 1)[-1]].setdefault("examples", []).append(media["example"])
        schema.setdefault("description", "The answer.") if "$ref" not in schema else None
        whole = schema
        if data is not None:
            whole = {"allOf": [{"$ref": ENVELOPE}, {"type": "object", "properties": {"data": schema}}]}
        return {str(status): {"description": told, "content": {"application/json": {"schema": whole}}}}

    def _errors(self, made: Json, given: Json, place: Place) -> None:
        content: Json = {} if made.get(BARE) else {"content": {"application/json": {"schema": {"$ref": ENVELOPE}}}}
        for status, each in given.items():
            if not str(status).startswith("2"):
                answer = resolve(self._document, each)
                if answer.get("content"):
                    self._notes.drafted(
                        pointer(*place, status),
                        "its model is not generated: an error is an UnexpectedAnswer, which quotes it",
                    )
                made["responses"][str(status)] = {"description": answer.get("description") or "An error.", **content}
        for status in _ERRORS:
            if not any(str(known).startswith(status[0]) for known in made["responses"]):
                made["responses"][status] = {"description": "An error.", **content}


def _is_of_the_transport(raw: Json) -> bool:
    """Whether a header is none of the caller's: it is set by the transport, or is a credential."""
    name = str(raw["name"]).lower()
    return raw["in"] == "header" and (name in OF_THE_TRANSPORT or bool(_CREDENTIALS.search(name)))


def _own_names(kept: list[Json]) -> None:
    """A name in the path and in the query are two arguments."""
    seen: set[str] = set()
    for each in kept:
        name = python_name(each["name"], each.get("x-python-name"))
        while name in seen:
            name = f"{each['in']}_{name}"
            each["x-python-name"] = name
        seen.add(name)


def envelope_data(document: Json, schema: Any) -> Any:
    """Give the schema of `data`, where an answer is an envelope of code, message and data."""
    properties: Json = {}
    waiting = [schema]
    while waiting:
        part = resolve(document, waiting.pop()) if isinstance(schema, dict) else {}
        waiting += part.get("allOf", [])
        properties |= {
            name: given for name, given in part.get("properties", {}).items() if name not in properties or given
        }
    is_envelope = {"code", "data"} <= properties.keys() <= {"code", "data", "msg", "message", "success", "request_id"}
    return properties["data"] if is_envelope else None
