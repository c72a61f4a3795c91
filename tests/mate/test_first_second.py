"""What each first step loads: a program pays for what it uses, when it uses it. Names of modules, not times."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wyseos.mate.emulator import Emulator

# What costs most of a start, each by the name of a module that it cannot do without.
HEAVY = (
    "asyncio", "attr", "click", "h11", "httpx", "inspect", "jinja2", "logging", "orjson", "rich", "ssl", "uvicorn",
    "websockets", "wyseos.generated", "wyseos.mate.services", "wyseos.mate.tasks.io", "wyseos.mate.tasks.protocol",
    "wyseos.mate.terminal.summaries", "yaml",
)  # fmt: skip

MAKE = "from wyseos.mate import {kind}; client = {kind}(base_url={url!r}, api_key={key!r})"
RUN_ASYNC = """
import asyncio
from wyseos.mate import AsyncClient
async def main():
    async with AsyncClient(base_url={url!r}, api_key={key!r}) as client:
        {awaited}
asyncio.run(main())
"""
OF_REST = {"h11", "httpx", "inspect", "logging", "orjson", "ssl", "wyseos.generated", "wyseos.mate.services"}
OF_TASKS = {"asyncio", "websockets", "wyseos.mate.tasks.io", "wyseos.mate.tasks.protocol"}

STEPS = {
    "import": ("import wyseos.mate", set[str]()),
    "the parts of the import": ("from wyseos.mate import Client, AsyncClient, ClientOptions, WyseError", set[str]()),
    "a client": (MAKE.replace("{kind}", "Client") + "; client.with_options(timeout=5); client.close()", set[str]()),
    "an async client": (MAKE.replace("{kind}", "AsyncClient"), set[str]()),
    "a service that is named": (
        MAKE.replace("{kind}", "Client") + "; client.team",
        {"inspect", "orjson", "wyseos.generated", "wyseos.mate.services"},
    ),
    "a GET, and the end of its client": (
        MAKE.replace("{kind}", "Client") + "; client.team.get_list(); client.close()",
        OF_REST,
    ),
    # `async with` also loads, in a thread, what checks the arguments of a task: `start` does it at once, on the loop.
    "a GET that is awaited": (
        RUN_ASYNC.replace("{awaited}", "await client.team.get_list()"),
        OF_REST | OF_TASKS - {"websockets"},
    ),
    "a task": (MAKE.replace("{kind}", "Client") + "; client.run('Find trends'); client.close()", OF_REST | OF_TASKS),
    "a task that is awaited": (
        RUN_ASYNC.replace("{awaited}", "await client.run('Find trends')"),
        OF_REST | OF_TASKS,
    ),
}

COMMANDS = {
    "--help": {"click", "inspect"},
    "--version": {"click", "inspect"},
    "run --help": {"click", "inspect"},
    "product --help": {"click", "inspect"},
}


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(speed=0) as served:
        yield served


def loaded(program: str) -> set[str]:
    """The heavy modules that a program of its own has loaded at its end."""
    tail = f"\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program + tail], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("step", STEPS)
def test_a_step_loads_what_it_needs_and_nothing_else(emulator: Emulator, step: str) -> None:
    program, needed = STEPS[step]
    assert loaded(program.format(url=emulator.base_url, key=emulator.api_key)) == needed


def test_a_client_of_the_usual_service_loads_little_of_the_standard_library(tmp_path: Path) -> None:
    slower = ("contextlib", "ipaddress", "pathlib", "re", "typing", "urllib.parse", "weakref")
    program = (
        "from wyseos.mate import Client, WyseError\n"
        "client = Client(api_key='k').with_options(timeout=5)\n"
        f"import sys; print([name for name in {slower!r} if name in sys.modules])"
    )
    settings = re.compile("WYSEOS_|.*_proxy$", re.IGNORECASE)
    alone = {name: value for name, value in os.environ.items() if not settings.match(name)} | {"HOME": str(tmp_path)}
    command = [sys.executable, "-I", "-c", program]  # without what the tests themselves load
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=alone)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_loads_the_code_of_no_command(command: str) -> None:
    program = f"""
import contextlib, io, sys
from wyseos.mate.cli.program import run
with contextlib.redirect_stdout(io.StringIO()):
    assert run({command.split()!r}) == 0
own = [name for name in sys.modules if name.startswith("wyseos.mate.cli.")]
assert set(own) <= {{f"wyseos.mate.cli.{{name}}" for name in ("app", "exits", "parameters", "program", "table")}}, own
"""
    assert loaded(program) == COMMANDS[command]


def test_a_command_loads_its_own_code_alone(emulator: Emulator) -> None:
    program = f"""
import contextlib, io, os, sys
os.environ.update(WYSEOS_BASE_URL={emulator.base_url!r}, WYSEOS_API_KEY={emulator.api_key!r})
from wyseos.mate.cli.program import run
with contextlib.redirect_stdout(io.StringIO()):
    assert run(["teams", "--json"]) == 0
assert not any(name.startswith("wyseos.mate.cli.run") for name in sys.modules)
"""
    assert loaded(program) & {"asyncio", "rich", "websockets", "jinja2", "uvicorn", "wyseos.mate.tasks.io"} == set()


@pytest.mark.parametrize(
    "raw", ["from wyseos.mate.rest.library import library; library()", "from wyseos.generated import client"]
)
def test_httpx_comes_without_its_command_line_which_is_there_for_who_asks(raw: str) -> None:
    program = f"""
{raw}
import sys, httpx
assert not {{"rich", "click", "httpx._main"}} & set(sys.modules)
import click
assert isinstance(httpx.main, click.Command)
try:
    httpx.nothing
except AttributeError as error:
    assert "httpx" in str(error)
else:
    raise SystemExit("a name that is not there was found")
"""
    assert {"httpx", "rich", "click"} <= loaded(program)


def test_httpx_that_is_there_already_stays_as_it_is() -> None:
    program = """
import sys, httpx
whole = httpx.main
from wyseos.mate.rest.library import library
library()
assert httpx.main is whole and "__getattr__" not in vars(httpx)
"""
    assert "httpx" in loaded(program)
