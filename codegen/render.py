"""Parses the merged document and prints the whole tree from it, by our templates."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.strings import snake_case

from codegen.documents import ASYNCAPI, MERGED, OPENAPI, Documents, Json
from codegen.errors import SpecError
from codegen.events import event_rows
from codegen.fields import is_freeform
from codegen.literals import docstring, literal
from codegen.merge import merge, received, written_only
from codegen.views import endpoint_view, model_view

HERE = Path(__file__).resolve().parent
HEADER = f"generated from {OPENAPI} and {ASYNCAPI}, run `make generate`"
_READING = (
    "Field", "anything", "day", "either", "element", "flag", "freeform", "integer", "listing", "mapping", "model",
    "moment", "nothing", "number", "one_of", "source_object", "text", "unknown_fields", "whole", "whole_freeform",
    "whole_list", "write",
)  # fmt: skip


def render(documents: Documents, folder: Path) -> None:
    """Write the tree, not yet formatted, into a folder that is not there yet.

    Raises:
        SpecError: for all that the generator warns about, and all that the views can't print.
    """
    merged = merge(documents)
    written = written_only(documents, merged)
    config = _config(folder)
    parsed = parse(merged, config)
    parsed.models[:] = [m for m in parsed.models if not (is_freeform(m) or m.is_multipart_body)]
    project = Project(openapi=parsed, config=config, custom_template_path=HERE / "templates")
    project.env.filters.update(literal=literal, docstring=docstring)
    project.env.globals.update(
        header=HEADER,
        reading_names=_READING,
        module_name=snake_case,
        model_view=lambda model: model_view(model, merged, written),
        endpoint_view=lambda endpoint: endpoint_view(endpoint, merged),
        classes=sorted((c.class_info.name, c.class_info.module_name) for c in [*parsed.models, *parsed.enums]),
    )
    # The generator tells its progress on standard output; warnings, too, are taken from what it returns.
    with contextlib.redirect_stdout(io.StringIO()):
        faults = project.build()
    if faults:
        raise _told(faults[0])
    _add_the_rest(project, documents, folder)


def _config(folder: Path) -> Config:
    settings = ConfigFile(literal_enums=True, post_hooks=[])
    return Config.from_sources(settings, MetaType.NONE, Path(OPENAPI), "utf-8", False, folder)


def parse(merged: Json, config: Config | None = None) -> GeneratorData:
    """Parse the synthetic document.

    Raises:
        SpecError: if it can't be parsed at all; lesser faults are told when it is rendered.
    """
    parsed = GeneratorData.from_dict(merged, config=config or _config(Path()))
    if isinstance(parsed, GeneratorError):
        raise _told(parsed)
    return parsed


def _told(fault: GeneratorError) -> SpecError:
    data = getattr(fault, "data", None)
    about = f" in {data.model_dump_json(exclude_none=True, exclude_defaults=True)[:300]}" if data is not None else ""
    return SpecError(MERGED, f"{fault.header} {fault.detail or ''}{about}".strip())


def _add_the_rest(project: Project, documents: Documents, folder: Path) -> None:
    (folder / "types.py").unlink()  # the stock one; our templates need none of it
    for alias in ("client.py", "errors.py"):
        (folder / alias).write_text(project.env.get_template(f"{alias}.jinja").render(), "utf-8")
    names = received(documents.asyncapi)
    events = project.env.get_template("events.py.jinja")
    tables = event_rows(project.openapi, names)
    every = sorted({*names, "UnknownEvent"})
    (folder / "events.py").write_text(events.render(names=every, tables=tables), "utf-8")
    (folder / "py.typed").write_text(f"# {HEADER}\n", "utf-8")
    (folder / "schema").mkdir()
    for name, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        _write_json(folder / "schema" / f"{Path(name).stem}.json", name, document)


def _write_json(path: Path, source: str, document: Json) -> None:
    # JSON has no comments: an extension field, which both formats allow, carries the header on the first line.
    header = json.dumps(f"generated from {source}, run `make generate`")
    body = json.dumps(document, indent=1, ensure_ascii=False)
    path.write_text(f'{{"x-generated": {header},{body[1:]}\n', "utf-8")
