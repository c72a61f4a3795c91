"""`wyse` as a process: what an error, a signal or a closed pipe turns into.

A command raises; here that becomes one line on standard error and an exit code, never a traceback. SIGTERM and SIGHUP
are raised too, so that a command's `with` blocks give the terminal back as they found it.
"""

from __future__ import annotations

import codecs
import re
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

import click

from wyseos.mate.cli.app import PipeClosed, make_app
from wyseos.mate.cli.exits import ExitCode, exit_code_of
from wyseos.mate.errors import WyseError
from wyseos.mate.extras import missing_extra
from wyseos.mate.streams import drop_output, is_unwritable
from wyseos.mate.terminal.text import plain

_IN_ASCII = "wyse-in-ascii"
# One for one, since a line that became longer would wrap, and the view could not draw over it.
_TYPEWRITTEN = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": ".", "•": "*",
    "→": ">", "←": "<", "×": "x", "✓": "x", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
}  # fmt: skip
_BY_TEMPLATE = r"^[A-Z]+ \S*\{\w+\}\S* failed: "


def run(arguments: Sequence[str]) -> int:
    """Run a command.

    Args:
        arguments: those of the command line.

    Returns:
        The exit code.
    """
    if sys.stdout is None:
        return _fail("standard output is closed", ExitCode.FAILED)
    _never_break_on_an_encoding()
    _raise_signals()
    debug = "--debug" in arguments
    return _guarded(lambda: _command([word for word in arguments if word != "--debug"]), debug)


def _command(arguments: list[str]) -> int:
    code = make_app().main(arguments, prog_name="wyse", standalone_mode=False)
    sys.stdout.flush()  # a full disk is told here, not at the end of the interpreter
    return int(code or 0)


def _guarded(command: Callable[[], int], debug: bool) -> int:
    try:
        return command()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show(sys.stdout)
        return ExitCode.USAGE
    except click.ClickException as error:
        return _told_usage(error)
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except (Exception, EOFError) as error:  # noqa: BLE001 the one place where all that a command raises arrives
        if debug:
            import traceback

            traceback.print_exc()
        return _end_of(error, debug)


def _told_usage(error: click.ClickException) -> int:
    """Tell a mistake in one line, and where the help is in another."""
    _fail(" ".join(error.format_message().split()), ExitCode.USAGE)
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None and sys.stderr is not None:
        sys.stderr.write(f"Try: {context.command_path} --help\n")
    return error.exit_code


def _end_of(error: Exception, debug: bool) -> int:
    if isinstance(error, WyseError):
        return _fail(_in_one_line(error), exit_code_of(error))
    if isinstance(error, BrokenPipeError | PipeClosed):
        drop_output()
        return ExitCode.PIPE_CLOSED
    if isinstance(error, OSError):
        if is_unwritable(error):
            drop_output()
        return _fail(_told(error), ExitCode.FAILED)
    if isinstance(error, ModuleNotFoundError) and (message := missing_extra(error)):
        return _fail(message, ExitCode.USAGE)
    if debug:
        return ExitCode.FAILED
    return _fail(f"{type(error).__name__}: {error} (this is a fault of wyse; --debug shows where)", ExitCode.FAILED)


def _in_one_line(error: WyseError) -> str:
    # Whoever asked for a session needs no word of the path that leads to it.
    message = re.sub(_BY_TEMPLATE, "", error.message)
    return message if not error.hint else f"{message.rstrip('.')}. {error.hint}"


def _told(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _fail(message: str, code: ExitCode) -> ExitCode:
    if sys.stderr is not None:
        sys.stderr.write(f"wyse: {plain(message)}\n")
    return code


def _never_break_on_an_encoding() -> None:
    """What an output cannot show (cp1252, ASCII) is replaced there; the program goes on."""
    codecs.register_error(_IN_ASCII, _in_ascii)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_IN_ASCII)


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Write typographic signs as a typewriter does, and all else that can't be shown as a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_TYPEWRITTEN.get(sign, "?") for sign in lost), error.end


def _raise_signals() -> None:
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
