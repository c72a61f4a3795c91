"""Lists what a new operation or message needs, with file and place, and drafts what is mechanical."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from jinja2 import Environment, FileSystemLoader

from codegen.changes.surface import surface
from codegen.documents import ASYNCAPI, Documents, Json, last_part, load
from codegen.errors import SpecError
from codegen.literals import docstring
from codegen.scaffold import insert
from codegen.scaffold.facts import Facts, facts

_MATE = "mate/wyseos/mate"
_ENDPOINTS = f"{_MATE}/emulator/server/endpoints"
_PLAIN = {"None", "int", "str", "bool", "float"}
_TEMPLATES = Environment(  # nosec B701 - it writes Python, not HTML
    loader=FileSystemLoader(Path(__file__).parent / "templates"), trim_blocks=True, lstrip_blocks=True,
    keep_trailing_newline=True,
)  # fmt: skip
_TEMPLATES.filters["docstring"] = docstring


class Step(NamedTuple):
    """One thing to be done."""

    file: str
    what: str
    draft: str = ""
    put: Callable[[str], str] | None = None
    """Puts the draft into the file's text; None where a person must."""


def scaffold(root: Path, operation: str | None, message: str | None, name: str | None, write: bool) -> str:
    """List the steps, and take those that are mechanical where `write` says so.

    Args:
        root: the checkout's folder.
        operation: an operationId; or None.
        message: a message's name; or None.
        name: what the method of the service is called; the operationId if None.
        write: put the drafts into the files.

    Raises:
        SpecError: there is no such operation or message.
    """
    documents = load(root)
    if operation:
        steps = list(_for_operation(root, documents, facts(documents, operation, name)))
    elif message:
        steps = list(_for_message(root, documents, message))
    else:
        raise SpecError("scaffold", "say OPERATION=operationId or MESSAGE=Name")
    if write:
        _put(root, steps)
    return "\n".join(_told(number, step, write) for number, step in enumerate(steps, 1))


def _told(number: int, step: Step, write: bool) -> str:
    done = "written" if write and step.put else "to do"
    draft = "" if (write and step.put) or not step.draft else "\n" + step.draft.strip("\n")
    return f"{number}. [{done}] {step.file}: {step.what}{draft}"


def _put(root: Path, steps: list[Step]) -> None:
    touched = []
    for step in steps:
        if step.put:
            file = root / step.file
            file.write_text(step.put(file.read_text("utf-8") if file.exists() else ""), "utf-8")
            touched.append(file)
    insert.laid_out(touched, root)


# ---- an operation


def _for_operation(root: Path, documents: Documents, told: Facts) -> Iterator[Step]:
    yield from _service(root, told)
    enums = {name for name, each in surface(documents).models.items() if each.values}
    yield from _models(root, [name for name in told.classes if name not in enums and not name.endswith("Page")])
    yield from _handler(root, documents, told)
    expected = "is None" if told.returns == "None" else "is not None"
    test = _drawn("test.py", told, expected=expected)
    yield Step(f"tests/mate/services/test_{told.operation}.py", "a test of both clients", test, lambda _: test)
    yield _row(root, told)
    yield Step(f"{_MATE}/cli/table.py", f"a command, if people need one: `wyse api` knows {told.operation} already")
    yield Step("CHANGELOG.md", f"an entry: `make schema-diff FORMAT=markdown` drafts it; it names `{told.operation}`")


def _service(root: Path, told: Facts) -> Iterator[Step]:
    file = f"{_MATE}/services/{told.tag}.py"
    service = "".join(word.title() for word in told.tag.split("_")) + "Service"
    sync, awaited = (_drawn("method.py", told, is_async=is_async) for is_async in (False, True))

    def put(text: str) -> str:
        text = text or _drawn("service.py", told, service=service, about=f"What belongs to {told.tag}.")
        text = insert.into_class(text, f"Async{service}", awaited)
        text = insert.into_class(text, service, sync)
        text = insert.into_import(text, f"wyseos.generated.api.{told.tag}", [told.operation])
        text = insert.into_import(text, "wyseos.generated.models", told.classes) if told.classes else text
        moments = sorted({"date", "datetime"} & set(re.findall(r"\w+", " ".join(g.type for g in told.parameters))))
        text = insert.into_import(text, "datetime", moments) if moments else text
        needs_any = "Any" in sync.split("->")[0] + sync.split("->")[1].split(":")[0]
        return insert.into_import(text, "typing", ["Any"]) if needs_any else text

    known = (root / file).read_text("utf-8") if (root / file).exists() else ""
    if f"def {told.name}(" in known:
        yield Step(file, f"`client.{told.tag}.{told.name}` is there already")
        return
    yield Step(file, f"`client.{told.tag}.{told.name}`, sync and async", sync + awaited, put)
    if not (root / file).exists():
        yield Step(f"{_MATE}/client.py", f"`{told.tag} = _service({told.tag!r}, …)` in both clients")
        yield Step(f"{_MATE}/services/__init__.py", f"`{told.tag}` in _SERVICES")


def _models(root: Path, classes: list[str]) -> Iterator[Step]:
    file = f"{_MATE}/models.py"
    known = (root / file).read_text("utf-8")
    for name in classes:
        if f'"{name}"' not in known:
            yield Step(
                file, f"`{name}` among the models", "",
                lambda text, name=name: insert.into_all(  # type: ignore[misc]  # a default, to bind the name
                    insert.into_type_checking(text, "wyseos.generated.models", name), name
                ),
            )  # fmt: skip


def _handler(root: Path, documents: Documents, told: Facts) -> Iterator[Step]:
    neighbours = {name for name, each in surface(documents).operations.items() if each.tag == told.tag}
    what = "the handler, where the schema's example, which the emulator answers by itself, is not enough"
    handled = ["body: Json" if each.name == "request" else each.declaration for each in told.parameters]
    draft = _drawn("handler.py", told, handled=handled, sample="…  # the `data` of the answer")
    files = sorted((root / _ENDPOINTS).glob("*.py"))
    home = next((file for file in files if any(f"def {name}(" in file.read_text("utf-8") for name in neighbours)), None)
    yield Step((home or root / _ENDPOINTS / f"{told.tag}.py").relative_to(root).as_posix(), what, draft)


def _row(root: Path, told: Facts) -> Step:
    page, start = "docs/services.md", f"| `client.{told.tag}` | "

    def put(text: str) -> str:
        lines = text.splitlines(keepends=True)
        at = next((number for number, line in enumerate(lines) if line.startswith(start)), None)
        if at is None:
            rows = [number for number, line in enumerate(lines) if line.startswith("| `client.")]
            return "".join([*lines[: rows[-1] + 1], f"{start}`{told.name}` |\n", *lines[rows[-1] + 1 :]])
        names = re.match(r"(?:`\w+` )+", lines[at][len(start) :])
        end = len(start) + (names.end() if names else 0)
        lines[at] = f"{lines[at][:end]}`{told.name}` {lines[at][end:]}"
        return "".join(lines)

    return Step(page, f"`{told.name}` in the row of `client.{told.tag}`", "", put)


def _drawn(template: str, told: Facts, **more: Any) -> str:
    return _TEMPLATES.get_template(f"{template}.jinja").render(**told._asdict(), **more)


# ---- a message


def _for_message(root: Path, documents: Documents, name: str) -> Iterator[Step]:
    found = surface(documents).messages
    if name not in found:
        raise SpecError(
            ASYNCAPI, f"there is no message {name}; add it to messages and an operation, then `make generate`"
        )
    schema = documents.asyncapi["components"]["schemas"][name]
    if found[name].direction == "send":
        yield Step(f"{_MATE}/websocket.py", f"what sends {name}, which is a class of `wyseos.generated.models`")
        return
    events = f"{_MATE}/events.py"

    def export(text: str) -> str:
        return insert.into_all(insert.into_import(text, "wyseos.generated.models", [name]), name)

    yield Step(events, f"`{name}` among the events", "", export)
    example: Json = next(iter(schema.get("examples", [])), {})
    row = f"| `{name}` | {example.get('type', '')} | {_kind(example)} | {_fields(example)} |\n"
    yield Step("docs/events.md", "a row of the table", row, lambda text: _in_table(text, row))
    yield _played(root, documents, name, example)
    yield Step(f"{_MATE}/tasks/protocol/machine.py", f"what {name} means for a task, if it means anything")
    yield Step("CHANGELOG.md", f"an entry that names `{name}`")


def _played(root: Path, documents: Documents, name: str, example: Json) -> Step:
    """Draft a scenario that plays the schema's example; a step of its own is worth it once people vary it."""
    kind = _kind(example)
    file = f"{_MATE}/emulator/scenario/builtin/{f'rich_{kind}' if kind else example.get('type', name)}.yaml"
    messages = documents.asyncapi["components"]["messages"].values()
    about = next(str(each["summary"]) for each in messages if last_part(each["payload"]["$ref"]) == name)
    if (root / file).exists():
        return Step(file, "plays it already")
    scenario = {"about": about, "steps": [{"raw": example}, {"result": "Done: {topic}"}]}
    draft = yaml.safe_dump(scenario, sort_keys=False, allow_unicode=True, width=120)
    return Step(file, f"a scenario that plays it: `wyse demo --scenario {Path(file).stem}`", draft, lambda _: draft)


def _kind(example: Json) -> str:
    message = example.get("message")
    return str(message.get("type", "")) if isinstance(message, dict) else ""


def _fields(example: Json) -> str:
    message = example.get("message")
    data = message.get("data") if isinstance(message, dict) else None
    return " ".join(f"`{name}`" for name in data) if isinstance(data, dict) else ""


def _in_table(text: str, row: str) -> str:
    return text.replace("| `Gap` | gap |", f"{row}| `Gap` | gap |", 1)
