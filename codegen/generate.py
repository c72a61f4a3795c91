"""Makes the generated tree: parse, render, format, try it, and swap it in as a whole or not at all."""

from __future__ import annotations

import contextlib
import filecmp
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.strings import snake_case

from codegen.documents import ASYNCAPI, MERGED, OPENAPI, ROOT, Documents, Json, load
from codegen.errors import SpecError
from codegen.events import event_rows
from codegen.fields import is_freeform
from codegen.guard import guard
from codegen.lint import lint
from codegen.merge import merge, received, written_only
from codegen.views import endpoint_view, model_view

HERE = Path(__file__).resolve().parent
TARGET = Path("generated/wyseos/generated")
HEADER = f"generated from {OPENAPI} and {ASYNCAPI}, run `make generate`"
_READING = (
    "Field", "anything", "day", "flag", "freeform", "integer", "listing", "mapping", "model", "moment", "nothing",
    "number", "source_object", "text", "unknown_fields", "whole", "whole_freeform", "whole_list", "write",
)  # fmt: skip


def generate(root: Path = ROOT) -> str:
    """Write the generated tree anew.

    Args:
        root: the folder that holds `schema/` and `generated/`.

    Returns:
        One line that tells what was written.

    Raises:
        SpecError: if the schema can't be generated rightly; the tree that was there is then untouched.
    """
    target = root / TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    with _made(root, target.parent) as fresh:
        count = len(_files(fresh))
        _swap(fresh, target)
    return f"generated {count} files in {TARGET}"


def check(root: Path = ROOT) -> str:
    """Generate aside and compare both trees byte for byte, both ways.

    Raises:
        SpecError: names every file that is missing, stale or different.
    """
    with tempfile.TemporaryDirectory() as aside, _made(root, Path(aside)) as fresh:
        wanted, found = _files(fresh), _files(root / TARGET)
        faults = [f"missing: {name}" for name in sorted(wanted - found)]
        faults += [f"not generated: {name}" for name in sorted(found - wanted)]
        for name in sorted(wanted & found):
            if not filecmp.cmp(fresh / name, root / TARGET / name, shallow=False):
                faults.append(f"different: {name}")
    if faults:
        raise SpecError(str(TARGET), "is not what the schema gives; run `make generate`\n  " + "\n  ".join(faults))
    return f"{len(wanted)} files in {TARGET} are what the schema gives"


def _files(folder: Path) -> set[str]:
    """Name a tree's files, but for the bytecode that running it leaves behind."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


@contextlib.contextmanager
def _made(root: Path, beside: Path) -> Iterator[Path]:
    """Make the tree in a temporary folder on the disk where it is wanted, so that moving it there is a rename."""
    documents = load(root)
    for fault in lint(documents):
        raise fault
    guard(documents)
    with tempfile.TemporaryDirectory(dir=beside, prefix=".making-") as making:
        fresh = Path(making) / "wyseos" / "generated"
        fresh.parent.mkdir()
        _render(documents, fresh)
        _format(fresh)
        _try_imports(Path(making))
        yield fresh


def _render(documents: Documents, folder: Path) -> None:
    merged = merge(documents)
    written = written_only(documents, merged)
    config = Config.from_sources(
        ConfigFile(literal_enums=True, post_hooks=[]), MetaType.NONE, Path(OPENAPI), "utf-8", False, folder
    )
    parsed = GeneratorData.from_dict(merged, config=config)
    if isinstance(parsed, GeneratorError):
        raise _told(parsed)
    parsed.models[:] = [m for m in parsed.models if not (is_freeform(m) or m.is_multipart_body)]
    project = Project(openapi=parsed, config=config, custom_template_path=HERE / "templates")
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


def _told(fault: GeneratorError) -> SpecError:
    data = getattr(fault, "data", None)
    about = f" in {data.model_dump_json(exclude_none=True, exclude_defaults=True)[:300]}" if data is not None else ""
    return SpecError(MERGED, f"{fault.header} {fault.detail or ''}{about}".strip())


def _add_the_rest(project: Project, documents: Documents, folder: Path) -> None:
    (folder / "types.py").unlink()  # the stock one; our templates need none of it
    for source in sorted((HERE / "support").glob("*.py")):
        (folder / source.name).write_text(f"# {HEADER}\n{source.read_text('utf-8')}", "utf-8")
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


def _format(folder: Path) -> None:
    # --isolated: neither this repository's settings nor a user's may change the bytes.
    ruff = [sys.executable, "-m", "ruff"]
    fixed = ["--isolated", "--no-cache", "--quiet"]
    style = ["--target-version", "py311", "--line-length", "120"]
    select = ["--select", "F,I", "--unsafe-fixes", "--fix"]
    _run([*ruff, "check", *fixed, *style, *select, str(folder)])
    _run([*ruff, "format", *fixed, *style, str(folder)])


def _try_imports(root: Path) -> None:
    # Imports each module in a fresh interpreter: a cycle or a bad name stops here, not at a user's.
    modules = [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(root.rglob("*.py"))
    ]
    program = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    _run([sys.executable, "-c", program, *modules], environment)


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SpecError(MERGED, f"gave code that does not pass:\n{done.stdout}{done.stderr}"[:4000])


def _swap(fresh: Path, target: Path) -> None:
    """Put the new tree in the old one's place, and the old one back if that fails or is interrupted."""
    old = fresh.with_name("old")  # removed with the temporary folder that both are in
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
