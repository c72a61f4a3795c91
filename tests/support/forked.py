"""Programs of Python as processes of their own that begin at once: each is forked from one that has loaded the SDK.

To start Python and load what `wyse run` needs takes half a second of a core, hundreds of times in a suite; a fork takes
milliseconds. The process is a real one with its own streams, environment and folder, and it ends as Python ends. That a
program begins by itself too, and what it loads then, is shown by the tests that start Python anew.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

# What most commands load when they are first used; the packages with all that lies below.
PACKAGES = ("wyseos.mate.cli", "wyseos.mate.tasks", "wyseos.mate.rest", "wyseos.mate.services", "wyseos.mate.terminal")
MODULES = ("wyseos.generated.models", "wyseos.generated.events", "httpx", "websockets.asyncio.client")
# What Python itself reads as it starts: a fork can't have others of these than the process that it is forked from.
AT_START = ("PYTHON", "LC_", "LANG")
HERE = {name: value for name, value in os.environ.items() if name.startswith(AT_START)}
# The suite sets these for each test, the same ones.
OF_THE_SUITE = {"PYTHONPATH", "PYTHON_KEYRING_BACKEND"}


class Process:
    """A program that was started.

    Args:
        ends: a stream that tells its number, and how it ended.
    """

    def __init__(self, ends: int) -> None:
        self._ends = open(ends, encoding="ascii")  # noqa: SIM115  # it is closed when the program has ended
        self._code: int | None = None
        self.pid = int(self._ends.readline())

    def wait(self) -> int:
        """Wait until it has ended, and return its exit code; a negative one is that of a signal."""
        if self._code is None:
            with self._ends:
                self._code = int(self._ends.readline())
        return self._code

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        if self._code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait()


def can_fork(environment: Mapping[str, str]) -> bool:
    """Tell whether a program with this environment is forked: one with an odd locale or encoding starts anew."""
    ours = {name: value for name, value in environment.items() if name.startswith(AT_START)}
    differs = {name for name, _ in ours.items() ^ HERE.items()}
    return os.name == "posix" and differs <= OF_THE_SUITE


def start(
    arguments: Sequence[str], environment: Mapping[str, str], streams: Sequence[int], *, leads: bool = False
) -> Process:
    """Start `python -m` with these arguments.

    Args:
        arguments: a module of the SDK, and what it is told.
        environment: all of its environment.
        streams: its standard input, output and error; they are closed here.
        leads: it leads a session of its own, whose terminal its standard input is.
    """
    told = {"arguments": [*arguments], "environment": dict(environment), "folder": os.getcwd(), "leads": leads}
    request, (ends, ended) = json.dumps(told).encode(), os.pipe()
    line = _mother(tuple(sorted(item for item in environment.items() if item[0].startswith(AT_START))))
    socket.send_fds(line, [len(request).to_bytes(8, "big")], [*streams, ended])
    line.sendall(request)
    for stream in {*streams, ended}:
        os.close(stream)
    return Process(ends)


def run(*arguments: str, environment: Mapping[str, str], typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run `python -m` with these arguments to its end.

    Args:
        arguments: a module of the SDK, and what it is told.
        environment: all of its environment.
        typed: what comes at its standard input.
    """
    if not can_fork(environment):
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            input=typed, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    (takes, types), (prints, printed), (tells, told) = os.pipe(), os.pipe(), os.pipe()
    process = start(arguments, environment, (takes, printed, told))
    with ThreadPoolExecutor(3) as pool:
        try:
            pool.submit(_type, types, typed)
            out, error = pool.map(_read, (prints, tells))
            code = process.wait()
        finally:
            process.kill()
    return subprocess.CompletedProcess(arguments, code, out, error)


def _type(end: int, typed: str) -> None:
    with suppress(BrokenPipeError), open(end, "wb") as stream:
        stream.write(typed.encode())


def _read(end: int) -> str:
    with open(end, encoding="utf-8", errors="replace") as stream:
        return stream.read()


@functools.cache
def _mother(at_start: tuple[tuple[str, str], ...]) -> socket.socket:
    """The line to the process that all are forked from that have these in their environment."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(AT_START)}
    ours, its = socket.socketpair()
    mother = subprocess.Popen(
        [sys.executable, "-m", __name__, str(its.fileno())],
        env=others | dict(at_start), pass_fds=[its.fileno()], stdin=subprocess.DEVNULL,
    )  # fmt: skip
    its.close()

    def end() -> None:
        ours.close()
        mother.wait()

    atexit.register(end)
    return ours


# ---- what runs in the process that they are forked from


def _load() -> None:
    for name in (*MODULES, *PACKAGES):
        importlib.import_module(name)
    for package in PACKAGES:
        for module in pkgutil.walk_packages(sys.modules[package].__path__, f"{package}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    gc.freeze()


def _serve(line: socket.socket) -> dict[str, Any]:
    """Fork for each request; returns in the program, with what it is to run."""
    while True:
        size, streams, _, _ = socket.recv_fds(line, 8, 4)
        if not size:
            sys.exit()
        request: dict[str, Any] = json.loads(line.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL))
        if os.fork() == 0:
            line.close()
            _watch(streams)
            _become(request, streams)
            return request
        for stream in streams:
            os.close(stream)
        _bury()


def _bury() -> None:
    """Let the watchers go that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _watch(streams: list[int]) -> None:
    """Fork the program, and tell its number and how it ended; returns in the program alone."""
    program = os.fork()
    if program == 0:
        return
    for stream in streams[:3]:
        os.close(stream)
    os.write(streams[3], f"{program}\n".encode())
    code = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
    os.write(streams[3], f"{code}\n".encode())
    os._exit(0)


def _become(request: dict[str, Any], streams: list[int]) -> None:
    """Take over streams, environment and folder, as if Python had just been started with them."""
    for number, stream in enumerate(streams[:3]):
        os.dup2(stream, number)
    for stream in streams:
        os.close(stream)
    if request["leads"]:
        _lead()
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    sys.path[0] = request["folder"]
    for number, (name, mode) in enumerate({"stdin": "r", "stdout": "w", "stderr": "w"}.items()):
        before = getattr(sys, name)
        opened = open(  # noqa: SIM115  # it is the program's until its end
            number, mode, encoding=before.encoding, errors=before.errors, closefd=False,
            buffering=1 if name == "stderr" else -1,
        )  # fmt: skip
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)


def _lead() -> None:
    import fcntl
    import termios

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _main() -> None:
    line = socket.socket(fileno=int(sys.argv[1]))
    _load()
    module, *sys.argv[1:] = _serve(line)["arguments"]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main()
