"""`wyse batch`: many tasks from a file, each once; the same command goes on where the last one ended."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wyseos.mate.batch.journal import count_unusable, read_counts, read_outcomes, retry_failed
from wyseos.mate.batch.run import journal_of
from wyseos.mate.batch.states import ItemState
from wyseos.mate.batch.writing import check_kind, write_outcomes
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.output import write_record
from wyseos.mate.cli.places import prepare_files, refuse_same
from wyseos.mate.errors import ConfigError, ValidationError
from wyseos.mate.task_runner import TaskExecutionOptions
from wyseos.mate.terminal.progress import items_bar
from wyseos.mate.terminal.text import one_line

if TYPE_CHECKING:
    from wyseos.mate.batch.outcome import Outcome
    from wyseos.mate.cli.invocation import Invocation


def run(
    invocation: Invocation,
    items: Path,
    out: Path | None,
    report: Path | None,
    journal: Path | None,
    policy: Path | None,
    dask: str | None,
    timeout: float,
    **more: Any,
) -> int:
    """Carry out what is left of a batch, and write what came of it."""
    if out is not None:
        check_kind(out)
    place = journal or journal_of(items)
    refuse_same(items, out, report, place)
    prepare_files((out, report, place))
    with _workers(dask) as (executor, workers):
        batch = invocation.client.batch(
            items,
            place,
            options=TaskExecutionOptions(completion_timeout=timeout),
            policy=_rules(policy),
            executor=executor,
            workers=workers,
            **more,
        )
        try:
            with items_bar(items.name, lambda: _so_far(place)):
                for outcome in batch:
                    _tell(invocation, outcome)
        except KeyboardInterrupt:
            invocation.note("What was started goes on at the service. The same command goes on with it.")
            return ExitCode.INTERRUPTED
    if out is not None:
        write_outcomes(out, read_outcomes(place))
    if report is not None:
        _write_report(report, items.name, place)
    return _ended(invocation, items, journal)


def _write_report(path: Path, title: str, journal: Path) -> None:
    from wyseos.mate.reports import batch_report

    ended = ((each.key, each.result or each.error or "never begun") for each in read_outcomes(journal))
    batch_report(ended, title=title).save(path)


def _so_far(journal: Path) -> dict[str, int]:
    """Return how many items are in each state; what can't be read is told by what reads it to work with it."""
    with suppress(ConfigError):
        return _named(read_counts(journal))
    return {}


def _named(counts: Mapping[ItemState, int]) -> dict[str, int]:
    return {state.value: count for state, count in counts.items()}


def _tell(invocation: Invocation, outcome: Outcome) -> None:
    if outcome.state is ItemState.FAILED:
        invocation.note(f"{one_line(outcome.key)}: failed: {one_line(outcome.error or '')}")


def _ended(invocation: Invocation, items: Path, journal: Path | None) -> int:
    """Say how many items are in which state, and what can be done about those that are not done."""
    place = journal or journal_of(items)
    counts, unusable = read_counts(place), count_unusable(place)
    told = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    invocation.note(f"{items.name}: {told or 'no items'}")
    if counts[ItemState.ASKING]:
        named = shlex.quote(str(place))
        invocation.note(f"Questions: wyse questions {named}; answer them, and give the same command again.")
    if unusable:
        invocation.note(f"Rows that can't be used: {unusable}. Put them right in a file of their own.")
    if counts[ItemState.FAILED] > unusable:
        named = shlex.join([str(items), "--failed", *(["--journal", str(journal)] if journal else [])])
        invocation.note(f"Once more: wyse batch retry {named}, and the same command again.")
    if counts[ItemState.FAILED]:
        return ExitCode.FAILED
    return ExitCode.QUESTION_LEFT if counts[ItemState.ASKING] else ExitCode.DONE


def _rules(policy: Path | None) -> Any:
    if policy is None:
        return None
    from wyseos.mate.policy import Policy

    return Policy.load(policy)


@contextmanager
def _workers(address: str | None) -> Iterator[tuple[Executor | None, int]]:
    if address is None:
        yield None, 1
        return
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise ConfigError('Dask is not installed: pip install "wyseos-sdk[dask]".') from None
    try:
        scheduler = distributed.Client(address)
    except (OSError, ValueError) as error:
        raise ConfigError(f"No Dask scheduler is to be had at {one_line(address)}: {one_line(str(error))}.") from None
    with scheduler:
        yield scheduler.get_executor(), max(1, len(scheduler.scheduler_info(n_workers=-1)["workers"]))


def status(invocation: Invocation, items: Path, journal: Path | None, as_json: bool) -> None:
    """Show how many items are in each state."""
    counts = read_counts(journal or journal_of(items))
    write_record(_named(counts), as_json=as_json)


def retry(invocation: Invocation, items: Path, failed: bool, journal: Path | None) -> None:
    """Let failed items be begun again."""
    if not failed:
        raise ValidationError("say which: --failed", field="failed")
    print(f"{retry_failed(journal or journal_of(items))} items are begun again by the next run", file=sys.stderr)
