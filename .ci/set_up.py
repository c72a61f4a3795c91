"""Makes the environment that the commands of the Makefile use: `python .ci/set_up.py .venv .venv/.ready-1234`.

The second argument is the mark of an environment that is whole. Two at once do it one after the other, and the second
finds it done; what an earlier one left half made is mended. uv installs where it is there, pip where it is not or fails.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

# What would have pip, uv or Python look elsewhere.
MISLEADING = (
    "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV",
    "UV_TARGET", "UV_PREFIX", "UV_SYSTEM_PYTHON", "UV_PYTHON", "UV_PROJECT_ENVIRONMENT",
)  # fmt: skip
WANTED = ("--editable", ".[all]", "--group", "dev")


def set_up(folder: Path, mark: Path) -> None:
    """Make the environment, unless the mark says that it is whole."""
    for name in MISLEADING:
        os.environ.pop(name, None)
    with alone(folder.with_name(f"{folder.name}.lock")):
        if mark.exists():
            return
        python = folder / "bin" / "python"
        if not works(python, "-m", "pip", "--version"):
            make(folder)
        install(python)
        for old in folder.glob(".ready*"):
            old.unlink()
        mark.touch()


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other one is at it; the system ends the lock of one that was killed."""
    import fcntl

    with path.open("w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another make is setting up; waiting for it", flush=True)
            fcntl.lockf(lock, fcntl.LOCK_EX)
        yield


def make(folder: Path) -> None:
    """Make the environment with this Python; one without `ensurepip` (Debian's, unless completed) can do it by uv."""
    own = subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True)
    if own.returncode == 0:
        return
    uv = shutil.which("uv")
    if uv is None or not works(uv, "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, str(folder)):
        sys.exit(f"No environment can be made by {sys.executable}:\n{own.stdout}{own.stderr}")


def install(python: Path) -> None:
    """Install the checkout and what it is developed with."""
    uv = shutil.which("uv")
    if uv is not None:
        if works(uv, "pip", "install", "--quiet", "--python", str(python), "pip>=25.1", *WANTED):
            return
        print("uv cannot install it here; pip does", flush=True)
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    for arguments in (("--upgrade", "pip>=25.1"), WANTED):
        done = subprocess.run([*pip, *arguments])
        if done.returncode:
            sys.exit(done.returncode)


def works(program: str | Path, *arguments: str) -> bool:
    """Tell whether a program runs and says that all went well."""
    try:
        return subprocess.run([program, *arguments], capture_output=True).returncode == 0
    except OSError:
        return False


def main(arguments: Sequence[str]) -> None:
    folder, mark = map(Path, arguments)
    try:
        set_up(folder, mark)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
