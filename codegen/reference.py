"""Writes docs/reference.md: each raw endpoint with its arguments, each event with its fields, as the schema has them."""

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
    for view in sorted(endpoints, key=lambda each: (each.tag, each.name)):
        yield f"## {_code(f'api.{view.tag}.{view.name}')}\n"
        yield f"{_code(f'{view.method} {view.path}')}: {_text(view.doc)}\n"
        fields = [*view.positional, *view.keyword]
        if fields:
            yield from ("| argument | type | |", "| --- | --- | --- |", *map(_row, fields), "")
        yield f"Gives {_code(view.returns)}.\n"
        if view.errors:
            yield from (*(f"- {_text(error)}" for error in view.errors), "")


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
    for name in sorted(told):
        yield f"### {_code(name)}\n"
        yield f"{' or '.join(told[name])}. {_text(titles.get(name, ''))}".strip() + "\n"
        yield from ("| field | type | |", "| --- | --- | --- |", *map(_row, models[name].fields), "")


def _row(field: FieldView) -> str:
    return f"| {_code(field.name)} | {_code(field.annotation)} | {_text(field.told)} |"


def _text(text: str) -> str:
    """Write words on one line, in which nothing is read as a table or as HTML."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return fence + " ".join(text.split()).replace("|", "\\|") + fence
