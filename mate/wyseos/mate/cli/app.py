"""`wyse` made of its table: parsing, help and completion are click's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import click

from wyseos.mate.cli.table import COMMANDS, GROUPS, WITH_DEFAULT, CommandRow
from wyseos.mate.version import __version__


class PipeClosed(Exception):
    """Whoever read the output has gone. Not an OSError, of which click would make the exit code 1."""


class _Told(click.Command):
    """Is listed with its whole sentence, which is wrapped beside its name and not cut off."""

    def get_short_help_str(self, limit: int = 0) -> str:
        return super().get_short_help_str(1000)


class _InOrder(_Told, click.Group):
    """Lists its commands as the table does: what is done most comes first."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise PipeClosed from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class _WithDefault(_InOrder):
    """A group whose first command is meant where none is named: `wyse batch tasks.jsonl`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_named = not args or args[0] in self.commands or args[0] in SETTINGS["help_option_names"]
        return super().parse_args(ctx, args if is_named else [self.list_commands(ctx)[0], *args])


SETTINGS = {"help_option_names": ["-h", "--help"]}
_PASSING = {"help_option_names": [], "ignore_unknown_options": True, "allow_extra_args": True}
_EXAMPLES = """
\b
Examples:
  wyse run "Compare three solar lanterns"
  wyse run "Compare three solar lanterns" --emulator --report lanterns.html
  wyse sessions --json --fields session_id,status
  wyse doctor
"""
_EPILOG = """
\b
Exit codes: 0 done, 1 failed or stopped, 2 usage,
  3 refused by the service, 4 not reached, 5 timed out,
  6 a question was left, 130 interrupted, 141 pipe closed.
Environment: WYSEOS_API_KEY; NO_COLOR for no colours.
  `wyse config show` tells all settings.
"""


def make_app(rows: Iterable[CommandRow] = COMMANDS) -> click.Group:
    """Make the program of a table of commands.

    Args:
        rows: the commands.
    """
    app = _InOrder(
        "wyse",
        help="Run WyseOS tasks and look at what they made." + "\n" + _EXAMPLES,
        epilog=_EPILOG,
        context_settings=SETTINGS,
        params=[click.Option(["--debug"], is_flag=True, help="Show the traceback of an error.")],
    )
    click.version_option(__version__, "--version", "-V", prog_name="wyse", message="%(prog)s %(version)s")(app)
    for row in rows:
        group, _, name = row.name.rpartition(" ")
        parent = _group(app, group) if group else app
        parent.add_command(_command(row, name))
    return app


def _group(app: click.Group, name: str) -> click.Group:
    group = app.commands.get(name)
    if not isinstance(group, click.Group):
        kind = _WithDefault if name in WITH_DEFAULT else _InOrder
        group = kind(name, help=GROUPS.get(name), context_settings=SETTINGS)
        app.add_command(group)
    return group


def _command(row: CommandRow, name: str) -> click.Command:
    return _Told(
        name,
        callback=_caller(row),
        params=list(row.parameters),
        help=row.help,
        context_settings=_PASSING if row.passes_arguments else SETTINGS,
        add_help_option=not row.passes_arguments,
    )


def _caller(row: CommandRow) -> Callable[..., int]:
    """Return the function that click calls: it loads the command's module, and only then."""
    home, _, name = row.function.partition(":")

    def call(config: Any = None, emulator: bool = False, **values: Any) -> int:
        from wyseos.mate.cli.invocation import Invocation

        context = click.get_current_context()
        if row.passes_arguments:
            values["arguments"] = context.args
        scenario = values.pop("scenario", None)
        with Invocation(config=config, emulated=emulator, scenario=scenario) as invocation:
            function = getattr(import_module(home if "." in home else f"wyseos.mate.cli.{home}"), name)
            return int(function(invocation, **values) or 0)

    return call
