"""Begins tasks: what `run`, `start` and `attach` of both clients, and the runners, have in common."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from wyseos.generated.api.session import create_session
from wyseos.generated.models import CreateSessionRequest
from wyseos.mate.tasks.async_task import AsyncTask
from wyseos.mate.tasks.handlers import WATCHING, Handlers, policy_for
from wyseos.mate.tasks.io.engine import Engine, address_of, start_of
from wyseos.mate.tasks.io.event_queue import Signal
from wyseos.mate.tasks.io.interfaces import LineSettings
from wyseos.mate.tasks.io.loop_thread import loop_of
from wyseos.mate.tasks.protocol.commands import Attach, Start
from wyseos.mate.tasks.protocol.policy import Policy
from wyseos.mate.tasks.protocol.result import TaskExecutionOptions, TaskMode
from wyseos.mate.tasks.task import Task

if TYPE_CHECKING:
    from wyseos.mate.client import AsyncClient, Client

Attachments = Sequence[dict[str, Any]]


@attrs.frozen(kw_only=True)
class Setup:
    """What a task is made with.

    Args:
        session_id: the session.
        policy: who answers what.
        handlers: the user's functions.
        options: what the result keeps.
        after: the id of the last message that was seen elsewhere.
        settings: how the line is kept; where it is None, the options say so.
        max_message_size: bytes; where it is None, the options say so.
    """

    session_id: str
    policy: Policy
    handlers: Handlers
    options: TaskExecutionOptions
    after: str | None = None
    settings: LineSettings | None = None
    max_message_size: int | None = None

    def engine(self, rest: AsyncClient, arrived: Signal, soon: Callable[[Callable[[], object]], object]) -> Engine:
        """Returns the engine of a task; arguments as of `Engine`."""
        options = self.options
        settings = LineSettings(heartbeat_interval=options.heartbeat_interval, budget=options.memory_budget)
        return Engine(
            rest,
            address_of(rest.options, self.session_id, self.max_message_size or options.max_message_size),
            self.session_id,
            policy=self.policy,
            options=options,
            settings=self.settings or settings,
            arrived=arrived,
            soon=soon,
            after=self.after,
        )


def make_task(client: Client, setup: Setup) -> Task:
    """Returns a task that is not yet begun, on the loop thread of a sync client."""
    thread, arrived = loop_of(client), threading.Event()
    engine = setup.engine(thread.rest, arrived, thread.soon)
    return Task(thread, engine, arrived, setup.handlers, verbose=setup.options.verbose)


def make_async_task(client: AsyncClient, setup: Setup) -> AsyncTask:
    """Returns a task that is not yet begun, on the running loop."""
    arrived = asyncio.Event()
    engine = setup.engine(client, arrived, asyncio.get_running_loop().call_soon)
    return AsyncTask(engine, arrived, setup.handlers, verbose=setup.options.verbose)


@attrs.frozen
class Order:
    """What the user asked for: the arguments of `start` and `run`."""

    task: str
    attachments: Attachments | None = None
    task_mode: TaskMode = TaskMode.Default
    extra: dict[str, Any] | None = None
    options: TaskExecutionOptions | None = None
    handlers: Handlers = attrs.Factory(Handlers)
    attended: bool = True
    policy: Policy | None = None
    """Who answers what; where it is None, options and handlers decide."""

    def session(self) -> Any:
        """Returns the call that creates the session."""
        mode = TaskMode(self.task_mode).value or None
        return create_session.call(body=CreateSessionRequest(task=self.task, mode=mode, extra=self.extra or None))

    def start(self, status: str | None = "created") -> Start:
        """Returns the start of a round in a session of that status."""
        return start_of(self.task, self.attachments, self.extra, status)

    def setup(self, session_id: str, **more: Any) -> Setup:
        """Returns how the task is made in that session."""
        options = self.options or TaskExecutionOptions()
        policy = self.policy or policy_for(options, self.handlers, attended=self.attended)
        return Setup(session_id=session_id, policy=policy, handlers=self.handlers, options=options, **more)


def start(client: Client, order: Order, **more: Any) -> Task:
    """Creates a session on a sync client and starts the task in it; `more` as of `Setup`."""
    beginning = order.start()
    task = make_task(client, order.setup(client._run(order.session()).session_id, **more))
    task._begin(beginning)
    return task


async def start_async(client: AsyncClient, order: Order, **more: Any) -> AsyncTask:
    """Creates a session on an async client and starts the task in it; `more` as of `Setup`."""
    beginning = order.start()
    task = make_async_task(client, order.setup((await client._run(order.session())).session_id, **more))
    task._begin(beginning)
    return task


def watching(session_id: str, after: str | None, options: TaskExecutionOptions | None, handlers: Handlers) -> Setup:
    """Returns how a session that was started elsewhere is watched.

    Without options nothing is answered by itself: the process that started it may be about to.
    """
    policy = WATCHING if options is None else policy_for(options, handlers, attended=True)
    chosen = options or TaskExecutionOptions()
    return Setup(session_id=session_id, policy=policy, handlers=handlers, options=chosen, after=after)


def attach(client: Client, setup: Setup) -> Task:
    """Goes on watching a session on a sync client."""
    task = make_task(client, setup)
    task._begin(Attach())
    return task


async def attach_async(client: AsyncClient, setup: Setup) -> AsyncTask:
    """Goes on watching a session on an async client."""
    task = make_async_task(client, setup)
    task._begin(Attach())
    return task
