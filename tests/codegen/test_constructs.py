"""What the schema says reaches whoever uses the generated code: tried in an interpreter of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.documents import Documents, Json

from .tried import answers, document, generated, run


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def described(**properties: Json) -> Json:
    """Give properties, each with a description where it has none and is no reference."""
    return {name: {"description": "A.", **schema} for name, schema in properties.items()}


def thing(*required: str, **properties: Json) -> Json:
    return {
        "type": "object", "properties": described(**properties), "required": list(required),
        "examples": [dict.fromkeys(required, "a")],
    }  # fmt: skip


NULL: Json = {"type": "null"}
TEXT: Json = {"type": "string"}


def body(name: str) -> Json:
    return {"required": True, "content": {"application/json": {"schema": reference(name)}}}


def parameter(name: str, place: str, schema: Json, **more: Any) -> Json:
    return {"name": name, "in": place, "schema": schema, "description": "A.", **more}


LIST: Json = {"type": "array", "items": TEXT}
DAY: Json = {"x-python-name": "day"}
ERRORS: Json = {status: answer for status, answer in answers(NULL).items() if status != "200"}


def without_content(status: str) -> Json:
    return {status: {"description": "Done."}, **ERRORS}


def answering(kind: str) -> Json:
    return {"200": {"description": "It.", "content": {kind: {}}}, **ERRORS}


def made(data: Json) -> Json:
    return {"201": answers(data)["200"], **ERRORS}


OPERATIONS: list[Json] = [
    {
        "operationId": "list",
        "data": {"type": "object", "description": "A.", "additionalProperties": reference("Filter")},
    },
    {"operationId": "import", "method": "post", "requestBody": body("Sent")},
    {
        "operationId": "by_code",
        "path": "/codes/{code}/{page-size}",
        "deprecated": True,
        "parameters": [
            parameter("code", "path", {"type": "string", "pattern": "^[A-Z]+$"}, required=True, example="A"),
            parameter("page-size", "path", {"type": "integer"}, required=True, example=1, **{"x-python-name": "size"}),
            parameter("word", "query", {"type": "string", "default": "it's"}, example="a", deprecated=True),
        ],
    },
    {
        "operationId": "send_form",
        "method": "post",
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": reference("Form")}}},
    },
    {
        "operationId": "look",
        "parameters": [
            parameter("X-Trace", "header", TEXT, required=True, example="a", **{"x-python-name": "trace"}),
            parameter("X-Marks", "header", LIST, example=["a"], **{"x-python-name": "marks"}),
            parameter("X-Day", "header", {"type": "string", "format": "date"}, example="2026-01-01", **DAY),
            parameter("theme", "cookie", TEXT, example="a"),
            parameter("id", "query", {"type": "array", "items": {"type": "integer"}}, example=[1]),
            parameter("comma", "query", LIST, example=["a"], explode=False),
            parameter("pipe", "query", LIST, example=["a"], style="pipeDelimited"),
            parameter("level", "query", {"type": "array", "items": reference("Level")}, example=["low"]),
        ],
    },
    {
        "operationId": "send_files", "method": "post",
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": reference("Files")}}},
    },
    {
        "operationId": "log_in", "method": "post",
        "requestBody": {
            "required": True, "content": {"application/x-www-form-urlencoded": {"schema": reference("LogIn")}},
        },
    },
    {"operationId": "put_picture", "method": "put", "requestBody": {"required": True, "content": {"image/png": {}}}},
    {
        "operationId": "put_table", "method": "put",
        "requestBody": {"required": True, "content": {"text/csv": {"schema": TEXT}}},
        "responses": without_content("204"),
    },
    {"operationId": "get_table", "responses": answering("text/csv")},
    {"operationId": "get_picture", "responses": answering("image/png")},
    {"operationId": "make", "method": "post", "responses": made(reference("Pet"))},
    {"operationId": "get_pet", "data": {"description": "A.", "oneOf": [reference("Pet"), NULL]}},
    {"operationId": "get_levels", "data": {"type": "array", "description": "A.", "items": reference("Level")}},
]  # fmt: skip
FILE: Json = {"type": "string", "format": "binary"}
SCHEMAS: dict[str, Json] = {
    **{name: thing(a=TEXT) for name in ("Filter", "Range", "Input", "Map", "Object", "Type", "In", "Import")},
    "Tree": thing(branches={"type": "array", "items": reference("Branch")}),
    "Branch": thing(tree=reference("Tree"), parent=reference("Branch")),
    "Sent": {
        **thing(
            "note", note={"oneOf": [TEXT, NULL]}, mode={"type": "string", "default": "it's"}, self=TEXT,
            **{"page-size": {"type": "integer", "x-python-name": "page_size"}},
        ),
        "examples": [{"note": None}],
    },
    "Read": thing(
        points={"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
        marks={"type": "array", "items": {"oneOf": [{"type": "integer"}, NULL]}},
        count={"type": "integer", "default": 0}, old={"type": "string", "deprecated": True},
        filter={**reference("Filter"), "description": "What is wanted here.", "deprecated": True},
    ),
    "Level": {"type": "string", "enum": ["low", "high"], "examples": ["low"]},
    "Animal": thing(kind=TEXT, name=TEXT),
    "Cat": {"allOf": [reference("Animal"), thing(lives={"type": "integer"})], "examples": [{"kind": "cat"}]},
    "Dog": thing("kind", kind=TEXT, tricks=LIST),
    "Pet": {
        "oneOf": [reference("Cat"), reference("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "lion": "Cat"}},
        "examples": [{"kind": "Dog"}],
    },
    "Square": {
        **thing(form={"type": "string", "const": "square"}, side={"type": "number"}), "examples": [{"form": "square"}],
    },
    "Disc": {
        **thing(form={"type": "string", "enum": ["disc", "ring"]}, radius={"type": "number"}),
        "examples": [{"form": "disc"}],
    },
    "Home": {**thing(
        pets={"type": "array", "items": reference("Pet")}, favourite=reference("Pet"),
        shape={"anyOf": [reference("Square"), reference("Disc"), TEXT, NULL]},
        words={"oneOf": [TEXT, LIST]}, leader={"oneOf": [TEXT, reference("Dog")]},
        id={"type": "string", "format": "uuid"},
    ), "examples": [{"words": "a"}]},
    "Sending": {
        **thing("shape", shape={"oneOf": [reference("Square"), reference("Disc")]}),
        "examples": [{"shape": {"form": "disc"}}],
    },
    "Files": {
        **thing("one", one=FILE, more={"type": "array", "items": FILE}, word=TEXT), "examples": [{"one": "a"}],
    },
    "LogIn": {**thing("name", name=TEXT, days={"type": "integer", "maximum": 9}), "examples": [{"name": "a"}]},
    "Form": {
        **thing(
            "files", files={"type": "array", "items": {"type": "string", "format": "binary"}},
            word={"type": "string", "maxLength": 3},
        ),
        "examples": [{"files": ["a"]}],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openapi = document(*OPERATIONS, **SCHEMAS)
    return generated(tmp_path_factory.mktemp("constructs"), Documents(openapi, {}))


@pytest.fixture(scope="module")
def faults(root: Path) -> dict[str, str]:
    """What went wrong in each case; all are tried in one interpreter."""
    told = run(
        root,
        f"""
import json, traceback
faults = {{}}
for promise, case in {list(CASES.items())!r}:
    try: exec(case, {{"__name__": "case"}})
    except BaseException: faults[promise] = traceback.format_exc()
print(json.dumps(faults))
""",
    )
    found: dict[str, str] = json.loads(told)
    return found


CASES: dict[str, str] = {
    "an operation and a schema may have a builtin's or a keyword's name": """
from wyseos.generated.api.things import list_, import_
from wyseos.generated.models import Filter, Range, Input, Map, Object, Type, In, Import
assert (list_.OPERATION.name, import_.OPERATION.name) == ("list", "import")
""",
    "a map of objects as an answer is read": """
from wyseos.generated.api.things import list_
from wyseos.generated.models import Filter
assert list_.call().parse({"a": {"a": "1"}, "b": 5}) == {"a": Filter("1")}
""",
    "objects that hold each other are read, whichever is imported first": """
from wyseos.generated.models import Branch
from wyseos.generated.models import Tree
tree = Tree.from_dict({"branches": [{"tree": {"branches": []}, "parent": {}}]})
assert isinstance(tree.branches[0].tree, Tree) and isinstance(tree.branches[0].parent, Branch)
""",
    "what must be there and may be null is sent as null": """
from wyseos.generated.models import Sent
assert Sent(None).to_dict() == {"note": None}
assert Sent("a").to_dict() == {"note": "a"}
""",
    "a default is what the service takes an absent field for, so that it is not sent": """
from wyseos.generated.models import Sent, Read
assert (Sent("a").mode, Sent("a", mode="b").to_dict()) == ("it's", {"note": "a", "mode": "b"})
assert (Read.from_dict({}).count, Read.from_dict({"count": 0}).to_dict()) == (0, {"count": 0})
""",
    "an argument can be given by name alone, but for the first": """
from wyseos.generated.models import Sent
try: Sent("a", "b")
except TypeError: pass
else: raise AssertionError
""",
    "a name that the wire dictates has another in Python, also in a dict": """
from wyseos.generated.models import Sent
from wyseos.generated.api.things import import_, by_code
assert Sent("a", page_size=3, self_="b").to_dict() == {"note": "a", "page-size": 3, "self": "b"}
assert import_.call({"note": "a", "page-size": 3, "self": "b"}).json == {"note": "a", "page-size": 3, "self": "b"}
assert by_code.call("A", size=3).path == "/codes/A/3"
""",
    "a pattern of a path's parameter is checked": """
from wyseos.generated.api.things import by_code
from wyseos.generated.errors import ValidationError
try: by_code.call("a", 3)
except ValidationError as error: assert "code is 'a'; give a string that matches ^[A-Z]+$" in str(error), error
else: raise AssertionError
""",
    "a form's limits are checked": """
from wyseos.generated.api.things import send_form
from wyseos.generated.errors import ValidationError
from wyseos.runtime.call import FilePart
try: send_form.call(files=[FilePart("a", b"")], word="long")
except ValidationError as error: assert error.field == "word"
else: raise AssertionError
""",
    "nothing shifts in rows and coordinates": """
from wyseos.generated.models import Read
read = Read.from_dict({"points": [[1, None, 3], None], "marks": [1, None, 2]})
assert (read.points, read.marks) == ([[1, None, 3]], [1, None, 2])
""",
    "what is deprecated says so, and a word beside a reference is kept": """
from wyseos.generated.models import Read
from wyseos.generated.api.things import by_code
told = " ".join(Read.__doc__.split())
assert "old: A. Deprecated: the service may drop it." in told
assert "filter: What is wanted here. Deprecated" in told
called = " ".join(by_code.call.__doc__.split())
assert "word: A. Deprecated" in called and "Do it. Deprecated" in called, called
""",
    "headers, cookies and lists are arguments, sent as their style says": """
from datetime import date
from wyseos.generated.api.things import look
call = look.call(trace="t", marks=["a", "b"], day=date(2026, 1, 2), theme="dark", id=[1, 2], comma=["a", "b"],
    pipe=["a", "b"], level=["low"])
assert call.headers == {"X-Trace": "t", "X-Marks": "a,b", "X-Day": "2026-01-02", "Cookie": "theme=dark"}, call.headers
assert (call.query, call.repeated) == ({"comma": "a,b", "pipe": "a|b"}, {"id": ["1", "2"], "level": ["low"]})
assert (look.call(trace="t").headers, look.call(trace="t", id=[]).repeated) == ({"X-Trace": "t"}, {})
""",
    "what would break out of a header, a cookie or a list is refused": """
from wyseos.generated.api.things import look
from wyseos.generated.errors import ValidationError
for given in ({"trace": "a\\r\\nb: c"}, {"trace": " a"}, {"trace": "t", "theme": "a; b=c"},
        {"trace": "t", "comma": ["a,b"]},
        {"trace": "t", "level": ["odd"]}, {"trace": "t", "id": "12"}, {"trace": None}):
    try: look.call(**given)
    except ValidationError: pass
    else: raise AssertionError(given)
""",
    "a form may hold a file, lists of them, and text": """
from wyseos.generated.api.things import send_files
from wyseos.generated.errors import ValidationError
from wyseos.runtime.call import FilePart
a, b, c = (FilePart(name, b"") for name in "abc")
assert send_files.call(one=a, more=[b, c], word="w").files == [("one", a), ("more", b), ("more", c)]
assert send_files.call(one=a).files == [("one", a)]
try: send_files.call(one=[a])
except ValidationError as error: assert "one is a list; give a FilePart" in str(error), error
else: raise AssertionError
""",
    "a URL-encoded form, bytes and text are bodies": """
from wyseos.generated.api.things import log_in, put_picture, put_table
from wyseos.generated.errors import ValidationError
call = log_in.call(name="a&b", days=3)
assert (call.content, call.content_type) == (b"name=a%26b&days=3", "application/x-www-form-urlencoded")
assert (put_picture.call(b"1").content, put_picture.call(b"1").content_type) == (b"1", "image/png")
assert (put_table.call("é").content, put_table.call("é").content_type) == ("é".encode(), "text/csv")
for wrong in (lambda: log_in.call(name="a", days=10), lambda: put_picture.call("1"), lambda: put_table.call(b"1")):
    try: wrong()
    except ValidationError: pass
    else: raise AssertionError
""",
    "an answer may be text, bytes, or nothing, and a 201": """
import httpx
from wyseos.generated.api.things import get_picture, get_table, make, put_table
from wyseos.generated.client import Client
from wyseos.generated.errors import DecodeError, UnexpectedAnswer
from wyseos.generated.models import Dog

def ask(status, content, call):
    transport = httpx.MockTransport(lambda request: httpx.Response(status, content=content))
    with Client("https://example.com", httpx_args={"transport": transport}) as client:
        return client.send(call).parsed

assert ask(200, b"a,b", get_table.call()) == "a,b"
assert ask(200, b"\\xff", get_picture.call()) == b"\\xff"
assert ask(204, b"", put_table.call("a")) is None
made = ask(201, b'{"code": 0, "data": {"kind": "Dog", "tricks": ["sit"]}}', make.call())
assert isinstance(made, Dog) and made.tricks == ["sit"]
for status, content, call, kind in ((200, b"\\xff", get_table.call(), DecodeError),
        (404, b'{"code": 4, "msg": "gone"}', get_table.call(), UnexpectedAnswer),
        (200, b'{"code": 4, "msg": "gone"}', put_table.call("a"), UnexpectedAnswer)):
    try: ask(status, content, call)
    except kind as error: assert kind is DecodeError or "gone" in str(error), error
    else: raise AssertionError
""",
    "an object is of the class that its discriminator tells, and a plain dict where it tells none": """
from wyseos.generated.models import Cat, Dog, Home
sent = {"pets": [{"kind": "cat", "lives": 9}, {"kind": "Dog"}, {"kind": "fish"}, {}, 5], "favourite": {"kind": "lion"}}
home = Home.from_dict(sent)
assert [type(pet) for pet in home.pets] == [Cat, Dog, dict, dict], home.pets
assert (home.pets[0].lives, type(home.favourite), home.to_dict()) == (9, Cat, sent)
assert (Dog().to_dict(), Home(favourite=Dog()).to_dict()) == ({"kind": "Dog"}, {"favourite": {"kind": "Dog"}})
""",
    "objects are told by their own constants too, beside text and null": """
from wyseos.generated.models import Disc, Dog, Home, Square
for shape, kind in (({"form": "ring"}, Disc), ({"form": "square"}, Square), ("a", str), (None, type(None))):
    assert type(Home.from_dict({"shape": shape}).shape) is kind, shape
home = Home.from_dict({"words": ["a"], "leader": {"kind": "Dog"}, "id": "x"})
assert (home.words, type(home.leader), home.id) == (["a"], Dog, "x")
assert (Home.from_dict({"words": "a"}).words, Home.from_dict({"leader": "a"}).leader) == ("a", "a")
""",
    "an answer may be null, a union, or a list of an enumeration": """
from wyseos.generated.api.things import get_levels, get_pet
from wyseos.generated.models import Cat
assert (get_pet.call().parse(None), type(get_pet.call().parse({"kind": "cat"}))) == (None, Cat)
assert get_levels.call().parse(["low", "new"]) == ["low", "new"]
""",
    "what is not given is not sent, whatever its default": """
from wyseos.generated.api.things import by_code
assert (by_code.call("A", 3).query, by_code.call("A", 3, word="it's").query) == ({}, {"word": "it's"})
assert "Without it, the service takes" in by_code.call.__doc__
""",
    "a service without a WebSocket has no events": """
import importlib.util
assert importlib.util.find_spec("wyseos.generated.events") is None
""",
}


@pytest.mark.parametrize("promise", CASES)
def test_the_schema_reaches_whoever_uses_it(faults: dict[str, str], promise: str) -> None:
    assert faults.get(promise, "") == ""
