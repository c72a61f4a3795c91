"""Runs programs as `python program.py` does, each in a fork of a process that has loaded other people's libraries.

Half a second of each short program goes into loading those, and a suite runs a hundred. What is ours is loaded anew,
as by whoever runs an example; commands, of which there are more, are forked with the SDK loaded, by `forked`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import CodeType, TracebackType

ROOT = Path(__file__).resolve().parents[2]
STREAMS = ("stdin", "stdout", "stderr")
LIMIT = 250
"""Seconds until a program that hangs is killed."""


class Programs:
    """The process that forks; it is started by the first program, and ended by leaving a `with` block."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[str] | None = None

    def __enter__(self) -> Programs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.communicate()  # it ends with its input

    def run(
        self, path: Path, folder: Path, environment: Mapping[str, str], typed: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end.

        Args:
            path: the program.
            folder: where it runs.
            environment: its variables, all of them.
            typed: its standard input.
        """
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, "-c", "from tests.support import programs; exec(programs.program())"],
                cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with tempfile.TemporaryDirectory() as kept:
            Path(kept, "stdin").write_text(typed, "utf-8")
            order = {"path": str(path), "folder": str(folder), "environment": dict(environment), "streams": kept}
            print(json.dumps(order), file=self._server.stdin, flush=True)
            code = int(self._server.stdout.readline())
            out, err = (Path(kept, name).read_text("utf-8") for name in STREAMS[1:])
        return subprocess.CompletedProcess([str(path)], code, out, err)


def program() -> CodeType:
    """Fork for each order on standard input; gives, in a fork, what it is to run as its main module."""
    import asyncio  # noqa: F401 - what nearly every program loads
    import ssl  # noqa: F401

    import httpx  # noqa: F401
    import jsonschema  # noqa: F401
    import orjson  # noqa: F401
    import uvicorn  # noqa: F401
    import websockets.asyncio.client
    import websockets.asyncio.server  # noqa: F401
    import yaml  # noqa: F401

    while line := sys.stdin.readline():
        if (child := os.fork()) == 0:
            return _became(**json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    sys.exit()


def _became(path: str, folder: str, environment: dict[str, str], streams: str) -> CodeType:
    """Make this process the one that a shell would have started."""
    signal.alarm(LIMIT)
    for number, name in enumerate(STREAMS):
        opened = os.open(Path(streams, name), os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
        setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115 - until the program ends
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv, sys.path[0] = [path], str(Path(path).parent)
    main = sys.modules["__main__"]
    main.__file__ = path
    return compile(Path(path).read_text("utf-8"), path, "exec", dont_inherit=True)
