"""The exit codes of `wyse`, and which error leads to which."""

from __future__ import annotations

from enum import IntEnum

from wyseos.mate.errors import (
    AnalysisTimeoutError,
    APIError,
    ConfigError,
    NetworkError,
    SessionExecutionError,
    ValidationError,
    WebSocketError,
    WyseError,
)


class ExitCode(IntEnum):
    """How `wyse` ends, for scripts."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    """The service answered, and said no."""
    NOT_REACHED = 4
    TIMED_OUT = 5
    QUESTION_LEFT = 6
    """The task asks something that nobody answered."""
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    """Whoever read the output has stopped, as `head` does; the shell's own number for that."""


# The first row that fits decides.
_BY_ERROR: tuple[tuple[type[WyseError], ExitCode], ...] = (
    (AnalysisTimeoutError, ExitCode.TIMED_OUT),
    (SessionExecutionError, ExitCode.FAILED),
    (ValidationError, ExitCode.USAGE),
    (ConfigError, ExitCode.USAGE),
    (NetworkError, ExitCode.NOT_REACHED),
    (WebSocketError, ExitCode.NOT_REACHED),
    (APIError, ExitCode.REFUSED),
)


def exit_code_of(error: WyseError) -> ExitCode:
    """Tell how `wyse` ends after an error."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), ExitCode.FAILED)
