"""`run`, `start` and `attach` as methods of the two clients. What they need is loaded when they are first called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from wyseos.mate.tasks.protocol.result import TaskExecutionOptions, TaskMode, TaskResult

if TYPE_CHECKING:
    from wyseos.mate.client import AsyncClient, Client
    from wyseos.mate.plan import Plan
    from wyseos.mate.tasks.async_task import AsyncTask
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.questions import Question
    from wyseos.mate.tasks.task import Task


class StartsTasks:
    """The tasks of a `Client`."""

    def run(
        self,
        task: str,
        attachments: Sequence[dict[str, Any]] | None = None,
        task_mode: TaskMode = TaskMode.Default,
        extra: dict[str, Any] | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        on_event: Callable[[TaskEvent], Any] | None = None,
        on_plan: Callable[[Plan], Any] | None = None,
        on_input: Callable[[Question], Any] | None = None,
        on_confirm: Callable[[Question], Any] | None = None,
    ) -> TaskResult:
        """Runs a task in a new session and waits for its end.

        Args:
            task: what is to be done, in words.
            attachments: uploaded files, `{file_name, file_url}` each.
            task_mode: the kind of task.
            extra: free-form, with the keys that the service knows: `skills`, `marketing_product`, `strategy`.
            options: how it is run.
            on_event: called with each event.
            on_plan: called with a plan that asks for approval; returns True, an edited plan, False or what to improve.
            on_input: called with a question that wants text; returns the text.
            on_confirm: called with a question about a browser action; returns True; False stops the task.

        Returns:
            How it ended. A question that no handler and no option answers ends it at once: the result carries the
            question, and `attach(result.session_id)` goes on from there.

        Raises:
            ValidationError: the task is empty.
            APIError: the session could not be created.
            NetworkError: the session could not be created.

        Example:
            print(client.run("Find three trends").final_answer)
        """
        from wyseos.mate.tasks.handlers import Handlers
        from wyseos.mate.tasks.launch import Order, start

        handlers = Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        order = Order(task, attachments, task_mode, extra, options, handlers, attended=False)
        with start(cast("Client", self), order) as running:
            return running.result()

    def start(
        self,
        task: str,
        attachments: Sequence[dict[str, Any]] | None = None,
        task_mode: TaskMode = TaskMode.Default,
        extra: dict[str, Any] | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        on_event: Callable[[TaskEvent], Any] | None = None,
        on_plan: Callable[[Plan], Any] | None = None,
        on_input: Callable[[Question], Any] | None = None,
        on_confirm: Callable[[Question], Any] | None = None,
    ) -> Task:
        """Starts a task in a new session and returns at once; arguments and errors as of `run`.

        Returns:
            The running task: iterate over it, answer it, ask for its result.

        Example:
            with client.start("Find three trends") as task:
                for event in task:
                    print(event.type)
        """
        from wyseos.mate.tasks.handlers import Handlers
        from wyseos.mate.tasks.launch import Order, start

        handlers = Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        return start(cast("Client", self), Order(task, attachments, task_mode, extra, options, handlers))

    def attach(
        self,
        session_id: str,
        after: str | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        on_event: Callable[[TaskEvent], Any] | None = None,
        on_plan: Callable[[Plan], Any] | None = None,
        on_input: Callable[[Question], Any] | None = None,
        on_confirm: Callable[[Question], Any] | None = None,
    ) -> Task:
        """Goes on with a session that was started before, here or in another process.

        Args:
            session_id: the session.
            after: the `cursor` of a task: its events come from the one after it on; None: from the first one on.
            options: how it is run. Where they are None, only handlers answer questions.
            on_event: these four as of `run`.

        Returns:
            The task. An open question is asked again.

        Raises:
            ValidationError: the id can't stand in a URL.
        """
        from wyseos.mate.tasks.handlers import Handlers
        from wyseos.mate.tasks.launch import attach, watching

        handlers = Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        return attach(cast("Client", self), watching(session_id, after, options, handlers))


class StartsAsyncTasks:
    """The tasks of an `AsyncClient`."""

    async def run(
        self,
        task: str,
        attachments: Sequence[dict[str, Any]] | None = None,
        task_mode: TaskMode = TaskMode.Default,
        extra: dict[str, Any] | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        on_event: Callable[[TaskEvent], Any] | None = None,
        on_plan: Callable[[Plan], Any] | None = None,
        on_input: Callable[[Question], Any] | None = None,
        on_confirm: Callable[[Question], Any] | None = None,
    ) -> TaskResult:
        """Runs a task in a new session and waits for its end, as `Client.run` does; handlers may be coroutines."""
        from wyseos.mate.tasks.handlers import Handlers
        from wyseos.mate.tasks.launch import Order, start_async

        handlers = Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        order = Order(task, attachments, task_mode, extra, options, handlers, attended=False)
        async with await start_async(cast("AsyncClient", self), order) as running:
            return await running.result()

    async def start(
        self,
        task: str,
        attachments: Sequence[dict[str, Any]] | None = None,
        task_mode: TaskMode = TaskMode.Default,
        extra: dict[str, Any] | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        on_event: Callable[[TaskEvent], Any] | None = None,
        on_plan: Callable[[Plan], Any] | None = None,
        on_input: Callable[[Question], Any] | None = None,
        on_confirm: Callable[[Question], Any] | None = None,
    ) -> AsyncTask:
        """Starts a task in a new session, as `Client.start` does.

        Example:
            async with await client.start("Find three trends") as task:
                async for event in task:
                    print(event.type)
        """
        from wyseos.mate.tasks.handlers import Handlers
        from wyseos.mate.tasks.launch import Order, start_async

        handlers = Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        order = Order(task, attachments, task_mode, extra, options, handlers)
        return await start_async(cast("AsyncClient", self), order)

    async def attach(
        self,
        session_id: str,
        after: str | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        on_event: Callable[[TaskEvent], Any] | None = None,
        on_plan: Callable[[Plan], Any] | None = None,
        on_input: Callable[[Question], Any] | None = None,
        on_confirm: Callable[[Question], Any] | None = None,
    ) -> AsyncTask:
        """Goes on with a session that was started before, as `Client.attach` does."""
        from wyseos.mate.tasks.handlers import Handlers
        from wyseos.mate.tasks.launch import attach_async, watching

        handlers = Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        return await attach_async(cast("AsyncClient", self), watching(session_id, after, options, handlers))
