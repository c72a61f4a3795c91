"""The documented `WebSocketClient`: a session's live connection, message by message, as plain dicts.

It is the same connection that tasks run on: it lives through cuts, and no message is lost, doubled or out of order.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from wyseos.generated.models import PauseMessage, PingMessage, StopMessage
from wyseos.mate.client import Client
from wyseos.mate.compat.messages import InputType, MessageHelpers, MessageType, PlanType
from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import WebSocketError
from wyseos.mate.settings.table import hide, hide_argument
from wyseos.mate.tasks.io.driver import Driver, milliseconds
from wyseos.mate.tasks.io.engine import address_of
from wyseos.mate.tasks.io.event_queue import Inbox, ThreadSignal
from wyseos.mate.tasks.io.history import History
from wyseos.mate.tasks.io.interfaces import session_settings
from wyseos.mate.tasks.io.loop_thread import close_loop_of, loop_of
from wyseos.mate.tasks.protocol.actions import Done, MachineAction, RoundOver
from wyseos.mate.tasks.protocol.commands import Listen
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.inputs import Broken
from wyseos.mate.tasks.protocol.local_events import Reconnecting
from wyseos.mate.tasks.protocol.session import SessionProtocol
from wyseos.mate.tasks.protocol.settings import SessionSettings
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.runtime.threads import wait_for

if TYPE_CHECKING:
    from wyseos.generated.events import Event
    from wyseos.mate.tasks.protocol.commands import Command
    from wyseos.mate.tasks.protocol.inputs import Input

__all__ = ["InputType", "MessageType", "PlanType", "WebSocketClient"]


class SharedConnection(Protocol):
    """A connection that is in use: the client's own, or that of a task that runs on it."""

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent now."""

    def send(self, message: dict[str, Any]) -> bool:
        """Send a message."""


class _Listener:
    """A machine that only listens: it answers nothing, and ends when the connection is broken."""

    deadline: float | None = None
    is_connected = is_ending = has_limit = False

    def due(self, now: float) -> bool:
        return False

    def receive(self, event: Event | Command | Input, now: float) -> Sequence[MachineAction]:
        if isinstance(event, Broken):
            return [Done(state=TaskState.FAILED, error=event.error), RoundOver()]
        return ()

    def replay(
        self, events: Iterable[Event], now: float, predecessors: Mapping[int, Event] | None = None
    ) -> Sequence[MachineAction]:
        return ()


class WebSocketClient(MessageHelpers):
    """A session's live connection.

    Args:
        base_url: where the service is, `http://` or `https://`.
        api_key: the API key.
        session_id: the session; may also be given to `connect`.
        jwt_token: a JWT, sent instead of the key where both are given.
        heartbeat_interval: seconds; the service is pinged at least this often. A dead connection is noticed within 25 s
            however large this is.
        max_message_size: bytes of the largest message.
        options: all other settings, instead of the first three arguments.

    Handlers are called in a thread of their own, one message at a time, and may block.

    Raises:
        ConfigError: a setting cannot be used.
    """

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = "",
        session_id: str = "",
        jwt_token: str | None = "",
        heartbeat_interval: float = 30,
        max_message_size: int = 64 * 2**20,
        *,
        options: ClientOptions | None = None,
    ) -> None:
        # First of all: no traceback shows them, nor a key that was given in the address's place.
        api_key, jwt_token, base_url = hide(api_key or None), hide(jwt_token or None), hide_argument(base_url or None)
        self.options = options or ClientOptions(api_key, jwt_token, base_url)
        told = {"base_url": base_url, "api_key": api_key, "jwt_token": jwt_token}
        self._given: dict[str, Any] | None = None if options else {name: value for name, value in told.items() if value}
        self.session_id = session_id
        self.heartbeat_interval = heartbeat_interval
        self.max_message_size = max_message_size
        self._on_message: Callable[[dict[str, Any]], Any] | None = None
        self._on_connect: Callable[[], Any] | None = None
        self._on_disconnect: Callable[[], Any] | None = None
        self._on_error: Callable[[WebSocketError], Any] | None = None
        self._connection: SharedConnection | None = None
        self._lock = threading.Lock()

    @property
    def base_url(self) -> str:
        """Where the service is."""
        return self.options.base_url

    @property
    def api_key(self) -> str:
        """The API key as plain text, empty if there is none."""
        return self.options.api_key or ""

    @property
    def jwt_token(self) -> str:
        """The JWT as plain text, empty if there is none."""
        return self.options.jwt_token or ""

    # ---- handlers

    def set_message_handler(self, handler: Callable[[dict[str, Any]], Any] | None) -> None:
        """Set what is called with each message of the service, but for ping and pong."""
        self._on_message = handler

    def set_connect_handler(self, handler: Callable[[], Any] | None) -> None:
        """Set what is called once the connection is open."""
        self._on_connect = handler

    def set_disconnect_handler(self, handler: Callable[[], Any] | None) -> None:
        """Set what is called once the connection is closed for good; cuts that are mended are not told."""
        self._on_disconnect = handler

    def set_error_handler(self, handler: Callable[[WebSocketError], Any] | None) -> None:
        """Set what is called with the error where the connection breaks for good."""
        self._on_error = handler

    # ---- the connection

    @property
    def connected(self) -> bool:
        """Whether the connection is open now; between a cut and its mending it is not."""
        return self._connection is not None and self._connection.is_open

    def connect(self, session_id: str | None = None) -> None:
        """Open the connection, and wait until it is open; do nothing where it is.

        Args:
            session_id: the session, where it was not given before.

        Raises:
            ValidationError: no session is given, or its id can't stand in a URL.
            WebSocketError: the connection can't be opened; the error tells why. The error handler is called as well.
        """
        self.session_id = session_id or self.session_id
        with self._lock:
            if self._connection is not None:
                return
            connection = OwnConnection(self)
            self._connection = connection
        try:
            connection.open()
        except BaseException as error:  # also what a token function or a connect handler raises
            self.disconnect()
            if isinstance(error, WebSocketError) and self._on_error is not None:
                self._on_error(error)
            raise

    def disconnect(self) -> None:
        """Close the connection; a second time it does nothing. The session goes on."""
        with self._lock:
            connection, self._connection = self._connection, None
        if isinstance(connection, OwnConnection):
            connection.close()

    def send_message(self, message: dict[str, Any]) -> None:
        """Send a message as it is.

        Raises:
            WebSocketError: the connection is not open.
        """
        connection = self._connection
        if connection is None or not connection.send(message):
            raise WebSocketError("the connection is not open: the message was not sent", session_id=self.session_id)

    def send_ping(self) -> None:
        """Ask the service for a sign of life; raises as `send_message` does."""
        self.send_message(PingMessage(timestamp=time.time_ns() // 1_000_000).to_dict())

    def send_stop(self, reason: str | None = None) -> None:
        """Stop the session's round; raises as `send_message` does."""
        self.send_message(StopMessage(reason=reason).to_dict())

    def send_pause(self, reason: str | None = None) -> None:
        """Pause the session's round; raises as `send_message` does."""
        self.send_message(PauseMessage(reason=reason).to_dict())

    def settings(self, budget: int = 64 * 2**20) -> SessionSettings:
        """Return how a connection of this client is kept; `budget` as of `TaskExecutionOptions.memory_budget`."""
        return session_settings(heartbeat_interval=self.heartbeat_interval, budget=budget)

    def settings_beside(self, client: ClientOptions) -> ClientOptions:
        """Return how a task of a client is connected: as was told here, and as the client is where nothing was."""
        if self._given is None:
            return self.options
        given = dict(self._given)
        if given.keys() & {"api_key", "jwt_token"}:
            given = {"api_key": None, "jwt_token": None} | given  # one credential replaces both
        return client.evolve(**given)

    @contextmanager
    def lent_to(self, connection: SharedConnection) -> Iterator[None]:
        """Lend this client to a task: what is sent goes over the task's connection, its messages to the handler."""
        self.disconnect()
        self._connection = connection
        self.tell_connected()
        try:
            yield
        finally:
            self._connection = None
            self.tell_disconnected()

    def tell(self, message: dict[str, Any]) -> None:
        """Call the message handler."""
        if self._on_message is not None:
            self._on_message(message)

    @property
    def listens(self) -> bool:
        """Whether there is a message handler."""
        return self._on_message is not None

    def tell_connected(self) -> None:
        """Call the connect handler."""
        if self._on_connect is not None:
            self._on_connect()

    def tell_disconnected(self, error: WebSocketError | None = None) -> None:
        """Call the error handler where there is an error, and the disconnect handler."""
        if error is not None and self._on_error is not None:
            self._on_error(error)
        if self._on_disconnect is not None:
            self._on_disconnect()


class OwnConnection:
    """The connection of a `WebSocketClient` that is used by itself, and the thread that calls its handlers."""

    def __init__(self, owner: WebSocketClient) -> None:
        self._owner = owner
        self._address = address_of(owner.options, owner.session_id, owner.max_message_size)
        self._client = Client(owner.options)
        self._thread = loop_of(self._client)
        self._arrived = ThreadSignal()
        self._inbox = Inbox(owner.settings().budget, self._arrived, lambda: self._thread.soon(self._drained))
        self._driver: Driver | None = None
        self._future: Future[Done] | None = None
        self._dispatcher = threading.Thread(target=self._dispatch, name="wyseos-handlers", daemon=True)

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent now."""
        return self._driver is not None and self._driver.is_open

    def open(self) -> None:
        """Wait until the connection is open.

        Raises:
            WebSocketError: it can't be opened.
        """
        self._driver = self._thread.call(self._make_driver)
        self._future = self._thread.submit(self._run(self._driver))
        self._thread.run(self._driver.wait_open())
        if self._future.done() or not self.is_open:
            raise self._error(self._future.result())
        self._owner.tell_connected()
        self._dispatcher.start()

    def send(self, message: dict[str, Any]) -> bool:
        """Send a message, and return False where the connection is not open."""
        return self._driver is not None and self._thread.call(self._driver.send, message)

    def close(self) -> None:
        """End the connection and its threads."""
        if self._future is not None:
            self._future.cancel()
        self._client.close()
        close_loop_of(self._client)
        self._inbox.close()
        if self._dispatcher.is_alive() and threading.current_thread() is not self._dispatcher:
            self._dispatcher.join()

    def _make_driver(self) -> Driver:
        history = History(self._thread.rest, self._owner.session_id)
        protocol = SessionProtocol(_Listener(), Delivery(), self._owner.settings(), milliseconds)
        return Driver(self._address, history, protocol, self._inbox)

    async def _run(self, driver: Driver) -> Done:
        try:
            return await driver.run(Listen(), is_old=True)
        finally:
            self._inbox.close()

    def _drained(self) -> None:
        if self._driver is not None:
            self._driver.drained()

    def _dispatch(self) -> None:
        """Call the handlers. What one of them raises ends the connection and is told as any thread's exception is."""
        over, error = False, None
        try:
            while not over:
                items, over = self._inbox.poll()
                for item in items:
                    if not isinstance(item, Reconnecting):
                        self._owner.tell(item.to_dict())
                if not items and not over:
                    self._arrived.wait()
            error = self._why_broken()
        finally:
            self._owner.disconnect()
            self._owner.tell_disconnected(error)

    def _why_broken(self) -> WebSocketError | None:
        """Return why the connection ended, None where it was closed by us."""
        if self._future is None:
            return None
        try:
            return self._error(wait_for(self._future))
        except CancelledError:
            return None

    def _error(self, done: Done) -> WebSocketError:
        return WebSocketError(done.error or "the connection is broken", session_id=self._owner.session_id)
