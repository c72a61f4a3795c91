"""`wyse config`: which settings hold and where each comes from, and a settings file to begin with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.output import write_record
from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import AuthenticationError, WyseError
from wyseos.mate.settings.keyring import can_keep, keep_key
from wyseos.mate.settings.table import SETTINGS, show

if TYPE_CHECKING:
    from wyseos.mate.cli.invocation import Invocation


def show_settings(invocation: Invocation, as_json: bool) -> None:
    """Show the settings; secrets are masked."""
    options = invocation.options
    if not as_json:
        print(options.explain())
        return
    rows = {name: {"value": _for_json(options.kept(name)), "from": options.origin(name)} for name in SETTINGS}
    rows["deadline"]["value"] = options.deadline  # what holds where none is set
    write_record(rows, as_json=True)


def _for_json(value: object) -> object:
    """Return a value as JSON has it: numbers and null stay, secrets and objects are shown as in the table."""
    return value if value is None or isinstance(value, bool | int | float | str) else show(value)


def init(invocation: Invocation, path: Path, base_url: str | None, keyring: bool) -> int:
    """Ask for a key, check it against the service, and keep it: in a file for its owner alone, or in the keyring."""
    if path.exists() and (base_url or not keyring):
        raise click.UsageError(f"{path} is there already; move it away, or name another one.")
    key = _asked_key()
    try:
        options = ClientOptions(api_key=key, base_url=base_url)
        _check(options)
    except AuthenticationError as error:
        invocation.note(f"wyse: {error.message} Nothing was written.")
        return ExitCode.REFUSED
    except WyseError as error:
        if not click.confirm(f"The key could not be checked ({error.message}). Keep it all the same?", err=True):
            return ExitCode.NOT_REACHED
    for place in _kept(path, key, base_url, keyring or _wants_keyring(path)):
        invocation.note(place)
    invocation.note('Next: wyse run "Compare three solar lanterns"')
    return ExitCode.DONE


def _wants_keyring(path: Path) -> bool:
    question = f"Keep the key in this system's keyring, instead of in {path}?"
    return sys.stdin.isatty() and can_keep() and click.confirm(question, default=True, err=True)


def _kept(path: Path, key: str, base_url: str | None, in_keyring: bool) -> Iterator[str]:
    """Keep key and address, and tell where each is."""
    settings = {"base_url": base_url} if base_url else {}
    if in_keyring:
        keep_key(ClientOptions(base_url=base_url).base_url, key)
        yield "The key is in the system's keyring."
    else:
        settings["api_key"] = key
    if settings:
        _write(path, {"mate": settings})
        yield f"{path} is written, for you alone to read."


def _asked_key() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("API key", hide_input=True, err=True)).strip()
    return sys.stdin.readline().strip()  # piped in by a script


def _check(options: ClientOptions) -> None:
    from wyseos.mate.client import Client

    with Client(options) as client:
        client.team.get_list(page_size=1)


def _write(path: Path, settings: dict[str, dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # For its owner alone from the first byte on; a file or a link that appeared meanwhile is left alone.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        yaml.safe_dump(settings, file)
