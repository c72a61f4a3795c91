"""The commands of `wyse`: each with its help, its options and the function that runs it.

A new endpoint becomes a command with a row here and a function of a few lines. The function's module is loaded when
the command runs, and no earlier: the table alone gives the help and the completion.
"""

from __future__ import annotations

from typing import NamedTuple

import click

from wyseos.mate.cli.parameters import (
    AS_JSON,
    CONFIG,
    CONNECTION,
    FILE,
    FOLDER,
    LISTING,
    MODES,
    NEW_FILE,
    RECORDS,
    REPORT,
    argument,
    flag,
    option,
    session,
)


class CommandRow(NamedTuple):
    """One command.

    Args:
        name: its words, such as `run` or `product show`.
        help: what it does, in a sentence.
        function: `module:function` below `wyseos.mate.cli`. It takes an `Invocation` and the parameters by name, and
            returns an exit code, or None for 0.
        parameters: its arguments and options.
        passes_arguments: whether what follows goes to the function as it stands, in `arguments`.
    """

    name: str
    help: str
    function: str
    parameters: tuple[click.Parameter, ...] = ()
    passes_arguments: bool = False


GROUPS = {
    "product": "Have a product analysed, and read its report.",
    "config": "Show and write the settings.",
}

_KINDS = ("reply", "like", "retweet", "tweet")


def _seconds(default: int, help: str) -> click.Option:
    return option("--timeout", type=click.FloatRange(min=0), default=default, show_default=True, help=help)


_MODE = option("--mode", type=click.Choice(MODES), default="default", show_default=True, help="How the agents work.")
_QUESTIONS = (
    flag("--yes", "-y", help="Approve what would become public or cannot be undone, without asking."),
    option(
        "--confirm",
        type=click.Choice(["ask", "approve", "stop"]),
        default="ask",
        show_default=True,
        help="What happens where the task wants to do something public.",
    ),
    flag("--review-plan", help="Ask before a plan is approved."),
)
_OUTPUT = (
    option(
        "--output",
        type=click.Choice(["live", "plain", "json", "text"]),
        help="What is shown: live in a terminal, else plain lines; json: one object an event; text: the answer alone.",
    ),
    option("-o", "--output-file", type=NEW_FILE, help="Write the final answer's Markdown to this file."),
    option("--save", type=FOLDER, help="Save the files that the task made into this folder."),
    REPORT,
    _seconds(300, "Seconds until it is given up."),
)  # fmt: skip
_SCENARIO = option("--scenario", help="What the emulator's agents do: a name or a YAML file.")

COMMANDS: tuple[CommandRow, ...] = (
    CommandRow(
        "run",
        "Run a task and show it as it goes.",
        "run:run",
        (
            argument("task"),
            _MODE,
            option("--attach", type=FILE, multiple=True, help="A file to give to the task; may be repeated."),
            option("--extra", metavar="KEY=VALUE", multiple=True, help="A key of its extra; the value may be JSON."),
            *_QUESTIONS,
            *_OUTPUT,
            _SCENARIO,
            *CONNECTION,
        ),
    ),
    CommandRow("attach", "Go on with a session where it is.", "run:attach", (session(), *_QUESTIONS, *_OUTPUT, CONFIG)),
    CommandRow(
        "stop",
        "Stop the task of a session.",
        "sessions:stop",
        (session(), option("--reason", help="Why, for the session's record."), CONFIG),
    ),
    CommandRow("rename", "Give a session another title.", "sessions:rename", (session(), argument("title"), CONFIG)),
    CommandRow(
        "show",
        "Show a session: its state, answer and files; or write its report.",
        "sessions:show",
        (
            session(),
            REPORT,
            *RECORDS,
            CONFIG,
        ),
    ),
    CommandRow(
        "sessions",
        "List the sessions that this user started here, and those in progress.",
        "sessions:sessions",
        (flag("--current", help="Only those that the service has in progress."), *LISTING, CONFIG),
    ),
    CommandRow("messages", "List the messages of a session.", "sessions:messages", (session(), *LISTING, CONFIG)),
    CommandRow(
        "files",
        "List the files that a session made, or save them.",
        "sessions:files",
        (session(), option("--save", type=FOLDER, help="Save them into this folder."), *RECORDS, CONFIG),
    ),
    CommandRow(
        "marketing",
        "List the drafts, replies, likes and retweets of a session.",
        "sessions:marketing",
        (session(), option("--type", "kind", type=click.Choice(_KINDS), help="Only these."), *LISTING, CONFIG),
    ),
    CommandRow(
        "product analyze",
        "Have a product analysed, and wait for its report.",
        "products:analyze",
        (
            argument("product"),
            option("--attach", type=FILE, multiple=True, help="A file that tells of it; may be repeated."),
            REPORT,
            _seconds(600, "Seconds to wait."),
            AS_JSON,
            *CONNECTION,
        ),
    ),
    CommandRow(
        "product show",
        "Show a product and its report.",
        "products:show",
        (
            argument("product"),
            REPORT,
            AS_JSON,
            CONFIG,
        ),
    ),
    CommandRow(
        "upload",
        "Upload files, and tell their URLs.",
        "resources:upload",
        (argument("files", type=FILE, nargs=-1, required=True), *RECORDS, *CONNECTION),
    ),
    CommandRow("teams", "List the teams.", "resources:teams", (*LISTING, *CONNECTION)),
    CommandRow("agents", "List the agents.", "resources:agents", (*LISTING, *CONNECTION)),
    CommandRow("browsers", "List the browsers of a session.", "resources:browsers", (session(), *LISTING, CONFIG)),
    CommandRow("keys", "List the API keys, as far as they are shown.", "resources:keys", (*LISTING, *CONNECTION)),
    CommandRow(
        "api",
        "Call any endpoint: `wyse api GET /team/lists page_size=5`.",
        "api:api",
        (
            argument("method", required=False),
            argument("path", required=False),
            argument("values", nargs=-1, metavar="[NAME=VALUE]…"),
            flag("--list", "lists", help="List the endpoints that are known, with their arguments."),
            *CONNECTION,
        ),
    ),
    CommandRow("demo", "Run a task against the embedded emulator, and leave a report.", "run:demo", (_MODE, REPORT)),
    CommandRow(
        "emulator",
        "Serve the emulator until Ctrl-C; takes the options of `python -m wyseos.mate.emulator`.",
        "resources:emulator",
        passes_arguments=True,
    ),
    CommandRow(
        "config show",
        "Show the settings, and where each comes from.",
        "configure:show_settings",
        (AS_JSON, CONFIG),
    ),
    CommandRow(
        "config init",
        "Ask for a key, check it, and write mate.yaml for its owner alone.",
        "configure:init",
        (
            argument("path", type=NEW_FILE, default="mate.yaml"),
            option("--base-url", help="Where the service is, if not at its usual place."),
        ),
    ),
    CommandRow(
        "doctor",
        "Check the way to the service, step by step, and say what to do.",
        "doctor:doctor",
        (
            option("--bundle", type=NEW_FILE, metavar="FILE.zip", help="Write what support needs, without secrets."),
            AS_JSON,
            *CONNECTION,
        ),
    ),
    CommandRow(
        "completion",
        "Print the completion script of a shell.",
        "completion:completion",
        (argument("shell", type=click.Choice(["bash", "zsh", "fish"])),),
    ),
    CommandRow("version", "Show the version of `wyse` and of what it stands on.", "resources:version_of_all"),
)  # fmt: skip
