"""`batch` as a method of the two clients. What it needs is loaded when it is first called."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

# Their names are loaded when they are looked up, as those of `tasks` are.
from wyseos.mate import batch as batches
from wyseos.mate import tasks
from wyseos.mate.tasks.client_methods import StartsAsyncTasks, StartsTasks
from wyseos.runtime import hints as t
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from wyseos.mate.batch.run import Work
    from wyseos.mate.config import ClientOptions

Items: t.TypeAlias = Iterable[object] | PathLike[str]
"""Texts and dicts, also mixed, or the path of a file that holds them."""


class RunsBatches(StartsTasks):
    """The batches of a `Client`."""

    def batch(
        self,
        items: Items,
        journal: str | PathLike[str] | None = None,
        *,
        concurrency: int = 100,
        retries: int = 0,
        options: tasks.TaskExecutionOptions | None = None,
        policy: tasks.Policy | None = None,
        executor: batches.Executor | None = None,
        workers: int = 2,
        credentials: t.Literal["environment", "settings"] = "environment",
    ) -> batches.Batch:
        """Run many tasks, each once, whatever dies on the way. The same call goes on where the last one ended.

        Args:
            items: each a task's text, or a dict with `task` and, as it needs, `key` (your own name for it), `mode`,
                `attachments`, `extra` and `options`. Or the path of a file: JSONL, CSV, or a task a line.
            journal: where it is written down how far each item is. None: beside the file, with `.journal` at its
                name's end; for other items a file in the current folder, named by what they are.
            concurrency: the most tasks under way at once; the service may allow fewer.
            retries: how often a failed item is begun again.
            options: of all tasks; an item's own win.
            policy: rules that answer what the tasks ask. What none answers is left open: the item is `asking`.
            executor: where the tasks are watched: a pool of threads or processes, or Dask's. None: here.
            workers: how many it has: each is given its share of `concurrency` in one go.
            credentials: where another process has its credential from: its own "environment" and settings file, or
                from the "settings" of this client, sent along in the pickle of its work.

        Returns:
            The batch: iterate over it, or ask for its `results()`. Nothing is done before.

        Raises:
            ValidationError: an argument can't be used.
            ConfigError: the file can't be read.

        Example:
            for outcome in client.batch(Path("tasks.jsonl")):
                print(outcome.key, outcome.final_answer)
        """
        from wyseos.mate.tasks.io.loop_thread import loop_of

        work = _work(
            self.options, items, journal, concurrency, retries, options, policy, executor, workers, credentials
        )
        return batches.Batch(lambda: loop_of(self), work)


class RunsAsyncBatches(StartsAsyncTasks):
    """The batches of an `AsyncClient`."""

    def batch(
        self,
        items: Items,
        journal: str | PathLike[str] | None = None,
        *,
        concurrency: int = 100,
        retries: int = 0,
        options: tasks.TaskExecutionOptions | None = None,
        policy: tasks.Policy | None = None,
        executor: batches.Executor | None = None,
        workers: int = 2,
        credentials: t.Literal["environment", "settings"] = "environment",
    ) -> batches.AsyncBatch:
        """Run many tasks, each once, as `Client.batch` does; `async for` and `await batch.results()`."""
        work = _work(
            self.options, items, journal, concurrency, retries, options, policy, executor, workers, credentials
        )
        return batches.AsyncBatch(self, work)


def _work(
    client_options: ClientOptions,
    items: Items,
    journal: str | PathLike[str] | None,
    concurrency: int,
    retries: int,
    options: tasks.TaskExecutionOptions | None,
    policy: tasks.Policy | None,
    executor: batches.Executor | None,
    workers: int,
    credentials: t.Literal["environment", "settings"],
) -> Work:
    from pathlib import Path

    from wyseos.mate.batch.coordinator import BatchPlan
    from wyseos.mate.batch.run import Work, journal_of
    from wyseos.mate.batch.slices import Access
    from wyseos.mate.batch.sources import rows_of
    from wyseos.mate.batch.work import Terms
    from wyseos.mate.errors import ValidationError
    from wyseos.mate.tasks.checks import check_options, check_rules

    _check_number("concurrency", concurrency, 1)
    _check_number("retries", retries, 0)
    _check_number("workers", workers, 1)
    check_options(options)
    check_rules(policy, None)
    if executor is not None and not hasattr(executor, "submit"):
        raise ValidationError(
            f"executor is of type {type(executor).__name__}; give a concurrent.futures.Executor", field="executor"
        )
    if credentials not in ("environment", "settings"):
        raise ValidationError(
            f'credentials is {credentials!r:.40}; say "environment" or "settings"', field="credentials"
        )
    rows_of(items)
    source = items if isinstance(items, PathLike) else list(items)
    return Work(
        source,
        journal_of(source) if journal is None else Path(journal),
        BatchPlan(
            terms=Terms(options, policy),
            concurrency=concurrency,
            retries=retries,
            executor=executor,
            access=Access(client_options, credentials),
            workers=workers,
        ),
    )


def _check_number(name: str, value: object, least: int) -> None:
    from wyseos.mate.errors import ValidationError

    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValidationError(f"{name} is {value!r:.40}; give a whole number of at least {least}", field=name)
