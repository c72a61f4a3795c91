"""Writes docs/reference.md: each raw endpoint with its arguments, each event with its fields, as the schema says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from codegen.documents import Documents, Json, last_part
from codegen.fields import FieldView
from codegen.views import EndpointView, ModelView

_HEAD = """\
# Reference of the generated layer

`make generate` writes this page from `schema/`; do not edit it. [The generated layer](generated.md) tells how its parts
are used.
"""


def reference(
    documents: Documents, endpoints: Iterable[EndpointView], models: Mapping[str, ModelView], rows: Json
) -> str:
    """Write the page.

    Args:
        documents: the schema.
        endpoints: the operations, as their templates print them.
        models: the classes by their names.
        rows: the decoder's tables, see `codegen.events`; empty without a WebSocket.
    """
    return "\n".join([_HEAD, *_endpoints(endpoints), *(_events(documents, models, rows) if rows else ())])


def _endpoints(endpoints: Iterable[EndpointView]) -> Iterator[str]:
    views = sorted(endpoints, key=lambda each: (each.tag, each.name))
    common = _common([view.errors for view in views])
    if common:
        yield from ("Each endpoint may answer with these errors:\n", *(f"- {_text(error)}" for error in common), "")
    for view in views:
        yield f"## {_code(f'api.{view.tag}.{view.name}')}\n"
        yield f"{_code(f'{view.method} {view.path}')}: {_text(view.doc)}\n"
        fields = [*view.positional, *view.keyword]
        if fields:
            yield from (*_TABLE, *map(_row, fields), "")
        yield f"Gives {_code(view.returns)}.\n"
        if own := [error for error in view.errors if error not in common]:
            yield from (*(f"- {_text(error)}" for error in own), "")


def _events(documents: Documents, models: Mapping[str, ModelView], rows: Json) -> Iterator[str]:
    told: dict[str, list[str]] = {}
    for kind, name in rows["single"].items():
        told.setdefault(name, []).append(f"`type` {_code(kind)}")
    for kind, found in rows["nested"].items():
        for subtype, name in found.items():
            told.setdefault(name, []).append(f"`type` {_code(kind)} and `message.type` {_code(str(subtype))}")
    yield "## Events\n"
    yield "What `decode_event` makes of a message of the WebSocket; all else is an `UnknownEvent`.\n"
    messages = documents.asyncapi.get("components", {}).get("messages", {})
    titles = {last_part(each["payload"]["$ref"]): str(each.get("summary", "")) for each in messages.values()}
    common = _common([[_row(field) for field in models[name].fields] for name in told])
    yield from ("Every event has these fields:\n", *_TABLE, *common, "")
    for name in sorted(told):
        yield f"### {_code(name)}\n"
        yield f"{' or '.join(told[name])}. {_text(titles.get(name, ''))}".strip() + "\n"
        own = [row for field in models[name].fields if _row(field) not in common for row in _rows(field, models)]
        yield from (*_TABLE, *own, "") if own else ()


_TABLE = ("| name | type | |", "| --- | --- | --- |")


def _common(lists: list[list[str]]) -> list[str]:
    """Give what is in every list, in the order of the first; nothing where there is but one."""
    return [each for each in lists[0] if all(each in other for other in lists)] if len(lists) > 1 else []


def _rows(field: FieldView, models: Mapping[str, ModelView], within: str = "") -> Iterator[str]:
    """Give the row of a field, and of what the object holds that it is: its body, and the data of that."""
    yield _row(field, within)
    held = next(iter(field.kind.models), "") if len(field.kind.models) == 1 else ""
    if held in models and held == field.kind.annotation and within.count(".") < _DEPTH:
        for inner in models[held].fields:
            yield from _rows(inner, models, f"{within}{field.name}.")


_DEPTH = 2


def _row(field: FieldView, within: str = "") -> str:
    return f"| {_code(within + field.name)} | {_code(field.annotation)} | {_text(field.told)} |"


def _text(text: str) -> str:
    """Write words on one line, in which nothing is read as a table or as HTML."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return fence + " ".join(text.split()).replace("|", "\\|") + fence
