"""Whole documents: as API tools export them, drafted, generated, and used on their own recorded examples."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen.__main__ import main
from codegen.documents import ROOT, Json
from codegen.generate import generate
from tests.codegen.tried import run
from tests.test_types import can_run

TEXT = {"type": "string"}
PET = {
    "type": "object", "required": ["id"], "title": "Pet",
    "properties": {
        "id": {"type": "integer", "format": "int64"},
        "name": {"type": "string", "nullable": True},
        "owner": {"type": "object", "properties": {"first name": TEXT}},
        "parent": {"$ref": "#/components/schemas/pet"},
    },
    "example": {"id": 1, "name": None, "owner": {"first name": "Ada"}},
}  # fmt: skip
KEEPER = {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "key": {**TEXT, "format": "uuid"}}}
OPENAPI_30: Json = {
    "openapi": "3.0.3", "info": {"title": "A shop", "version": "1.0"}, "security": [{"Bearer": []}],
    "paths": {
        "/pets": {
            "get": {
                "tags": ["Pets"], "summary": "List pets",
                "parameters": [
                    {"name": "page-size", "in": "query", "schema": {"type": "integer", "default": 20}},
                    {"name": "X-Trace", "in": "header", "schema": TEXT},
                    {"name": "tag", "in": "query", "schema": {"type": "array", "items": TEXT}},
                ],
                "responses": {"200": {"description": "ok", "content": {"application/json": {
                    "schema": {"type": "array", "items": {"$ref": "#/components/schemas/pet"}}}}}},
            },
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/pet"}}}},
                "responses": {"201": {"description": "made", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/pet"}}}}},
            },
        },
        "/report": {"get": {"responses": {"200": {"description": "ok", "content": {"text/csv": {"schema": TEXT}}}}}},
        "/pets/{petId}/keeper": {
            "get": {
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {
                    "oneOf": [{"$ref": "#/components/schemas/person"}, {"$ref": "#/components/schemas/firm"}],
                    "discriminator": {"propertyName": "kind", "mapping": {"p": "#/components/schemas/person"}},
                }}}}},
            },
        },
        "/pets/{petId}": {
            "delete": {
                "parameters": [{"name": "petId", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "responses": {"204": {"description": "gone"}},
            },
        },
    },
    "components": {
        "securitySchemes": {"Bearer": {"type": "http", "scheme": "bearer"}},
        "schemas": {"pet": PET, "person": KEEPER, "firm": KEEPER},
    },
}  # fmt: skip
SWAGGER: Json = {
    "swagger": "2.0", "info": {"title": "A shop", "version": "1"},
    "securityDefinitions": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}, "security": [{"Key": []}],
    "parameters": {"Size": {"name": "size", "in": "query", "type": "integer", "default": 20}},
    "paths": {
        "/pets": {
            "get": {
                "operationId": "listPets", "tags": ["pets"], "parameters": [{"$ref": "#/parameters/Size"}],
                "responses": {
                    "200": {"description": "ok", "schema": {"type": "array", "items": {"$ref": "#/definitions/Pet"}}}
                },
            },
            "post": {
                "operationId": "addPet", "tags": ["pets"],
                "parameters": [
                    {"name": "pet", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Pet"}},
                ],
                "responses": {"200": {"description": "ok", "schema": {"$ref": "#/definitions/Pet"}}},
            },
        },
        "/files": {
            "post": {
                "operationId": "upload", "tags": ["files"], "consumes": ["multipart/form-data"],
                "parameters": [{"name": "file", "in": "formData", "type": "file", "required": True},
                               {"name": "note", "in": "formData", "type": "string"}],
                "responses": {"200": {"description": "ok", "schema": {"$ref": "#/definitions/Pet"}}},
            },
        },
    },
    "definitions": {"Pet": {"type": "object", "properties": {"id": {"type": "integer"}}, "example": {"id": 3}}},
}  # fmt: skip
POSTMAN: Json = {
    "info": {"name": "A shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
    "item": [
        {"name": "Pets", "item": [
            {
                "name": "Get a pet",
                "request": {
                    "method": "GET", "header": [{"key": "Authorization", "value": "…"}],
                    "url": {"raw": "{{base}}/pets/:petId?full=true", "path": ["pets", ":petId"],
                            "query": [{"key": "full", "value": "true"}], "variable": [{"key": "petId", "value": "7"}]},
                },
                "response": [{
                    "name": "Found", "code": 200,
                    "body": '{"code": 0, "msg": "ok", "data": {"id": 7, "tags": [{"k": "a"}, {"k": null}]}}',
                }],
            },
            {
                "name": "Add a pet",
                "request": {
                    "method": "POST", "url": "{{base}}/pets", "body": {"mode": "raw", "raw": '{"name": "Rex"}'},
                },
                "response": [{"name": "Made", "code": 200, "body": '{"id": 8}'}],
            },
        ]},
    ],
}  # fmt: skip


def imported(folder: Path, document: Json, name: str = "shop.json") -> int:
    text = json.dumps(document) if name.endswith("json") else yaml.safe_dump(document)
    (folder / name).write_text(text.replace("A shop", "A \\/ shop") if name.endswith("json") else text)
    return main(["import", str(folder / name), "--into", str(folder / "draft")])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the export of a shop, and what was generated of its draft."""
    folder = tmp_path_factory.mktemp("shop")
    assert imported(folder, OPENAPI_30) == 0
    generate(folder / "draft")
    return folder


def test_an_export_of_openapi_30_is_generated_and_reads_its_own_example(shop: Path) -> None:
    told = run(
        shop / "draft",
        f"""
from wyseos.generated.api.pets import get_pets, post_pets, delete_pets_pet_id
from wyseos.generated.api.pets import get_pets_pet_id_keeper
from wyseos.generated.api.report import get_report
from wyseos.generated.models import Firm, Person, Pet
example = {PET["example"]!r}
pet = Pet.from_dict(example)
assert pet.to_dict() == example and pet.owner.first_name == "Ada"
assert get_pets.call(page_size=5).query == {{"page-size": "5"}}
sent = get_pets.call(x_trace="t", tag=["a", "b"])
assert (sent.headers, sent.repeated) == ({{"X-Trace": "t"}}, {{"tag": ["a", "b"]}})
keepers = [get_pets_pet_id_keeper.call("1").parse({{"kind": kind}}) for kind in ("p", "firm", "other")]
assert [type(keeper) for keeper in keepers] == [Person, Firm, dict]
assert get_report.call().parse(b"a,b") == "a,b"
assert post_pets.call(pet).parse(example) == pet
assert (delete_pets_pet_id.call(3).path, delete_pets_pet_id.call(3).parse(None)) == ("/pets/3", None)
print(post_pets.call(pet).bare)
""",
    )

    assert told == "True\n"


def test_mypy_accepts_what_is_generated_of_an_export(shop: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--explicit-package-bases", "--cache-dir", str(shop / "cache"),
         "-p", "wyseos.generated"],
        cwd=shop, capture_output=True, text=True, check=False,
        env={"MYPYPATH": f"{shop / 'draft/generated'}:{ROOT / 'runtime'}", "PATH": ""},
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


def test_pyright_too_accepts_what_is_generated_of_an_export(shop: Path) -> None:
    if not can_run():
        pytest.skip("pyright cannot be run here")
    settings = {"pythonVersion": "3.11", "include": ["draft/generated"]}
    paths = [str(shop / "draft/generated"), str(ROOT / "runtime")]
    (shop / "pyrightconfig.json").write_text(json.dumps({**settings, "extraPaths": paths}))

    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", str(shop)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


def test_an_export_of_swagger_2_is_generated(tmp_path: Path) -> None:
    assert imported(tmp_path, SWAGGER, "shop.yaml") == 0
    generate(tmp_path / "draft")
    run(
        tmp_path / "draft",
        """
from wyseos.generated.api.pets import list_pets, add_pet
from wyseos.generated.api.files import upload
from wyseos.generated.models import Pet
from wyseos.runtime.call import FilePart
assert (list_pets.call().query, list_pets.call(size=20).query) == ({}, {"size": "20"})
assert add_pet.call({"id": 3}).json == {"id": 3}
call = upload.call(file=FilePart("a", b""), note="b")
assert (call.form, call.files) == ({"note": "b"}, [("file", FilePart("a", b""))])
""",
    )


def test_a_postman_collection_becomes_schemas_made_of_what_it_recorded(tmp_path: Path) -> None:
    assert imported(tmp_path, POSTMAN) == 0
    generate(tmp_path / "draft")
    run(
        tmp_path / "draft",
        """
from wyseos.generated.api.pets import get_pets_pet_id, post_pets
call = get_pets_pet_id.call("7", full="true")
assert (call.bare, call.path, call.query) == (False, "/pets/7", {"full": "true"})
pet = call.parse({"id": 7, "tags": [{"k": "a"}, {"k": None}]})
assert (pet.id, [tag.k for tag in pet.tags]) == (7, ["a", None])
assert post_pets.call({"name": "Rex"}).json == {"name": "Rex"}
assert post_pets.call({"name": "Rex"}).parse({"id": 8}).id == 8
""",
    )


def test_what_is_left_out_fails_the_command_and_is_told_with_place_reason_and_a_way_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(json.dumps(OPENAPI_30))
    document["paths"]["/pets"]["post"]["requestBody"]["content"] = {}

    assert imported(tmp_path, document) == 1

    assert capsys.readouterr().err == ("/paths/~1pets/post: is left out: its body is of no type; say which\n")
    page = (tmp_path / "draft/DECISIONS.md").read_text()
    assert "## Left out: 1\n\n- `/paths/~1pets/post`: is left out" in page
    assert "- `/paths/~1pets/get`: its parameter page-size is page_size in Python" in page


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{}", "is no OpenAPI 3, no Swagger 2 and no Postman collection (2.1)"),
        ("[]", "should be an object"),
        ("a: [", "is neither JSON nor YAML"),
        ("a: &x [1]\nb: *x", "*x is an alias"),
        ('{"openapi": "3.0.0", "paths": {"/a": {"get": 5}}}', "can't be taken apart"),
    ],
)
def test_what_is_no_such_document_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, fault: str
) -> None:
    (tmp_path / "it").write_text(text)

    assert main(["import", str(tmp_path / "it"), "--into", str(tmp_path / "draft")]) == 1
    assert fault in capsys.readouterr().err
    assert not (tmp_path / "draft").exists()


OPERATIONS = int(os.environ.get("WYSE_TESTS_OPERATIONS", "100"))


def large(operations: int) -> Json:
    """A document of so many operations, and more schemas, each of which refers to the one before."""
    properties = {
        "id": {"type": "string"}, "count": {"type": "integer"}, "when": {"type": "string", "format": "date-time"},
        "kind": {"type": "string", "enum": ["a", "b"]}, "tags": {"type": "array", "items": TEXT},
    }  # fmt: skip
    schemas: Json = {
        f"Thing{number}": {
            "type": "object",
            "required": ["id"],
            "properties": {**properties, "next": {"$ref": f"#/components/schemas/Thing{max(0, number - 1)}"}},
        }
        for number in range(operations * 8 // 5)
    }

    def answer(number: int) -> Json:
        schema = {"$ref": f"#/components/schemas/Thing{number}"}
        return {"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}}

    paths = {
        f"/things/{number}": {"get": {"tags": [f"group{number % 20}"], "responses": answer(number)}}
        for number in range(operations)
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Large", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


@pytest.mark.timeout(900)  # a busy machine
def test_a_large_document_is_generated_in_bounded_time_and_memory(tmp_path: Path) -> None:
    assert imported(tmp_path, large(OPERATIONS)) == 0
    begun = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    program = "import resource, sys; from codegen.__main__ import main; sys.exit(main(sys.argv[1:]))"

    # By a shell of its own: the peak of a process begins with the size of the one that it was forked from.
    command = [sys.executable, "-c", program, "--root", str(tmp_path / "draft"), "generate"]
    done: Any = subprocess.run(
        ["sh", "-c", '"$@"; exit $?', "sh", *command],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    used = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert done.returncode == 0, done.stderr
    spent = used.ru_utime - begun[1].ru_utime
    peak = int(done.stdout.rpartition("peak ")[2].split()[0])
    # Seconds of the processor, and MiB; a few times what it takes, for slower machines and busy ones.
    assert spent < 20 + OPERATIONS / 10, done.stdout
    assert peak < 200 + OPERATIONS * 6 / 10, done.stdout
