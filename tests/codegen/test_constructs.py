"""What the schema says reaches whoever uses the generated code: tried in an interpreter of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen.documents import Documents, Json

from .tried import document, generated, run


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
]  # fmt: skip
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
    "a default keeps its quotes": """
from wyseos.generated.api.things import by_code
assert by_code.call("A", 3).query == {"word": "it's"}
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
    "a service without a WebSocket has no events": """
import importlib.util
assert importlib.util.find_spec("wyseos.generated.events") is None
""",
}


@pytest.mark.parametrize("promise", CASES)
def test_the_schema_reaches_whoever_uses_it(root: Path, promise: str) -> None:
    run(root, CASES[promise])
