"""Begins tasks: what `run`, `start` and `attach` of both clients, and the runners, have in common."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from wyseos.generated.models import CreateSessionRequest
from wyseos.mate.loading import connecting, running, services
from wyseos.mate.rest.caller import this_loop
from wyseos.mate.rest.name_lookup import look_up_ahead
from wyseos.mate.settings.urls import host_and_port
from wyseos.mate.tasks.async_task import AsyncTask, begin_async
from wyseos.mate.tasks.checks import check_plain_handlers, check_task, check_watching
from wyseos.mate.tasks.handlers import (
    WATCHING,
    Confirm,
    Handlers,
    left_to_people,
    policy_for,
    ruled,
)
from wyseos.mate.tasks.io.event_queue import LoopSignal, ThreadSignal, WakeSignal
from wyseos.mate.tasks.io.interfaces import session_settings
from wyseos.mate.tasks.io.loop_thread import loop_of
from wyseos.mate.tasks.protocol.commands import Attach, Start, start_of
from wyseos.mate.tasks.protocol.policy import AnswerPolicy
from wyseos.mate.tasks.protocol.settings import SessionSettings
from wyseos.mate.tasks.result import Mode, TaskExecutionOptions, TaskMode
from wyseos.mate.tasks.task import Task, begin
from wyseos.runtime import records

# The engine, with websockets below it, and the services are loaded when a task is made: on an event loop that is in a
# thread, while arguments are checked at once.
if TYPE_CHECKING:
    from wyseos.mate.config import ClientOptions
    from wyseos.mate.policy.policy import Policy
    from wyseos.mate.rest.auth import Credential
    from wyseos.mate.rest.caller import AsyncCaller, Caller
    from wyseos.mate.tasks.io.engine import Engine

Attachments = Sequence[Mapping[str, Any]]


@records.frozen
class Route:
    """Where a task's connection leads, and what it shows there."""

    options: ClientOptions
    credential: Credential


@records.frozen(kw_only=True)
class Setup:
    """What a task is made with.

    Args:
        session_id: the session.
        policy: who answers what.
        handlers: the user's functions.
        options: what the result keeps.
        after: the id of the last message that was seen elsewhere.
        settings: how the connection is kept; where it is None, the options say so.
        max_message_size: bytes; where it is None, the options say so.
        route: where the connection leads; where it is None, the client says so.
        rules: the user's policy, not yet in force: the session's mode is to be told first.
    """

    session_id: str
    policy: AnswerPolicy
    handlers: Handlers
    options: TaskExecutionOptions
    after: str | None = None
    settings: SessionSettings | None = None
    max_message_size: int | None = None
    route: Route | None = None
    rules: Policy | None = None

    @property
    def wants_mode(self) -> bool:
        """Whether the session's mode matters to the rules."""
        return self.rules is not None and self.rules.needs_mode

    def in_mode(self, mode: str | None) -> Setup:
        """Return it with the rules in force, for a session of that mode."""
        return (
            self
            if self.rules is None
            else records.evolve(self, policy=ruled(self.policy, self.rules, mode or ""), rules=None)
        )

    def engine(
        self,
        rest: AsyncCaller,
        arrived: WakeSignal,
        soon: Callable[[Callable[[], object]], object],
        over: WakeSignal | None = None,
    ) -> Engine:
        """Return the engine of a task; arguments as of `Engine`."""
        from wyseos.mate.tasks.io.engine import Engine, address_of

        options = self.options
        route = self.route or Route(rest.options, rest.exchange.credential)
        settings = self.settings or session_settings(
            heartbeat_interval=options.heartbeat_interval, budget=options.memory_budget
        )
        size = self.max_message_size or options.max_message_size
        return Engine(
            rest,
            address_of(route.options, self.session_id, size, route.credential),
            self.session_id,
            policy=self.policy,
            options=options,
            settings=records.evolve(settings, can_renew=route.credential.can_renew),
            arrived=arrived,
            soon=soon,
            over=over,
            after=self.after,
        )


def make_task(client: Caller, setup: Setup) -> Task:
    """Return a task that is not yet begun, on the loop thread of a sync client."""
    thread, arrived, over = loop_of(client), ThreadSignal(), threading.Event()
    engine = setup.engine(thread.rest, arrived, thread.soon, over)
    return Task(thread, engine, arrived, over, setup.handlers, verbose=setup.options.verbose, owner=client)


def make_async_task(client: AsyncCaller, setup: Setup) -> AsyncTask:
    """Return a task that is not yet begun, on the running loop."""
    loop, arrived = this_loop(), LoopSignal()
    engine = setup.engine(client, arrived, loop.call_soon)
    task = AsyncTask(engine, arrived, setup.handlers, verbose=setup.options.verbose, owner=client)
    client.dependents.add(task)
    return task


def started(client: Caller, setup: Setup, beginning: Start | Attach) -> Task:
    """Make a task on a sync client, and begin its first round."""
    task = make_task(client, setup)
    begin(task, beginning)
    return task


def started_async(client: AsyncCaller, setup: Setup, beginning: Start | Attach) -> AsyncTask:
    """Make a task on an async client, and begin its first round on the running loop."""
    task = make_async_task(client, setup)
    begin_async(task, beginning)
    return task


@records.frozen
class Order:
    """What the user asked for: the arguments of `start` and `run`."""

    task: str
    attachments: Attachments | None = None
    task_mode: Mode = TaskMode.Default
    extra: dict[str, Any] | None = None
    options: TaskExecutionOptions | None = None
    handlers: Handlers = records.field(factory=Handlers)
    attended: bool = True
    confirm: Confirm | None = None
    """Who gives permission for an action, where no handler does; None: as the options say."""
    clock_stands: bool = True
    """Whether the round's time stands while a question is open, also where no handler answers it."""
    policy: AnswerPolicy | None = None
    """Who answers what; where it is None, options and handlers decide."""
    rules: Policy | None = None
    """The user's policy, which decides before all of them: what it does not, a person does."""

    def __post_init__(self) -> None:
        check_task(self.task, self.attachments, self.task_mode, self.extra)
        check_watching(self.options, self.confirm, self.rules, **self.handlers.by_name)

    def session(self) -> CreateSessionRequest:
        """Return the request that creates the session."""
        mode = TaskMode(self.task_mode).value or None
        return CreateSessionRequest(task=self.task, mode=mode, extra=self.extra or None)

    def start(self, status: str | None = "created") -> Start:
        """Return the start of a round in a session of that status; what can't be used is refused here."""
        self.setup("checked")
        return start_of(self.task, self.attachments, self.extra, status)

    def setup(self, session_id: str, **more: Any) -> Setup:
        """Return how the task is made in that session."""
        options = self.options or TaskExecutionOptions()
        policy = self.policy or self._policy(options)
        if self.rules is not None:
            policy = ruled(policy, self.rules, TaskMode(self.task_mode).value)
        return Setup(session_id=session_id, policy=policy, handlers=self.handlers, options=options, **more)

    def _policy(self, options: TaskExecutionOptions) -> AnswerPolicy:
        stands = self.clock_stands or self.handlers.answers
        chosen, confirm = (options, self.confirm) if self.rules is None else left_to_people(options)
        return policy_for(chosen, self.handlers, attended=self.attended, clock_stands=stands, confirm=confirm)


@contextmanager
def _told_if_interrupted() -> Iterator[list[str]]:
    """Have an interruption say what became of the session (fault row 36); its id belongs into the list."""
    created: list[str] = []
    try:
        yield created
    except (KeyboardInterrupt, asyncio.CancelledError) as interruption:
        known = f"Session {created[0]} was created" if created else "A session may have been created"
        interruption.add_note(f"{known}, but no task was started in it: run it again, nothing is done twice.")
        raise


def _look_up_ahead(options: ClientOptions) -> None:
    """Look the service up for the task's connection, which goes to the same host.

    No more than that: a connection that says nothing until the session is there would count where connections are
    counted, and a service that serves one at a time would wait for it for ever.
    """
    if options.proxy is None and options.transport is None:
        look_up_ahead(*host_and_port(options.base_url))


def start(client: Caller, order: Order, **more: Any) -> Task:
    """Create a session on a sync client and start the task in it; `more` as of `Setup`."""
    from wyseos.mate.services.session import SessionService

    check_plain_handlers(**order.handlers.by_name)
    beginning = order.start()
    loop_of(client)  # no session is created where no task can run
    connecting.begin()  # while the session is created, what its connection needs is loaded
    _look_up_ahead(client.options)
    with _told_if_interrupted() as created:
        created.append(SessionService(client).create(order.session()).session_id)
        return started(client, order.setup(created[0], **more), beginning)


async def start_async(client: AsyncCaller, order: Order, **more: Any) -> AsyncTask:
    """Create a session on an async client and start the task in it; `more` as of `Setup`."""
    beginning = order.start()
    running.begin()
    _look_up_ahead(client.options)
    await services["session"].done()
    from wyseos.mate.services.session import AsyncSessionService

    with _told_if_interrupted() as created:
        created.append((await AsyncSessionService(client).create(order.session())).session_id)
        await running.done()
        return started_async(client, order.setup(created[0], **more), beginning)


async def _warm(client: AsyncCaller) -> None:
    """Load what a task on an event loop needs, in a thread."""
    await client.warm_up()
    await running.done()
    await services["session"].done()


def watching(
    session_id: str,
    after: str | None,
    options: TaskExecutionOptions | None,
    handlers: Handlers,
    confirm: Confirm | None = None,
    rules: Policy | None = None,
) -> Setup:
    """Return how a session that was started elsewhere is watched.

    Without options nothing is answered by itself: the process that started it may be about to. Rules are the user's
    word for it; their mode is not known here.
    """
    check_watching(options, confirm, rules, **handlers.by_name)
    chosen = options or TaskExecutionOptions()
    if rules is not None:
        chosen, confirm = left_to_people(chosen)
    policy = policy_for(chosen, handlers, attended=True, confirm=confirm)
    if options is None:
        policy = (
            WATCHING
            if confirm is None or rules is not None
            else records.evolve(WATCHING, confirmation=policy.confirmation)
        )
    return Setup(session_id=session_id, policy=policy, handlers=handlers, options=chosen, after=after, rules=rules)


def attach(client: Caller, setup: Setup) -> Task:
    """Go on watching a session on a sync client."""
    from wyseos.mate.services.session import SessionService

    check_plain_handlers(**setup.handlers.by_name)
    mode = SessionService(client).get_info(setup.session_id).mode if setup.wants_mode else ""
    return started(client, setup.in_mode(mode), Attach())


async def attach_async(client: AsyncCaller, setup: Setup) -> AsyncTask:
    """Go on watching a session on an async client."""
    await _warm(client)
    from wyseos.mate.services.session import AsyncSessionService

    mode = (await AsyncSessionService(client).get_info(setup.session_id)).mode if setup.wants_mode else ""
    return started_async(client, setup.in_mode(mode), Attach())
