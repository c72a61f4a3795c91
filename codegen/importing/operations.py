"""Brings operations to what the generator takes: a name, one tag, its own security, one body, one answer."""

from __future__ import annotations

import re
from typing import Any

from codegen.documents import METHODS, Json, pointer, resolve
from codegen.importing.notes import Notes
from codegen.importing.schemas import Place, Schemas
from codegen.merge import BARE, ENVELOPE
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
_PARAMETER = ("name", "in", "required", "description", "schema", "example", "deprecated", "x-python-name")
_CREDENTIALS = re.compile(r"authorization|token|api-?key|secret|cookie", re.IGNORECASE)
_SCALARS = ("string", "integer", "number", "boolean")
_ERRORS = ("400", "500")


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
        headers = [self._header(raw, place) for raw in found.values() if raw["in"] in ("header", "cookie")]
        kept = [self._parameter(raw, place) for raw in found.values() if raw["in"] in ("path", "query")]
        missing = set(re.findall("{([^}]*)}", path)) - {each["name"] for each in kept if each["in"] == "path"}
        for name in sorted(missing):
            self._notes.drafted(pointer(*place), f"its path's {name} is described as text")
            kept.append(self._parameter({"name": name, "in": "path", "schema": {"type": "string"}}, place))
        _own_names(kept)
        return kept, [name for name in headers if name]

    def _header(self, raw: Json, place: Place) -> str | None:
        name = raw["name"]
        if raw["in"] == "header" and name.lower() in ("accept", "content-type"):
            return None  # the transport's own
        if raw["in"] == "header" and _CREDENTIALS.search(name):
            scheme = re.sub(r"\W+", "", name.title()) + "Auth"
            known = (
                key
                for key, value in self.schemes.items()
                if value.get("in") == "header" and str(value.get("name")).lower() == name.lower()
            )
            scheme = next(known, scheme)
            self.schemes.setdefault(
                scheme, {"type": "apiKey", "in": "header", "name": name, "description": "A credential."}
            )
            self._notes.drafted(pointer(*place), f"its header {name} is a way to authenticate: {scheme}")
            return scheme
        self._notes.lost(
            pointer(*place),
            f"its {raw['in']} {name} is no argument of the generated call: set it at the client, by httpx_args",
        )
        return None

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
            held = made["schema"] = next(part for part in [*held["oneOf"], {}] if part.get("type") != "null")
        seen = resolve({"components": {"schemas": self._schemas.named}}, held)
        if seen.get("type") not in _SCALARS:
            told = f"its parameter {raw['name']} is no plain value; it is text: give it as the service reads it"
            self._notes.lost(pointer(*place), told)
            made["schema"] = {"type": "string"}
        if made["in"] == "path" or made.get("required"):
            made["required"] = True
            made["schema"].pop("default", None)
        made["description"] = made.get("description") or f"The {raw['name']}."
        example = next(iter(made["schema"].pop("examples", [])), None)
        made.setdefault("example", example)
        if made["example"] is None or not self._schemas.fits(made["example"], made["schema"]):
            made["example"] = self._schemas.sample(made["schema"])
        if name_fault(raw["name"], made.get("x-python-name")):
            made["x-python-name"] = re.sub(r"\W+", "_", raw["name"]).strip("_").lower() or "value"
            if name_fault(raw["name"], made["x-python-name"]):
                made["x-python-name"] = f"the_{made['x-python-name']}"
            self._notes.drafted(pointer(*place), f"its parameter {raw['name']} is {made['x-python-name']} in Python")
        return made

    def _body(self, given: Any, owner: str, place: Place) -> Json:
        body = resolve(self._document, given)
        kinds = body.get("content", {})
        kind = next(
            (each for each in kinds if "json" in each),
            next((each for each in kinds if each == "multipart/form-data"), None),
        )
        if kind is None:
            raise Refused(
                f"its body is {', '.join(kinds) or 'of no type'}; send it with `client.request`, or describe it as JSON"
            )
        for other in kinds.keys() - {kind}:
            self._notes.lost(pointer(*place), f"may also be sent as {other}; the draft sends {kind}")
        media = kinds[kind]
        schema = self._schemas.plain(media.get("schema", {}), (*place, "content", kind, "schema"), f"{owner}Request")
        seen = resolve({"components": {"schemas": self._schemas.named}}, schema)
        if "$ref" not in schema or not seen.keys() & {"properties", "allOf"}:
            raise Refused("its body is no object with properties; wrap it in one, or send it with `client.request`")
        if kind == "multipart/form-data":
            self._form(seen)
        elif "example" in media:
            self._schemas.named[schema["$ref"].rsplit("/", 1)[-1]].setdefault("examples", [media["example"]])
        if body.get("required") is not True:
            self._notes.drafted(pointer(*place), "is an optional body; the draft requires it")
        return {
            "required": True,
            "content": {kind if kind == "multipart/form-data" else "application/json": {"schema": schema}},
        }

    def _form(self, form: Json) -> None:
        properties = form.get("properties", {})
        for name, schema in properties.items():
            if schema.get("format") == "binary":
                words = {"description": schema.get("description", "The files.")}
                properties[name] = {**words, "type": "array", "items": {"type": "string", "format": "binary"}}
        files = [name for name, each in properties.items() if each.get("items", {}).get("format") == "binary"]
        others = [name for name, each in properties.items() if name not in files and each.get("type") not in _SCALARS]
        if len(files) != 1 or others:
            raise Refused(
                "its form has not one list of files beside plain fields; send it with httpx, or change the form"
            )
        form.pop("examples", None)
        form["examples"] = [
            {
                name: ["a file"] if name in files else self._schemas.sample(properties[name])
                for name in form.get("required", files)
            }
        ]

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
        if kinds and kind is None:
            raise Refused(f"it answers {', '.join(kinds)}, not JSON; fetch it with `client.send` or httpx")
        where = (*place, status)
        told = answer.get("description") or "The answer."
        if kind is None:
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
        if "oneOf" in schema:
            schema = next((part for part in schema["oneOf"] if part.get("type") != "null"), {})
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
