"""All that is used of openapi-python-client's inside. An update of it is tried here: see docs/regenerate.md.

Its names are asked too: what becomes of an operationId, a tag, or a schema's name is for it to say.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import ClassName, PythonIdentifier, pascal_case

from codegen.documents import MERGED, OPENAPI, Json
from codegen.errors import SpecError

__all__ = (
    "AnyProperty", "BooleanProperty", "ConstProperty", "DateProperty", "DateTimeProperty", "Endpoint", "FileProperty",
    "FloatProperty", "GeneratorData", "IntProperty", "ListProperty", "LiteralEnumProperty", "ModelProperty",
    "NoneProperty", "StringProperty", "UnionProperty", "UuidProperty", "class_name", "folder_name", "inline_name",
    "module_name", "parse", "project", "text_of",
)  # fmt: skip

_PREFIX = "field_"


def _itself(model: ModelProperty, _: dict[int, Any]) -> ModelProperty:
    return model


# Each endpoint is copied some times as it is parsed, with all that its models hold: in a large document that is most of
# the time and memory, and a long chain of models is deeper than Python's stack. Nothing changes a model through a copy.
ModelProperty.__deepcopy__ = _itself  # type: ignore[attr-defined]


@cache
def class_name(name: str) -> str:
    """Give the class that a schema of this name becomes."""
    return str(ClassName(name, "The"))


@cache
def module_name(name: str) -> str:
    """Give the module that a class or an operation of this name lies in."""
    return str(PythonIdentifier(name, _PREFIX))


@cache
def folder_name(tag: str) -> str:
    """Give the folder that a tag's operations lie in."""
    return str(PythonIdentifier(tag, "tag"))


def inline_name(owner: str, *parts: str) -> str:
    """Give the class of an enumeration that is written where it is used, in a schema or an operation."""
    return class_name(pascal_case(owner) + pascal_case("_".join(parts)))


def text_of(given: Any) -> str:
    """Give a text of the document; the parser wraps each, so that none gets into source unescaped."""
    return str(given.get_untrusted_value()) if isinstance(given, UntrustedString) else str(given or "")


def parse(merged: Json, folder: Path | None = None) -> GeneratorData:
    """Parse the synthetic document.

    Raises:
        SpecError: if it can't be parsed at all; lesser faults are told when it is rendered.
    """
    with _without_tracebacks():
        parsed = GeneratorData.from_dict(merged, config=_config(folder or Path()))
    if isinstance(parsed, GeneratorError):
        raise _told(parsed)
    return parsed


def warnings(parsed: GeneratorData) -> list[SpecError]:
    """Give what the parser would leave out of the tree, each told as a fault."""
    collections = parsed.endpoint_collections_by_tag.values()
    return [_told(fault) for fault in (*parsed.errors, *(each for found in collections for each in found.parse_errors))]


def project(parsed: GeneratorData, folder: Path, templates: Path) -> Project:
    """Give what renders a parsed document into a folder."""
    return Project(openapi=parsed, config=_config(folder), custom_template_path=templates)


def build(made: Project) -> list[SpecError]:
    """Render, and give what was found wrong; the parser's own warnings are faults here."""
    # It tells its progress on standard output; warnings, too, are taken from what it returns.
    with contextlib.redirect_stdout(io.StringIO()), _without_tracebacks():
        return [_told(fault) for fault in made.build()]


def _config(folder: Path) -> Config:
    settings = ConfigFile(literal_enums=True, post_hooks=[])
    return Config.from_sources(settings, MetaType.NONE, Path(OPENAPI), "utf-8", False, folder)


def _told(fault: GeneratorError) -> SpecError:
    data = getattr(fault, "data", None)
    about = f" in {data.model_dump_json(exclude_none=True, exclude_defaults=True)[:300]}" if data is not None else ""
    return SpecError(MERGED, f"{fault.header} {fault.detail or ''}{about}".strip(), "generator")


@contextlib.contextmanager
def _without_tracebacks() -> Iterator[None]:
    """Tell of what the parser did not foresee as of any other fault: a maintainer edits schemas, not the parser."""
    try:
        yield
    except (SpecError, OSError):
        raise
    except Exception as failure:
        told = f"{type(failure).__name__}: {failure}".splitlines()[0][:200]
        raise SpecError(MERGED, f"openapi-python-client fails over it: {told}", "generator") from failure
