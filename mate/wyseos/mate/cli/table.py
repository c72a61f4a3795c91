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
    JOURNAL,
    LISTING,
    MODES,
    NEW_FILE,
    RECORDS,
    REPORT,
    argument,
    flag,
    known_paths,
    known_scenarios,
    option,
    session,
)


class CommandRow(NamedTuple):
    """One command.

    Args:
        name: its words, such as `run` or `product show`.
        help: what it does, in a sentence that fits beside its name; what else is to be known, after an empty line.
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


WITH_DEFAULT = frozenset({"batch"})
"""Groups whose first command is meant where none is named."""

GROUPS = {
    "batch": "Run many tasks, each once, whatever dies on the way.\n\n  wyse batch tasks.jsonl --out results.jsonl",
    "policy": "Try the rules that answer a task's questions.",
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
        help="What happens where the task wants to do something public.  [default: ask]",
    ),
    option("--policy", type=FILE, help="Rules that answer the task's questions; what they leave, you are asked."),
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
_SCENARIO = option(
    "--scenario", shell_complete=known_scenarios, help="What the emulator's agents do: a name or a YAML file."
)

COMMANDS: tuple[CommandRow, ...] = (
    CommandRow(
        "run",
        "Run a task and show it as it goes.\n\n"
        "TASK is what is to be done; `-` reads it from standard input. In a terminal the plan and the latest lines "
        "are shown, in a pipe a line an event.\n\n\b\n"
        "Examples:\n"
        '  wyse run "Compare three solar lanterns" --save out\n'
        '  wyse run "Read this" --attach brief.pdf --output text > answer.md\n'
        "  wyse run - --output json < task.txt\n\n\b\n"
        "Exit codes: 0 done, 1 failed or stopped, 3 refused by the service,\n"
        "4 not reached, 5 timed out, 6 a question was left, 130 interrupted.",
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
    CommandRow(
        "batch run",
        "Run the tasks of a file; the same command goes on where the last one ended.",
        "batches:run",
        (
            argument("items", type=FILE),
            option("--out", type=NEW_FILE, help="Write what came of each item: .jsonl, .csv or .parquet by the name."),
            REPORT,
            JOURNAL,
            option("--concurrency", type=click.IntRange(min=1), default=100, show_default=True,
                   help="The most tasks under way at once; the service may allow fewer."),
            option("--retries", type=click.IntRange(min=0), default=0, show_default=True,
                   help="How often a failed item is begun again."),
            option("--policy", type=FILE, help="Rules that answer what the tasks ask."),
            option("--dask", metavar="ADDRESS", help="Have the tasks watched by the workers of this Dask scheduler."),
            _seconds(300, "Seconds until a task is given up."),
            _SCENARIO,
            *CONNECTION,
        ),
    ),
    CommandRow(
        "batch status", "Show how far a batch is.", "batches:status",
        (argument("items", type=FILE), JOURNAL, AS_JSON),
    ),
    CommandRow(
        "batch retry", "Let the items of a batch be begun again; the next run does it.", "batches:retry",
        (argument("items", type=FILE), flag("--failed", help="Those that have failed."), JOURNAL),
    ),
    CommandRow("attach", "Go on with a session where it is.", "run:attach", (session(), *_QUESTIONS, *_OUTPUT, CONFIG)),
    CommandRow(
        "questions",
        "List the questions that sessions wait with.",
        "questions:questions",
        (argument("sessions", nargs=-1, metavar="[SESSION|JOURNAL]…"), *LISTING, CONFIG),
    ),
    CommandRow(
        "answer",
        "Answer the open question of a session, and leave.",
        "questions:answer",
        (
            session(),
            argument("text", required=False),
            flag("--approve", help="Give permission for a plan or an action."),
            flag("--reject", help="Refuse it; TEXT says what to improve."),
            option("--plan", type=FILE, help="Approve the plan as this file has it: its steps as JSON or YAML."),
            option("--question", metavar="ID", help="Which one, where the session asks several."),
            CONFIG,
        ),
    ),
    CommandRow(
        "stop",
        "Stop the task of a session.",
        "sessions:stop",
        (session(), option("--reason", help="Why, for the session's record."), CONFIG),
    ),
    CommandRow("rename", "Give a session another title.", "sessions:rename", (session(), argument("title"), CONFIG)),
    CommandRow(
        "show",
        "Show what came of a session, or write its report.",
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
        "List the sessions started here, and those in progress.",
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
        "List drafts, replies, likes and retweets of a session.",
        "sessions:marketing",
        (session(), option("--type", "kind", type=click.Choice(_KINDS), help="Only these."), *LISTING, CONFIG),
    ),
    CommandRow(
        "policy test",
        "Show what a policy would have decided on the questions of a session, or of a file of events.",
        "policies:test",
        (
            argument("policy", type=FILE),
            argument("recorded", metavar="SESSION|FILE"),
            option("--mode", type=click.Choice(MODES), help="The kind of task; a session tells its own."),
            *RECORDS,
            CONFIG,
        ),
    ),
    CommandRow("policy schema", "Print the JSON Schema of a policy, for editors.", "policies:show_schema"),
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
        "Call any endpoint, and write its data as JSON.\n\n"
        "The endpoints that are known (--list) check their arguments; a NAME=VALUE goes into the path, the query or "
        "the body.\n\n\b\n"
        "Examples:\n"
        "  wyse api --list\n"
        "  wyse api GET /team/lists page_size=5\n"
        "  wyse api /team/info/{team_id} team_id=team_own",
        "api:api",
        (
            argument("method", required=False),
            argument("path", required=False, shell_complete=known_paths),
            argument("values", nargs=-1, metavar="[NAME=VALUE]…"),
            flag("--list", "lists", help="List the endpoints that are known, with their arguments."),
            *CONNECTION,
        ),
    ),
    CommandRow("demo", "Run a task on the emulator, and leave a report.", "run:demo", (_MODE, REPORT)),
    CommandRow(
        "emulator",
        "Serve the emulator until Ctrl-C.",
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
        "Ask for a key, check it, and keep it in mate.yaml or in the keyring.",
        "configure:init",
        (
            argument("path", type=NEW_FILE, default="mate.yaml"),
            flag("--keyring", help="Keep the key in the system's keyring (extra `keyring`), not in the file."),
            option("--base-url", help="Where the service is, if not at its usual place."),
        ),
    ),
    CommandRow(
        "doctor",
        "Check the way to the service, and say what to do.",
        "doctor:doctor",
        (
            option("--bundle", type=NEW_FILE, metavar="FILE.zip", help="Write what support needs, without secrets."),
            AS_JSON,
            *CONNECTION,
        ),
    ),
    CommandRow(
        "completion",
        "Print the completion script of a shell.\n\n\b\n"
        'bash, zsh:  eval "$(wyse completion bash)"\n'
        "fish:       wyse completion fish | source",
        "completion:completion",
        (argument("shell", type=click.Choice(["bash", "zsh", "fish"])),),
    ),
    CommandRow("version", "Show the versions of `wyse` and what it stands on.", "resources:version_of_all"),
)  # fmt: skip
