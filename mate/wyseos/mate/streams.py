"""What a program's own output may meet: a reader that has gone (`| head`), a full disk, a stream that is closed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell tells of a program whose reader has gone."""

_UNWRITABLE = (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG)


def run_to_the_end(name: str, program: Callable[[], int]) -> int:
    """Run a program whose output may break off: quietly where nobody reads any more, else with one line.

    Args:
        name: what the line begins with.
        program: returns its exit code.

    Returns:
        The exit code.
    """
    if sys.stdout is None:
        return told(name, "standard output is closed")
    try:
        code = program()
        sys.stdout.flush()  # a full disk is told here, not at the end of the interpreter
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        drop_output()
        return PIPE_CLOSED
    except OSError as error:
        if not is_unwritable(error):
            raise
        drop_output()
        return told(name, f"standard output: {error.strerror}")
    return code


def is_unwritable(error: OSError) -> bool:
    """Whether an error is one that a full or closed output raises."""
    return error.filename is None and error.errno in _UNWRITABLE


def drop_output() -> None:
    """Let what is still buffered go nowhere, or the interpreter would complain about it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def told(name: str, message: str) -> int:
    """Say in one line why a program ends, where there is somewhere to say it; return the exit code 1."""
    if sys.stderr is not None:
        sys.stderr.write(f"{name}: {message}\n")
    return 1
