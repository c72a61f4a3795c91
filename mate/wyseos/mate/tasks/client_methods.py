"""`run`, `start` and `attach` as methods of the two clients. What they need is loaded when they are first called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike

# The types of the signatures stand in `tasks`, which loads each when it is looked up: also at run time, by who makes
# tools or forms of a signature. What needs a connection is loaded when a task is started.
from wyseos.mate import tasks
from wyseos.mate.rest.caller import AsyncCaller, Caller, this_loop
from wyseos.mate.tasks.mode import TaskMode
from wyseos.runtime import hints as t


class StartsTasks(Caller):
    """The tasks of a `Client`."""

    def run(
        self,
        task: str,
        attachments: Sequence[Mapping[str, t.Any]] | None = None,
        task_mode: tasks.Mode = TaskMode.Default,
        extra: dict[str, t.Any] | None = None,
        options: tasks.TaskExecutionOptions | None = None,
        *,
        on_event: tasks.OnEvent | None = None,
        on_plan: tasks.OnPlan | None = None,
        on_input: tasks.OnInput | None = None,
        on_confirm: tasks.OnConfirm | None = None,
        confirm: tasks.Confirm | None = None,
        policy: tasks.Policy | None = None,
    ) -> tasks.TaskResult:
        """Run a task in a new session and wait for its end.

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
            confirm: who gives permission for such an action where no handler does: "ask" a person, "approve" it, or
                "stop" the task; None: approved, unless `stop_on_x_confirm` is set.
            policy: rules that answer what they can, before handlers are asked; nothing is then approved without one.

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
        from wyseos.mate.tasks.launch import Order, start

        handlers = tasks.Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        order = Order(
            task, attachments, task_mode, extra, options, handlers, attended=False, confirm=confirm, rules=policy
        )
        with start(self, order) as running:
            return running.result()

    def start(
        self,
        task: str,
        attachments: Sequence[Mapping[str, t.Any]] | None = None,
        task_mode: tasks.Mode = TaskMode.Default,
        extra: dict[str, t.Any] | None = None,
        options: tasks.TaskExecutionOptions | None = None,
        *,
        on_event: tasks.OnEvent | None = None,
        on_plan: tasks.OnPlan | None = None,
        on_input: tasks.OnInput | None = None,
        on_confirm: tasks.OnConfirm | None = None,
        confirm: tasks.Confirm | None = None,
        policy: tasks.Policy | None = None,
    ) -> tasks.Task:
        """Start a task in a new session and return at once; arguments and errors as of `run`.

        Returns:
            The running task: iterate over it, answer it, ask for its result.

        Example:
            with client.start("Find three trends") as task:
                for event in task:
                    print(event.type)
        """
        from wyseos.mate.tasks.launch import Order, start

        handlers = tasks.Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        order = Order(task, attachments, task_mode, extra, options, handlers, confirm=confirm, rules=policy)
        return start(self, order)

    def attach(
        self,
        session_id: str,
        after: str | None = None,
        options: tasks.TaskExecutionOptions | None = None,
        *,
        on_event: tasks.OnEvent | None = None,
        on_plan: tasks.OnPlan | None = None,
        on_input: tasks.OnInput | None = None,
        on_confirm: tasks.OnConfirm | None = None,
        confirm: tasks.Confirm | None = None,
        policy: tasks.Policy | None = None,
    ) -> tasks.Task:
        """Go on with a session that was started before, here or in another process.

        Args:
            session_id: the session.
            after: the `cursor` of a task: its events come from the one after it on; None: from the first one on.
            options: how it is run. Where they are None, only handlers answer questions.
            on_event: these four, `confirm` and `policy`, as of `run`.

        Returns:
            The task. An open question is asked again.

        Raises:
            ValidationError: the id can't stand in a URL.
        """
        from wyseos.mate.tasks.launch import attach, watching

        handlers = tasks.Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        return attach(self, watching(session_id, after, options, handlers, confirm, policy))

    def questions(self, sessions: Iterable[str] | PathLike[str] | None = None) -> list[tasks.OpenQuestion]:
        """Return the questions that sessions wait with, whoever started them.

        Args:
            sessions: ids of sessions, or the path of a batch's journal; None for those that the service has in
                progress.

        Raises:
            NotFoundError: there is no such session.

        Example:
            for question in client.questions(["session_3f9a0c17d2b4"]):
                print(question.session_id, question.text, question.age)
        """
        from wyseos.mate.tasks.io.loop_thread import loop_of
        from wyseos.mate.tasks.later import questions_of

        thread = loop_of(self)
        return thread.run(questions_of(thread.rest, _ids(sessions)))

    def answer(
        self,
        session_id: str,
        text: str | None = None,
        *,
        approve: bool = False,
        reject: bool | str = False,
        plan: tasks.Plan | None = None,
        question: str | None = None,
    ) -> tasks.OpenQuestion:
        """Answer the open question of a session, whoever started it, and leave. Give one of the first four.

        Args:
            session_id: the session.
            text: the answer to a question that wants text.
            approve: give permission for a plan or an action.
            reject: refuse it; a text says what to improve. To refuse an action is to stop the task.
            plan: the plan as it should be; that approves it.
            question: the `request_id` of the one that is meant, where the session asks several.

        Returns:
            The question that was answered.

        Raises:
            ValidationError: nothing was given, or too much.
            SessionExecutionError: the question is not open any more, or wants something else; nothing was sent.

        Example:
            client.answer("session_3f9a0c17d2b4", approve=True)
        """
        from wyseos.mate.tasks.io.loop_thread import loop_of
        from wyseos.mate.tasks.later import Reply, answer_question

        reply = Reply(text=text, approve=approve, reject=reject, plan=plan, question=question)
        thread = loop_of(self)
        return thread.run(answer_question(thread.rest, session_id, reply))


class StartsAsyncTasks(AsyncCaller):
    """The tasks of an `AsyncClient`."""

    async def run(
        self,
        task: str,
        attachments: Sequence[Mapping[str, t.Any]] | None = None,
        task_mode: tasks.Mode = TaskMode.Default,
        extra: dict[str, t.Any] | None = None,
        options: tasks.TaskExecutionOptions | None = None,
        *,
        on_event: tasks.OnEvent | None = None,
        on_plan: tasks.AsyncOnPlan | None = None,
        on_input: tasks.AsyncOnInput | None = None,
        on_confirm: tasks.AsyncOnConfirm | None = None,
        confirm: tasks.Confirm | None = None,
        policy: tasks.Policy | None = None,
    ) -> tasks.TaskResult:
        """Run a task in a new session and wait for its end, as `Client.run` does; handlers may be coroutines."""
        await _load_launching()
        from wyseos.mate.tasks.launch import Order, start_async

        handlers = tasks.Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        order = Order(
            task, attachments, task_mode, extra, options, handlers, attended=False, confirm=confirm, rules=policy
        )
        async with await start_async(self, order) as running:
            return await running.result()

    def start(
        self,
        task: str,
        attachments: Sequence[Mapping[str, t.Any]] | None = None,
        task_mode: tasks.Mode = TaskMode.Default,
        extra: dict[str, t.Any] | None = None,
        options: tasks.TaskExecutionOptions | None = None,
        *,
        on_event: tasks.OnEvent | None = None,
        on_plan: tasks.AsyncOnPlan | None = None,
        on_input: tasks.AsyncOnInput | None = None,
        on_confirm: tasks.AsyncOnConfirm | None = None,
        confirm: tasks.Confirm | None = None,
        policy: tasks.Policy | None = None,
    ) -> tasks.StartingTask:
        """Start a task in a new session, as `Client.start` does.

        Returns:
            What is awaited for the running task, or entered: `async with` closes the task at its end.

        Raises:
            ValidationError: an argument can't be used; at once, nothing is sent.

        Example:
            async with client.start("Find three trends") as task:
                async for event in task:
                    print(event.type)
        """
        from wyseos.mate.tasks.checks import check_task, check_watching

        given: dict[str, t.Any] = {
            "on_event": on_event,
            "on_plan": on_plan,
            "on_input": on_input,
            "on_confirm": on_confirm,
        }
        check_task(task, attachments, task_mode, extra)
        check_watching(options, confirm, policy, **given)

        async def starts() -> tasks.AsyncTask:
            await _load_launching()
            from wyseos.mate.tasks.launch import Order, start_async

            handlers = tasks.Handlers(**given)
            order = Order(task, attachments, task_mode, extra, options, handlers, confirm=confirm, rules=policy)
            return await start_async(self, order)

        return tasks.StartingTask(starts())

    def attach(
        self,
        session_id: str,
        after: str | None = None,
        options: tasks.TaskExecutionOptions | None = None,
        *,
        on_event: tasks.OnEvent | None = None,
        on_plan: tasks.AsyncOnPlan | None = None,
        on_input: tasks.AsyncOnInput | None = None,
        on_confirm: tasks.AsyncOnConfirm | None = None,
        confirm: tasks.Confirm | None = None,
        policy: tasks.Policy | None = None,
    ) -> tasks.StartingTask:
        """Go on with a session that was started before, as `Client.attach` does; used as `start` is."""
        from wyseos.mate.tasks.checks import check_watching

        given: dict[str, t.Any] = {
            "on_event": on_event,
            "on_plan": on_plan,
            "on_input": on_input,
            "on_confirm": on_confirm,
        }
        check_watching(options, confirm, policy, **given)

        async def attaches() -> tasks.AsyncTask:
            await _load_launching()
            from wyseos.mate.tasks.launch import attach_async, watching

            setup = watching(session_id, after, options, tasks.Handlers(**given), confirm, policy)
            return await attach_async(self, setup)

        return tasks.StartingTask(attaches())

    async def questions(self, sessions: Iterable[str] | PathLike[str] | None = None) -> list[tasks.OpenQuestion]:
        """Return the questions that sessions wait with, as `Client.questions` does."""
        await _load_answering()
        from wyseos.mate.tasks.later import questions_of

        return await questions_of(self, _ids(sessions))

    async def answer(
        self,
        session_id: str,
        text: str | None = None,
        *,
        approve: bool = False,
        reject: bool | str = False,
        plan: tasks.Plan | None = None,
        question: str | None = None,
    ) -> tasks.OpenQuestion:
        """Answer the open question of a session and leave, as `Client.answer` does."""
        await _load_answering()
        from wyseos.mate.tasks.later import Reply, answer_question

        reply = Reply(text=text, approve=approve, reject=reject, plan=plan, question=question)
        return await answer_question(self, session_id, reply)


async def _load_launching() -> None:
    this_loop()
    from wyseos.mate.loading import launching

    await launching.done()


async def _load_answering() -> None:
    this_loop()
    from wyseos.mate.loading import answering

    await answering.done()


def _ids(sessions: Iterable[str] | PathLike[str] | None) -> Iterable[str] | None:
    """Return the ids of sessions; a journal tells those of its items that may wait with a question."""
    if isinstance(sessions, str):
        return [sessions]
    if isinstance(sessions, PathLike):
        from wyseos.mate.batch.journal import asking_sessions

        return asking_sessions(sessions)
    return sessions
