"""What the templates print of models and endpoints: all decisions are taken here, so that templates only lay out."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from codegen.documents import MERGED, OPENAPI, Json, operations, pointer, resolve, seen_through
from codegen.fields import FieldView, Kind, kind_of, view
from codegen.guard_parameters import separator
from codegen.literals import literal
from codegen.merge import ANSWERS, BARE, MULTIPART, SENDS, URLENCODED, is_json
from codegen.names import python_name
from codegen.parser import Endpoint, FileProperty, ListProperty, ModelProperty, NoneProperty, module_name, text_of

# What an endpoint's module uses: a parameter of that name would hide it.
_MODULE_NAMES = {
    "call", "check", "check_each", "client", "cls", "get", "headers", "joined", "made_of", "parts", "query", "repeated",
    "segment", "self", "source", "urlencode", "v",
}  # fmt: skip


class ModelView(NamedTuple):
    """A model, ready for its template."""

    name: str
    doc: str
    fields: list[FieldView]
    checked: bool
    """Whether it is only ever written, and so held against its rules when made."""
    imports: list[str]
    enums: list[tuple[str, str]]
    late: frozenset[str] = frozenset()
    """Of the imports, those of classes that hold this one in turn; they come below it."""

    @property
    def attributes(self) -> list[str]:
        """The declarations of the fields, in the order of the constructor."""
        return [field.attribute(first=place == 0) for place, field in enumerate(self.declared)]

    @property
    def declared(self) -> list[FieldView]:
        """The fields in the order of the constructor: those without a default first."""
        return sorted(self.fields, key=lambda field: not field.required or field.default is not None)

    @property
    def nested(self) -> list[FieldView]:
        """The fields whose reader is composed once per class."""
        return [field for field in self.fields if "(" in field.kind.reader]

    def reader(self, field: FieldView) -> str:
        """The expression of a field's reader."""
        return f"_read_{field.name}" if "(" in field.kind.reader else field.kind.reader

    def read(self, field: FieldView) -> str:
        """The expression by which `from_dict` reads a field."""
        read = field.kind.fast.format(reader=self.reader(field), wire=repr(field.wire))
        if field.empty in ("[]", "''"):
            return f"({read}) or {field.empty}"
        return f"v if (v := ({read})) is not None else {field.empty}" if field.empty else read

    def row(self, field: FieldView) -> str:
        """The field's row in the table of fields."""
        values = [f"values={field.values}"] if field.values else []
        empty = [f"empty={field.empty}"] if field.empty else []
        # What is only written and must be there goes out as null, where null is what it is.
        null = ["null=True"] if self.checked and field.required and field.kind.nullable else []
        told = [repr(field.name), repr(field.wire), self.reader(field), str(field.required), *values, *empty, *null]
        return f"Field({', '.join(told)})"


class EndpointView(NamedTuple):
    """An operation, ready for its template."""

    name: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    errors: list[str]
    """What the service answers instead, each with its status."""
    paths: list[FieldView]
    body: FieldView | None
    files: list[FieldView]
    form: list[FieldView]
    others: list[FieldView]
    """The parameters of the query, the headers and the cookies."""
    returns: str
    parse: str
    imports: list[str]
    sends: str = ""
    """The MIME type of the body; empty for none."""
    bare: bool = False
    """Whether the answer is in no envelope."""
    raw: bool = False
    """Whether the answer is no JSON."""

    @property
    def positional(self) -> list[FieldView]:
        """The ids of the path, and a JSON body."""
        return [*self.paths, *([self.body] if self.body else [])]

    @property
    def keyword(self) -> list[FieldView]:
        """The rest, required ones first."""
        rest = [*self.files, *self.form, *self.others]
        return sorted(rest, key=lambda field: not field.required)

    @property
    def doc(self) -> str:
        """What the module is for."""
        return "\n\n".join(filter(None, (self.summary, self.description)))

    @property
    def checked(self) -> list[FieldView]:
        """What is held against its rule; ids of the path are checked as they are quoted, a body as it is made."""
        plain = None if self.body and self.body.kind.models else self.body
        limited = [field for field in self.paths if _is_limited(field)]
        return [field for field in (*limited, plain, *self.files, *self.form, *self.others) if field]

    @property
    def path_expression(self) -> str:
        """The path with each id quoted into its place."""
        names = {f.wire: f.name for f in self.paths}
        parts = re.split(r"{([^}]+)}", self.path)  # text and names, in turn
        written = [
            f"segment({literal(names[part])}, {names[part]})" if place % 2 else literal(part)
            for place, part in enumerate(parts)
            if part
        ]
        return " + ".join(written)

    @property
    def sent(self) -> list[str]:
        """What is sent beside path and body: the arguments of `Call`, as text."""
        queries = [f for f in self.others if f.place == "query"]
        repeated = [f for f in queries if _is_list(f) and not f.separator]
        headers, cookies = ([f for f in self.others if f.place == place] for place in ("header", "cookie"))
        told = [
            ("query", "query({})", _written([f for f in queries if f not in repeated])),
            ("repeated", "repeated({})", _written(repeated)),
            (
                "headers",
                "headers({}, {})" if cookies else "headers({})",
                _written(headers) or ("{}" if cookies else ""),
            ),
        ]
        return [f"{name}={call.format(rows, _written(cookies))}" for name, call, rows in told if rows]

    @property
    def content(self) -> str:
        """What is sent as it is, and of which type: arguments of `Call`; nothing for JSON and multipart."""
        if self.sends == URLENCODED:
            return f"content=urlencode(query({_written(self.form)})).encode(), content_type={literal(URLENCODED)}"
        if not self.body or is_json(self.sends):
            return ""
        encoded = ".encode()" if self.body.kind.reader == "text" else ""
        return f"content={self.body.name}{encoded}, content_type={literal(self.sends)}"


def _is_list(field: FieldView) -> bool:
    return field.kind.annotation.startswith("list[")


def _written(fields: list[FieldView]) -> str:
    """The fields as a dict of what is sent; nothing where there are none."""
    rows = [f"{literal(f.wire)}: {_value(f)}" for f in fields]
    return "{" + ", ".join(rows) + "}" if rows else ""


def _value(field: FieldView) -> str:
    if _is_list(field) and field.separator:
        return f"joined({literal(field.name)}, {literal(field.separator)}, {field.name})"
    return field.name


def _doc(*texts: Any) -> str:
    return "\n\n".join(text_of(text).strip() for text in texts if text)


def _is_limited(field: FieldView) -> bool:
    # `segment` refuses an empty id of any path.
    told = field.rule.replace("required=True", "").replace("min_length=1)", ")").replace("min_length=1,", "")
    return any(f"{limit}=" in told for limit in ("length", "minimum", "maximum", "pattern", "values"))


def model_view(model: ModelProperty, merged: Json, written: frozenset[str]) -> ModelView:
    """Give a model's view.

    Args:
        model: the parsed model.
        merged: the document it was parsed from.
        written: the names of the models that are only ever written.

    Raises:
        SpecError: if a field is not supported.
    """
    name = model.class_info.name
    place = f"{MERGED}#{pointer('components', 'schemas', name)}"
    raw = _raw_properties(merged, merged["components"]["schemas"].get(name, {}))
    fields = []
    for prop in [*(model.required_properties or []), *(model.optional_properties or [])]:
        wire = text_of(prop.name)
        here = place + pointer("properties", wire)
        found = view(prop, seen_through(merged, raw.get(wire, {})), here)
        fields.append(found.written if name in written else found)
    models = frozenset[str]().union(*(field.kind.models for field in fields)) - {name}
    return ModelView(
        name, _doc(model.description) or f"{name}.", fields, name in written, sorted(models), _enums(fields)
    )


def _raw_properties(merged: Json, schema: Json) -> Json:
    schema = resolve(merged, schema)
    found = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        for name, more in _raw_properties(merged, part).items():
            found[name] = {**seen_through(merged, found[name]), **more} if name in found else more
    return found


def _enums(fields: list[FieldView]) -> list[tuple[str, str]]:
    """Pair each enumeration with its set of values, where a field of its own needs that."""
    values = {enum_of(field.values): field.values for field in fields if field.values}
    names = frozenset[str]().union(*(field.kind.names for field in fields))
    return sorted((name, values.get(name.lower(), "")) for name in names)


def enum_of(values: str) -> str:
    """Give the lower-case class name of an enumeration from the name of its set of values."""
    return values.removesuffix("_VALUES").replace("_", "").lower()


def endpoint_view(endpoint: Endpoint, merged: Json) -> EndpointView:
    """Give an endpoint's view; raises SpecError where it can't be generated rightly."""
    path, method, operation = _operation(merged, endpoint.name)
    name = operation["operationId"]
    place = f"{OPENAPI}#{pointer('paths', path, method)}"
    raw = _raw_parameters(merged, path, operation)
    paths = [_parameter(prop, place, raw) for prop in endpoint.path_parameters]
    others = [_parameter(prop, place, raw) for prop in endpoint.query_parameters]
    body, files, form = _body(endpoint, place, merged, operation[SENDS])
    returns, parse, needed = _answer(endpoint, place, operation[ANSWERS])
    views = [*paths, *others, *form, *([body] if body else [])]
    kinds = [field.kind for field in views]
    imports = frozenset(needed).union(*(kind.models | kind.names for kind in kinds))
    template = text_of(endpoint.path)
    for prop in endpoint.path_parameters:
        template = template.replace(f"{{{prop.python_name}}}", f"{{{text_of(prop.name)}}}")
    return EndpointView(
        name, endpoint.tags[0], endpoint.method.upper(), template, _summary(operation), _doc(endpoint.description),
        [f"{status}: {told}" for status, told in operation.get("x-errors", {}).items()],
        paths, body, files, form, others, returns, parse, sorted(imports), operation[SENDS],
        bool(operation.get(BARE)), bool(operation[ANSWERS]) and not is_json(operation[ANSWERS]),
    )  # fmt: skip


def _summary(operation: Json) -> str:
    told = str(operation.get("summary", operation["operationId"])).rstrip(".") + "."
    return f"{told} Deprecated: the service may drop it." if operation.get("deprecated") else told


def _operation(merged: Json, module: str) -> tuple[str, str, Json]:
    """Give the path, method and operation of a module."""
    return next(found for found in operations(merged) if module_name(found[2]["operationId"]) == module)


# What a parameter says beside its schema.
_OF_THE_PARAMETER = ("description", "deprecated", "x-python-name", "in", "x-in", "style", "explode")


def _raw_parameters(merged: Json, path: str, operation: Json) -> Json:
    """Give the schemas of an operation's parameters by their names, with what is said of the parameter itself."""
    given = [*merged["paths"][path].get("parameters", []), *operation.get("parameters", [])]
    found = [resolve(merged, parameter) for parameter in given]
    said = [{word: each[word] for word in _OF_THE_PARAMETER if each.get(word) is not None} for each in found]
    return {
        each["name"]: {**seen_through(merged, each["schema"]), **own} for each, own in zip(found, said, strict=True)
    }


def _parameter(prop: Any, place: str, raw: Json | None = None) -> FieldView:
    name = text_of(prop.name)
    given = (raw or {}).get(name, {})
    found = view(prop, given, f"{place}, parameter {name}").written
    if found.default is not None and not found.required:
        # The service's own, which it may change: only what is given is sent.
        found = found._replace(
            default=None, empty="", limits=f"{found.limits} Without it, the service takes {found.default}.".strip()
        )
    if stands := given.get("x-in", given.get("in", "")):
        found = found._replace(place=stands, separator=separator({**given, "in": stands}))
    return found._replace(name=f"{found.name}_") if found.name in _MODULE_NAMES else found


def _body(
    endpoint: Endpoint, place: str, merged: Json, kind: str
) -> tuple[FieldView | None, list[FieldView], list[FieldView]]:
    if not endpoint.bodies:
        return None, [], []
    body: Any = endpoint.bodies[0].prop
    if is_json(kind):
        found = _parameter(body, place)
        # A plain dict becomes the model first, or it would go out unchecked.
        either = f"{found.annotation} | dict[str, Any]" if found.kind.models else found.annotation
        return found._replace(kind=found.kind._replace(annotation=either)), [], []
    if kind not in (MULTIPART, URLENCODED):
        return _content(kind), [], []
    raw = _raw_properties(merged, merged["components"]["schemas"].get(body.class_info.name, {}))
    seen = {name: seen_through(merged, given) for name, given in raw.items()}
    properties = [*(body.required_properties or []), *(body.optional_properties or [])]
    files = [_file(prop, seen[text_of(prop.name)]) for prop in properties if _is_file(prop)]
    return None, files, [_parameter(prop, place, seen) for prop in properties if not _is_file(prop)]


def _content(kind: str) -> FieldView:
    """What is sent as it is."""
    is_text = kind.startswith("text/")
    held = Kind("str", "text", checked="(str,)") if is_text else Kind("bytes", "anything", checked="(bytes,)")
    wanted = "a string" if is_text else "bytes"
    rule = f"Rule('body', {held.checked}, {wanted!r}, required=True)"
    return FieldView("body", "body", held._replace(wanted=wanted), True, None, f"What to send, as {kind}.", rule, "")


def _file(prop: Any, data: Json) -> FieldView:
    wire = text_of(prop.name)
    name = python_name(wire, data.get("x-python-name"))
    several = isinstance(prop, ListProperty)
    checked, wanted = ("(list, tuple)", "a list of FilePart") if several else ("(FilePart,)", "a FilePart")
    kind = Kind("Sequence[FilePart]" if several else "FilePart", "anything", checked=checked, wanted=wanted)
    more = (", required=True" * bool(prop.required)) + (", min_length=1" * (several and bool(prop.required)))
    doc = "The files, each with its name and type." if several else "The file, with its name and type."
    return FieldView(name, wire, kind, prop.required, None, doc, f"Rule({name!r}, {checked}, {wanted!r}{more})", "")


def _is_file(prop: Any) -> bool:
    return isinstance(getattr(prop, "inner_property", prop), FileProperty)


def _answer(endpoint: Endpoint, place: str, answers: str) -> tuple[str, str, frozenset[str]]:
    prop: Any = endpoint.responses.patterns[0].prop
    if isinstance(prop, NoneProperty):
        return "None", "nothing", frozenset()
    if not is_json(answers):
        found = ("str", "whole_text") if answers.startswith("text/") else ("bytes", "whole_bytes")
        return *found, frozenset()
    kind = kind_of(prop, f"{place}, its answer")
    parse = _parser(prop, kind, place)
    if kind.nullable and kind.annotation != "Any":
        return f"{kind.annotation} | None", f"or_none({parse})", kind.models | kind.names
    return kind.annotation, parse, kind.models | kind.names


def _parser(prop: Any, kind: Kind, place: str) -> str:
    """The expression of what reads an answer as a whole."""
    if isinstance(prop, ListProperty):
        item = kind_of(prop.inner_property, place)
        nulls = ", nulls=True" if item.nullable else ""
        return f"whole_list({item.reader}{nulls})"
    if kind.reader == "anything":
        return kind.reader
    if kind.reader == "freeform":
        return "whole_freeform"
    shape = '"an object"' if isinstance(prop, ModelProperty) else literal(kind.wanted)
    return f"whole({kind.reader}, {shape})"
