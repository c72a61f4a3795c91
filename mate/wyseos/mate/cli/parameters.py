"""Options and arguments that several commands share, each written once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from pathlib import Path

MODES = ("default", "deep_search", "marketing")


def argument(name: str, **settings: Any) -> click.Argument:
    """Make an argument; `name` is the function's parameter, in capitals it stands in the help."""
    return click.Argument([name], **settings)


def option(*names: str, help: str, **settings: Any) -> click.Option:
    """Make an option."""
    return click.Option(list(names), help=help, **settings)


def flag(*names: str, help: str) -> click.Option:
    """Make an option without a value."""
    return click.Option(list(names), help=help, is_flag=True)


def _known_sessions(context: click.Context, parameter: click.Parameter, typed: str) -> Sequence[CompletionItem]:
    from wyseos.mate.cli.memory import known_sessions

    return [
        CompletionItem(known.id, help=known.title)
        for known in known_sessions()
        if known.id.startswith(typed)
    ]  # fmt: skip


def typed_text(text: str) -> str:
    """Return what was typed as UTF-8, whatever the locale (`LC_ALL=C`) made of it."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def known_scenarios(context: click.Context, parameter: click.Parameter, typed: str) -> Sequence[CompletionItem]:
    """Complete the name of a scenario; what it is about stands beside it."""
    from wyseos.mate.emulator.scenario.scenario import builtin_scenarios

    return [
        CompletionItem(name, help=scenario.about)
        for name, scenario in builtin_scenarios().items()
        if name.startswith(typed)
    ]


def known_paths(context: click.Context, parameter: click.Parameter, typed: str) -> Sequence[CompletionItem]:
    """Complete the path of an endpoint that has the method before it."""
    from wyseos.mate.cli.api import endpoints

    method = str(context.params.get("method") or "").upper()
    found = [each for each in endpoints() if each.method == method and each.path.startswith(typed)]
    return [CompletionItem(each.path, help=each.summary) for each in found]


def _report_kind(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    """Refuse a report that could not be written, before the task that it tells of is begun."""
    from wyseos.mate.reports.pages import check_kind

    if path is not None:
        check_kind(path)
    return path


class _PlaceParameter(click.Path):
    """A path, given as a `Path`: its class is loaded where one is given, and not for the help."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


FILE = _PlaceParameter(exists=True, dir_okay=False)
NEW_FILE = _PlaceParameter(dir_okay=False)
FOLDER = _PlaceParameter(file_okay=False)

JOURNAL = option("--journal", type=NEW_FILE, help="The batch's journal; FILE.journal where it is left out.")
CONFIG = option("--config", type=FILE, help="A settings file, instead of the nearest mate.yaml.")
EMULATOR = flag("--emulator", help="Use the embedded emulator: no key, no network.")
REPORT = option(
    "--report", type=NEW_FILE, callback=_report_kind, help="Write a report: .html, .md or .json by the name."
)
CONNECTION = (CONFIG, EMULATOR)

AS_JSON = flag("--json", "as_json", help="Write JSON instead of a table.")
FIELDS = option("--fields", metavar="A,B,…", help="Only these fields; a name that is none lists them all.")
LIMIT = option("--limit", type=click.IntRange(min=1), help="The most rows to show; all where it is left out.")
RECORDS = (AS_JSON, FIELDS)
LISTING = (*RECORDS, LIMIT)


def session(**settings: Any) -> click.Argument:
    """Make the argument SESSION, completed from the sessions that this user has started."""
    return argument("session", shell_complete=_known_sessions, **settings)
