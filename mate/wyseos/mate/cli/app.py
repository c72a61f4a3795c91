"""The commands of `wyse`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wyseos.generated.models import InputEvent
from wyseos.mate import Client, ClientOptions, WyseError, load_config
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode
from wyseos.mate.terminal.live import View, view_for
from wyseos.mate.terminal.summaries import Line
from wyseos.mate.terminal.text import one_line

if TYPE_CHECKING:
    from wyseos.mate.tasks.task import Task

DEMO_TASK = "What makes a good solar lantern?"

app = typer.Typer(
    help="Start WyseOS tasks and watch them, or run the service's emulator.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals hold keys
)


class Mode(StrEnum):
    """How the agents work."""

    DEFAULT = "default"
    DEEP_SEARCH = "deep_search"
    MARKETING = "marketing"


_TASK_MODES = {
    Mode.DEFAULT: TaskMode.Default,
    Mode.DEEP_SEARCH: TaskMode.DeepSearch,
    Mode.MARKETING: TaskMode.Marketing,
}


class Output(StrEnum):
    """What is written on standard output."""

    VIEW = "view"
    JSON = "json"


@app.command()
def run(
    task: Annotated[str, typer.Argument(help="What the agents are to do.")],
    mode: Annotated[Mode, typer.Option(help="How they work.")] = Mode.DEFAULT,
    attach: Annotated[list[Path] | None, typer.Option(help="A file to upload with it; may be repeated.")] = None,
    emulator: Annotated[bool, typer.Option("--emulator", help="Run against the embedded emulator.")] = False,
    config: Annotated[Path | None, typer.Option(help="The settings file, instead of the mate.yaml found.")] = None,
    output: Annotated[Output, typer.Option(help="A view for people, or one JSON object an event.")] = Output.VIEW,
    timeout: Annotated[int, typer.Option(help="Seconds until it is given up.")] = 300,
) -> None:
    """Run a task and show it as it goes: live in a terminal, one line an event in a pipe."""
    with _told_errors(), _client(emulator, config) as client:
        attachments = [client.file_upload.upload_file(str(path)) for path in attach or []]
        options = TaskExecutionOptions(completion_timeout=timeout)
        with client.start(task, attachments=attachments, task_mode=_TASK_MODES[mode], options=options) as running:
            success = _write_json(running) if output is Output.JSON else _show(running, task)
    sys.exit(0 if success else 1)


@app.command()
def demo(
    mode: Annotated[Mode, typer.Option(help="How the agents work.")] = Mode.DEFAULT,
) -> None:
    """Run a task against the embedded emulator: no key, no network."""
    run(DEMO_TASK, mode=mode, attach=None, emulator=True, config=None, output=Output.VIEW, timeout=60)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
)
def emulator(context: typer.Context) -> None:
    """Serve the emulator until Ctrl-C; takes the options of `python -m wyseos.mate.emulator`."""
    from wyseos.mate.emulator.__main__ import main as serve

    sys.exit(serve(context.args))


@contextlib.contextmanager
def _told_errors() -> Iterator[None]:
    """Tell an error of ours in one line: a traceback helps nobody who did not write the program."""
    try:
        yield
    except WyseError as error:
        typer.echo(f"wyse: {error}", err=True)
        sys.exit(2)


@contextlib.contextmanager
def _client(emulated: bool, config: Path | None) -> Iterator[Client]:
    with contextlib.ExitStack() as stack:
        if emulated:
            from wyseos.mate.emulator import Emulator

            served = stack.enter_context(Emulator())
            options = ClientOptions(base_url=served.base_url, api_key=served.api_key)
        else:
            options = load_config(str(config) if config else None)
        yield stack.enter_context(Client(options))


def _show(running: Task, task: str) -> bool:
    with view_for(task, running.session_id) as view:
        for event in running:
            view.show(event, running.plan)
            if isinstance(event, InputEvent):
                _answer(running, event, view)
        result = running.result()
        view.finish(result)
    return result.success


def _answer(running: Task, event: InputEvent, view: View) -> None:
    """Ask the person what only a person can tell; a plan is approved by itself, and that is shown."""
    question = running.question
    if question is None or question.message_id != event.message_id:
        view.note(Line("answer", "approved"))
        return
    answer = view.ask(question.text)
    view.note(Line("answer", one_line(answer)))
    running.respond(answer)


def _write_json(running: Task) -> bool:
    from wyseos.runtime.codec import dumps

    def write(value: Any) -> None:
        sys.stdout.write(dumps(value) + "\n")
        sys.stdout.flush()

    for event in running:
        write(event.to_dict())
    result = running.result()
    told = {"success": result.success, "final_answer": result.final_answer, "error": result.error}
    write({"type": "result", "session_id": running.session_id, **told})
    return result.success
