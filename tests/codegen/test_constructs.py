"""What the schema says reaches whoever uses the generated code: tried in an interpreter of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen.documents import ROOT, Documents

from .constructs import OPERATIONS, SCHEMAS
from .tried import document, generated, run


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
    "an operation or a schema may be named as a builtin or keyword": """
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
    "a name of the wire has another in Python, also in a dict": """
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
    "an object is of the class that its discriminator tells, else a plain dict": """
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
    "texts of any format are texts, and a secret is in no repr": """
from wyseos.generated.models import Home
home = Home.from_dict({"id": "5", "photo": "binary", "key": "hidden"})
assert (home.id, home.photo, home.key) == ("5", "binary", "hidden")
assert "hidden" not in repr(home) and "binary" in repr(home)
""",
    "an answer may be in no envelope": """
import httpx
from wyseos.generated.api.things import get_bare
from wyseos.generated.client import Client
from wyseos.generated.models import Filter
transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"a": "1"}))
with Client("https://example.com", httpx_args={"transport": transport}) as client:
    assert get_bare.sync(client=client) == Filter("1")
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


# The rows of the guide's table, each with the case that tries it.
ROWS: dict[str, str] = {
    "`x-python-name: page_size` at a property or parameter": "a name of the wire has another in Python, also in a dict",
    "`default: 20` at a field": "a default is what the service takes an absent field for, so that it is not sent",
    "`default: 20` at a parameter": "what is not given is not sent, whatever its default",
    "`deprecated: true`": "what is deprecated says so, and a word beside a reference is kept",
    '`oneOf: [{…}, {type: "null"}]`, required': "what must be there and may be null is sent as null",
    "a nullable element of a list or map": "nothing shifts in rows and coordinates",
    "`format: password`": "texts of any format are texts, and a secret is in no repr",
    "a field that must be given, and the first": "an argument can be given by name alone, but for the first",
    "two objects that hold each other": "objects that hold each other are read, whichever is imported first",
    "a tag, operationId or schema named as a builtin": "an operation or a schema may be named as a builtin or keyword",
    "no `schema/asyncapi.yaml`": "a service without a WebSocket has no events",
    "a parameter `in: header` or `cookie`": "what would break out of a header, a cookie or a list is refused",
    "a query or header that is a list": "headers, cookies and lists are arguments, sent as their style says",
    "`oneOf` of objects": "an object is of the class that its discriminator tells, else a plain dict",
    "`multipart/form-data`": "a form may hold a file, lists of them, and text",
    "`application/x-www-form-urlencoded`": "a URL-encoded form, bytes and text are bodies",
    "a body of any other type": "a URL-encoded form, bytes and text are bodies",
    "an answer that is no JSON": "an answer may be text, bytes, or nothing, and a 201",
    "204": "an answer may be text, bytes, or nothing, and a 201",
    "201, 202": "an answer may be text, bytes, or nothing, and a 201",
    "`format: uuid`, `format: binary` within JSON": "texts of any format are texts, and a secret is in no repr",
    "`x-bare: true` at an operation": "an answer may be in no envelope",
}


def test_each_row_of_the_guide_is_tried() -> None:
    page = (ROOT / "docs/regenerate.md").read_text("utf-8")
    table = page.split("| in the schema | in Python |\n| --- | --- |\n")[1].split("\n\n")[0]

    assert [row.split(" | ")[0].removeprefix("| ") for row in table.splitlines()] == list(ROWS)
    assert set(ROWS.values()) <= CASES.keys()
