"""Imports a document: reads it, brings it to our form, writes the draft and what is to be decided."""

from __future__ import annotations

import copy
from pathlib import Path

import yaml

from codegen.documents import OPENAPI, Documents, Json
from codegen.errors import SpecError
from codegen.importing.notes import Note, Notes, as_page
from codegen.importing.operations import Operations
from codegen.importing.read import read
from codegen.importing.schemas import Schemas
from codegen.lint import lint
from codegen.merge import ENVELOPE
from codegen.render import render_faults

DECISIONS = Path("DECISIONS.md")
_APIRESPONSE = ENVELOPE.rsplit("/", 1)[-1]
_ENVELOPE_SCHEMA: Json = {
    "type": "object",
    "description": "The envelope of every answer.",
    "required": ["code"],
    "properties": {
        "code": {"type": "integer", "description": "0 for a success."},
        "msg": {"type": "string", "description": "What happened, for people."},
        "data": {"description": "The answer itself."},
    },
    "examples": [{"code": 0}],
}


def draft(document: Json, notes: Notes) -> Json:
    """Make our form of an OpenAPI 3 document."""
    given = copy.deepcopy(document)
    known = copy.deepcopy(document)
    given.setdefault("components", {}).get("schemas", {}).pop(_APIRESPONSE, None)
    schemas = Schemas(given, notes)
    operations = Operations(known, schemas, notes)
    paths = operations.drafted()
    schemas.named[_APIRESPONSE] = copy.deepcopy(_ENVELOPE_SCHEMA)
    made: Json = {
        "openapi": "3.1.0",
        "info": {"title": "An API", "version": "1", **_words(document.get("info", {}))},
        "tags": [{"name": tag, "description": f"What belongs to {tag}."} for tag in operations.tags],
        "paths": paths,
        "components": {"securitySchemes": operations.schemes, "schemas": schemas.named},
    }  # fmt: skip
    if "webhooks" in document:
        notes.lost("/webhooks", "webhooks are not generated; write what receives them by hand")
    schemas.finish(made)
    return made


def _words(info: Json) -> Json:
    return {word: str(info[word]) for word in ("title", "version", "description") if info.get(word)}


def import_document(source: Path, into: Path) -> tuple[str, list[Note]]:
    """Write the draft of a document below a folder.

    Args:
        source: OpenAPI 3.0 or 3.1, Swagger 2, or a Postman collection; JSON or YAML.
        into: the folder; the draft is its schema/openapi.yaml, and what is to be decided its DECISIONS.md.

    Returns:
        What was written, in words; and all that a person must know.

    Raises:
        SpecError: it can't be read.
    """
    notes = Notes()
    document = read(source, notes)
    try:
        made = draft(document, notes)
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError) as failure:
        told = f"can't be taken apart ({type(failure).__name__}: {failure}); validate it where it comes from"
        raise SpecError(str(source), told) from failure
    for fault in lint(Documents(made, {})) or render_faults(Documents(made, {})):
        notes.lost(fault.place.partition("#")[2], f"in the draft: {fault.fault}")
    (into / "schema").mkdir(parents=True, exist_ok=True)
    (into / OPENAPI).write_text(_yaml(made), "utf-8")
    (into / DECISIONS).write_text(as_page(source.name, notes.all), "utf-8")
    count = sum(len(item) for item in made["paths"].values())
    lost = sum(note.is_lost for note in notes.all)
    told = f"{count} operations and {len(made['components']['schemas'])} schemas are in {into / OPENAPI}"
    return (
        f"{told}; {lost} things are left out and {len(notes.all) - lost} filled in, listed in {into / DECISIONS}",
        notes.all,
    )


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _yaml(document: Json) -> str:
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
