"""Parses the merged document and prints the whole tree from it, by our templates."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from codegen import parser
from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json
from codegen.errors import SpecError, refuse
from codegen.events import event_rows
from codegen.fields import is_freeform
from codegen.literals import docstring, literal
from codegen.merge import as_json, merge, received, written_only
from codegen.parser import GeneratorData, ModelProperty, module_name
from codegen.reference import reference
from codegen.views import EndpointView, ModelView, endpoint_view, model_view

V = TypeVar("V")

TEMPLATES = Path(__file__).resolve().parent / "templates"
HEADER = f"generated from {OPENAPI} and {ASYNCAPI}, run `make generate`"
_READING = (
    "Field", "anything", "day", "either", "element", "flag", "freeform", "integer", "listing", "mapping", "model",
    "moment", "nothing", "number", "one_of", "or_none", "source_object", "text", "told_by", "unknown_fields", "whole",
    "whole_bytes", "whole_freeform", "whole_list", "whole_text", "write",
)  # fmt: skip


def render(documents: Documents, folder: Path) -> str:
    """Write the tree, not yet formatted, into a folder that is not there yet.

    Returns:
        The page that lists what is in it.

    Raises:
        SpecError: for all that the generator warns about, and all that the views can't print.
    """
    merged = merge(documents)
    parsed = parser.parse(merged, folder)
    parsed.models[:] = _classes(parsed, merged, documents)
    views = all_views(parsed, merged, written_only(documents, merged))
    project = parser.project(parsed, folder, TEMPLATES)
    project.env.filters.update(literal=literal, docstring=docstring)
    project.env.globals.update(
        header=HEADER,
        reading_names=_READING,
        module_name=module_name,
        model_view=lambda model: views.models[model.class_info.name],
        endpoint_view=lambda endpoint: views.endpoints[endpoint.name],
        classes=sorted((c.class_info.name, c.class_info.module_name) for c in [*parsed.models, *parsed.enums]),
    )
    refuse(parser.build(project))
    rows = event_rows(parsed, received(documents.asyncapi)) if documents.asyncapi else {}
    _add_the_rest(project, documents, folder, rows)
    return reference(documents, views.endpoints.values(), views.models, rows)


def _classes(parsed: GeneratorData, merged: Json, documents: Documents) -> list[ModelProperty]:
    """Give the models that are classes: not those that are plain dicts, nor those that are a form and nothing else."""
    found = as_json(documents, merged)
    is_form = {m.class_info.name for m in parsed.models if m.is_multipart_body} - found
    return [m for m in parsed.models if not (is_freeform(m) or m.class_info.name in is_form)]


def render_faults(documents: Documents) -> list[SpecError]:
    """Find what only the generator itself objects to, without writing anything."""
    try:
        merged = merge(documents)
        parsed = parser.parse(merged)
        parsed.models[:] = _classes(parsed, merged, documents)
        all_views(parsed, merged, written_only(documents, merged))
        if documents.asyncapi:
            event_rows(parsed, received(documents.asyncapi))
        return parser.warnings(parsed)
    except SpecError as refused:
        return refused.faults


class Views(NamedTuple):
    """What the templates print, by class and by module."""

    models: dict[str, ModelView]
    endpoints: dict[str, EndpointView]


def all_views(parsed: GeneratorData, merged: Json, written: frozenset[str]) -> Views:
    """Take every decision before anything is printed.

    Raises:
        SpecError: for all that can't be printed.
    """
    faults: list[SpecError] = []
    endpoints = [each for collection in parsed.endpoint_collections_by_tag.values() for each in collection.endpoints]
    models = dict(_views(parsed.models, lambda model: model_view(model, merged, written), faults))
    views = Views(models, dict(_views(endpoints, lambda endpoint: endpoint_view(endpoint, merged), faults)))
    refuse(faults)
    holders = {name: frozenset(view.imports) for name, view in models.items()}
    late = {
        name: frozenset(held for held in view.imports if name in _reached(held, holders))
        for name, view in models.items()
    }
    return views._replace(models={name: view._replace(late=late[name]) for name, view in models.items()})


def _views(parsed: list[Any], view: Callable[[Any], V], faults: list[SpecError]) -> Iterator[tuple[str, V]]:
    for each in parsed:
        try:
            yield getattr(each, "class_info", each).name, view(each)
        except SpecError as fault:
            faults += fault.faults


def _reached(start: str, held: dict[str, frozenset[str]]) -> set[str]:
    """Name the classes that are met from one on, through all that they hold."""
    met: set[str] = set()
    waiting = [start]
    while waiting:
        for name in held.get(waiting.pop(), ()):
            if name not in met:
                met.add(name)
                waiting.append(name)
    return met


def _add_the_rest(project: Any, documents: Documents, folder: Path, rows: Json) -> None:
    (folder / "types.py").unlink()  # the stock one; our templates need none of it
    for alias in ("client.py", "errors.py"):
        (folder / alias).write_text(project.env.get_template(f"{alias}.jinja").render(), "utf-8")
    if documents.asyncapi:
        names = received(documents.asyncapi)
        events = project.env.get_template("events.py.jinja")
        every = sorted({*names, "UnknownEvent"})
        (folder / "events.py").write_text(events.render(names=every, tables=rows), "utf-8")
    (folder / "py.typed").write_text(f"# {HEADER}\n", "utf-8")
    (folder / "schema").mkdir()
    for name, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        if document:
            _write_json(folder / "schema" / f"{Path(name).stem}.json", name, document)


def _write_json(path: Path, source: str, document: Json) -> None:
    # JSON has no comments: an extension field, which both formats allow, carries the header on the first line.
    header = json.dumps(f"generated from {source}, run `make generate`")
    body = json.dumps(document, indent=1, ensure_ascii=False)
    path.write_text(f'{{"x-generated": {header},{body[1:]}\n', "utf-8")
