"""Commands that list what the account has, and the small ones."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from wyseos.mate.cli.output import write_records

if TYPE_CHECKING:
    from wyseos.mate.cli.invocation import Invocation

_STANDS_ON = ("wyseos-sdk", "httpx", "websockets", "attrs", "orjson", "PyYAML", "click", "rich")


def teams(invocation: Invocation, limit: int | None, as_json: bool, fields: str | None) -> None:
    """List the teams."""
    rows = invocation.client.team.iter_list(limit=limit)
    write_records(rows, ("team_id", "name", "team_type", "description"), as_json=as_json, fields=fields)


def agents(invocation: Invocation, limit: int | None, as_json: bool, fields: str | None) -> None:
    """List the agents."""
    rows = invocation.client.agent.iter_list(limit=limit)
    write_records(rows, ("agent_id", "name", "agent_type", "description"), as_json=as_json, fields=fields)


def browsers(invocation: Invocation, session: str, limit: int | None, as_json: bool, fields: str | None) -> None:
    """List the browsers of a session."""
    rows = invocation.client.browser.iter_browsers(session, limit=limit)
    write_records(rows, ("browser_id", "status", "width", "height", "created_at"), as_json=as_json, fields=fields)


def keys(invocation: Invocation, limit: int | None, as_json: bool, fields: str | None) -> None:
    """List the API keys, each as the service shows it: in part."""
    rows = invocation.client.user.iter_api_keys(limit=limit)
    write_records(rows, ("id", "name", "api_key", "created_at", "last_used_at"), as_json=as_json, fields=fields)


def upload(invocation: Invocation, files: tuple[Path, ...], as_json: bool, fields: str | None) -> None:
    """Upload files, with a progress bar in a terminal."""
    from wyseos.mate.cli import transfers

    uploaded = transfers.upload(invocation.client, files)
    write_records(map(dict, uploaded), ("file_name", "file_url"), as_json=as_json, fields=fields)


def emulator(invocation: Invocation, arguments: list[str]) -> int:
    """Serve the emulator until Ctrl-C."""
    from wyseos.mate.emulator.__main__ import main

    return main(arguments)


def version_of_all(invocation: Invocation) -> None:
    """Show the versions that a report of a fault should name."""
    for name, number in versions():
        print(f"{name} {number}")


def versions() -> list[tuple[str, str]]:
    """Tell the versions of `wyse`, of what it stands on, and of Python."""
    return [
        *((name, _installed(name)) for name in _STANDS_ON),
        ("Python", f"{sys.version.split()[0]} on {sys.platform}"),
    ]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
