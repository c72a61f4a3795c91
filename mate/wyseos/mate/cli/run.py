"""`wyse run`, `wyse attach` and `wyse demo`: a task from its start to the page at its end."""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from wyseos.mate.cli import memory, transfers
from wyseos.mate.cli.api import named_value
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.parameters import typed_text
from wyseos.mate.cli.places import prepare_files, prepare_folder
from wyseos.mate.errors import ValidationError, WyseError
from wyseos.mate.settings.table import DEFAULT_BASE_URL
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode
from wyseos.mate.terminal.lines import LineReader
from wyseos.mate.terminal.screen import can_move_cursor, console_for
from wyseos.mate.terminal.subjects import Subjects
from wyseos.mate.terminal.summaries import Summary
from wyseos.mate.terminal.text import one_line
from wyseos.mate.terminal.tokens import TokenPoll
from wyseos.mate.terminal.view import JsonView, PlainView, TextView, View
from wyseos.mate.terminal.watch import Watch, WatchOutcome
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.generated.models import ProductReport
    from wyseos.mate.cli.invocation import Invocation
    from wyseos.mate.policy import Policy
    from wyseos.mate.tasks.handlers import Confirm
    from wyseos.mate.tasks.result import TaskResult
    from wyseos.mate.tasks.task import Task

DEMO_TASK = "What makes a good solar lantern?"
_POLL_TIMEOUT = 5  # seconds that a question beside the task may take
_MODES = {"default": TaskMode.Default, "deep_search": TaskMode.DeepSearch, "marketing": TaskMode.Marketing}


def run(
    invocation: Invocation,
    task: str,
    mode: str,
    attach: tuple[Path, ...],
    extra: tuple[str, ...],
    timeout: float,
    review_plan: bool,
    yes: bool,
    confirm: Confirm | None,
    policy: Path | None,
    **shown: Any,
) -> int:
    """Run a task and show it as it goes."""
    asked = typed_text(sys.stdin.read().strip() if task == "-" else task)
    client = invocation.client
    _prepare(shown)
    output = _output(shown.pop("output"))
    rules = _rules(policy, yes, confirm)
    task_running = client.start(
        asked,
        attachments=transfers.upload(client, attach),
        task_mode=_MODES[mode],
        extra=dict(named_value(each, "--extra is {!r}; give KEY=VALUE.") for each in extra) or None,
        options=TaskExecutionOptions(completion_timeout=timeout, auto_accept_plan=not review_plan),
        confirm=_confirm(yes, confirm, rules),
        policy=rules,
    )
    if not invocation.emulated:
        memory.remember(task_running.session_id, asked, client.base_url)
    return _watched(invocation, task_running, asked, output, has_rules=rules is not None, **shown)


def attach(
    invocation: Invocation,
    session: str,
    timeout: float,
    review_plan: bool,
    yes: bool,
    confirm: Confirm | None,
    policy: Path | None,
    **shown: Any,
) -> int:
    """Go on with a session where it is."""
    _prepare(shown)
    output = _output(shown.pop("output"))
    rules = _rules(policy, yes, confirm)
    options = TaskExecutionOptions(completion_timeout=timeout, auto_accept_plan=not review_plan)
    title = invocation.client.session.get_info(session).name or session
    confirmed = _confirm(yes, confirm, rules)
    running = invocation.client.attach(session, options=options, confirm=confirmed, policy=rules)
    return _watched(invocation, running, title, output, has_rules=rules is not None, **shown)


def demo(invocation: Invocation, mode: str, report: Path | None) -> int:
    """Run a task against the embedded emulator, and leave a report."""
    invocation.emulated = True
    report = report or Path(mkdtemp(prefix="wyse-")) / "demo.html"
    # What the emulator posts is seen by nobody.
    return run(
        invocation, DEMO_TASK, mode, (), (), timeout=60, review_plan=False, yes=True, confirm=None,
        policy=None, output=None, output_file=None, save=None, report=report,
    )  # fmt: skip


def _prepare(shown: dict[str, Any]) -> None:
    prepare_files((shown["output_file"], shown["report"]))
    prepare_folder(shown["save"])


def _rules(policy: Path | None, yes: bool, confirm: Confirm | None) -> Policy | None:
    """Read the policy; it can't stand beside another word on what may be done in public."""
    if policy is None:
        return None
    from wyseos.mate.policy import Policy

    if yes or confirm is not None:
        raise ValidationError("--policy says what may be done in public; leave out --yes and --confirm", field="policy")
    return Policy.load(policy)


def _confirm(yes: bool, confirm: Confirm | None, rules: Policy | None) -> Confirm | None:
    return None if rules is not None else "approve" if yes else confirm or "ask"


def _watched(
    invocation: Invocation,
    running: Task,
    title: str,
    output: str,
    output_file: Path | None,
    save: Path | None,
    report: Path | None,
    *,
    has_rules: bool,
) -> int:
    reader = LineReader(sys.stdin, sys.stderr)
    with ExitStack() as stack:
        stack.enter_context(running)
        view = stack.enter_context(_view(output, title, running.session_id))
        if output == "live":
            stack.enter_context(_tokens(invocation, view, running.session_id))
        if invocation.client.base_url != DEFAULT_BASE_URL and output in ("live", "plain"):
            view.note(Summary("service", one_line(invocation.client.base_url)))
        subjects = Subjects(lambda product_id: _report_on(invocation, product_id))
        ending = Watch(running, view, reader, subjects, asks_in_public=reader.is_terminal, has_rules=has_rules).run()
        if ending.result is None:
            return _left(invocation, ending, running.session_id)
        saved = _saved(invocation, ending.result, save)
        if output == "live":
            with suppress(WyseError):
                ending.result.usage  # noqa: B018 - asked for, so that the page has it
        view.finish(ending.result, saved)
    if not ending.result.success and not invocation.emulated:
        _tell_what_next(invocation, ending.result)
    if output_file is not None:
        output_file.write_text(ending.result.final_answer, "utf-8")
    if report is not None:
        from wyseos.mate.reports import session_report

        # What a policy decided is known here alone: the service keeps the answers.
        page = records.evolve(session_report(invocation.client, running.session_id), decisions=ending.result.decisions)
        invocation.note(f"Report: {page.save(report)}")
    return _exit_code(ending.result)


def _left(invocation: Invocation, ending: WatchOutcome, session_id: str) -> int:
    """Tell how to go on with a session that nobody watches any more."""
    if ending.question is not None:
        invocation.note(f"wyse: nobody is there to answer: {ending.question.text or 'a question'}")
    if not invocation.emulated:
        invocation.note(
            f"The session goes on without us.\n  go on:  wyse attach {session_id}\n  stop:   wyse stop {session_id}"
        )
    return ExitCode.INTERRUPTED if ending.question is None else ExitCode.QUESTION_LEFT


def _tell_what_next(invocation: Invocation, result: TaskResult) -> None:
    """Tell how to look at a session that did not come to its answer, and how to go on where it may."""
    steps = [f"what happened:  wyse show {result.session_id} --report report.html"]
    if _exit_code(result) in (ExitCode.TIMED_OUT, ExitCode.QUESTION_LEFT):
        steps.append(f"go on:          wyse attach {result.session_id}")
    invocation.note("\n".join(f"  {step}" for step in steps))


def _exit_code(result: TaskResult) -> ExitCode:
    if result.success:
        return ExitCode.DONE
    if result.question is not None:
        return ExitCode.QUESTION_LEFT
    return ExitCode.TIMED_OUT if (result.error or "").startswith("timeout") else ExitCode.FAILED


def _output(wanted: str | None) -> str:
    return wanted or ("live" if can_move_cursor(sys.stdout) else "plain")


def _view(output: str, title: str, session_id: str) -> View:
    if output == "live":
        from wyseos.mate.terminal.live import LiveView

        return LiveView(console_for(sys.stdout), title, session_id)
    if output == "json":
        return JsonView(session_id)
    return TextView() if output == "text" else PlainView(title, session_id)


def _tokens(invocation: Invocation, view: View, session_id: str) -> TokenPoll:
    """Keep a view told of what the session uses."""
    client = invocation.client.with_options(max_retries=0, timeout=_POLL_TIMEOUT)

    def ask() -> int | None:
        told = client.session.get_info(session_id).tokens
        models = (told.models if told is not None else None) or {}
        return sum((of.prompt_tokens or 0) + (of.completion_tokens or 0) for of in models.values())

    return TokenPoll(ask, lambda used: setattr(view, "tokens", used))


def _saved(invocation: Invocation, result: TaskResult, folder: Path | None) -> dict[str, str]:
    """Save the files of a result, and return the path of each by its URL; one that can't be had is told."""
    saved: dict[str, str] = {}
    if folder is None:
        return saved
    for file in result.files:
        try:
            saved[file.url] = transfers.save(file, folder)
        except WyseError as error:
            invocation.note(f"wyse: {file.name} could not be saved: {error.message}")
    return saved


def _report_on(invocation: Invocation, product_id: str) -> ProductReport | None:
    try:
        analysis = invocation.client.product.get_info(product_id).analysis_result
        return invocation.client.product.get_report(analysis.report_id) if analysis and analysis.report_id else None
    except WyseError:
        return None  # it is shown beside a question, which is answered without it as well
