"""Generates from documents in a folder of their own, and uses what comes of it in a fresh interpreter."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from pathlib import Path

from codegen.documents import ROOT, Documents, Json
from codegen.generate import generate

from .trees import write

ENVELOPE: Json = {
    "type": "object",
    "description": "The envelope.",
    "required": ["code"],
    "properties": {"code": {"type": "integer", "description": "The code."}, "data": {"description": "The answer."}},
    "examples": [{"code": 0}],
}


def generated(root: Path, documents: Documents) -> Path:
    """Generate from documents below a folder; gives that folder."""
    generate(write(root, documents))
    return root


def run(root: Path, program: str, mate: Path = ROOT) -> str:
    """Run a program with what was generated below a folder instead of our own; gives what it prints."""
    paths = [root / "generated", ROOT / "runtime", mate / "mate"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONDONTWRITEBYTECODE": "1"}
    # -S: our own tree is installed in editable mode, by a path of site-packages.
    program = f"import sys; sys.path += {[path for path in sys.path if path.endswith('-packages')]!r}\n{program}"
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        env=environment, capture_output=True, text=True, check=False, cwd=root,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def document(*operations: Json, **schemas: Json) -> Json:
    """Make a sound OpenAPI document of operations, each with its `path` and `method`, and schemas."""
    paths: Json = {}
    for number, given in enumerate(operations):
        own = {name: value for name, value in given.items() if name not in ("path", "method", "data")}
        paths.setdefault(given.get("path", f"/{number}"), {})[given.get("method", "get")] = {
            "operationId": f"operation_{number}",
            "tags": ["things"],
            "summary": "Do it",
            "description": "Does it.",
            "security": [],
            "responses": answers(given.get("data", {"type": "null", "description": "Nothing."})),
            **own,
        }
    described = {name: {"description": "A.", "examples": [], **schema} for name, schema in schemas.items()}
    made: Json = {
        "openapi": "3.1.0",
        "info": {"title": "A test", "version": "1"},
        "paths": paths,
        "components": {"schemas": {"APIResponse": ENVELOPE, **described}},
    }
    return copy.deepcopy(made)  # a test breaks it


def answers(data: Json) -> Json:
    """Make an operation's answers: data in its envelope, and the two sorts of errors."""
    envelope = {"$ref": "#/components/schemas/APIResponse"}
    whole = {"allOf": [envelope, {"type": "object", "properties": {"data": data}}]}
    error = {"description": "An error.", "content": {"application/json": {"schema": envelope}}}
    return {
        "200": {"description": "The answer.", "content": {"application/json": {"schema": whole}}},
        "400": error,
        "500": error,
    }
