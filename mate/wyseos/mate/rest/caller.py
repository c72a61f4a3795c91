"""What makes calls: settings, credential and connections. Services, pages and tasks know no more of a client.

`Client` and `AsyncClient` are callers with services and tasks on top; nothing below them imports them. Making one costs
little: what a call needs is loaded with the first call.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cached_property, partial

from wyseos.mate import rest, settings
from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import ConfigError, WyseError
from wyseos.mate.rest.auth import Credential
from wyseos.mate.settings.table import hide_arguments
from wyseos.runtime import hints as t
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from weakref import WeakSet

__all__ = ["AsyncCaller", "Caller", "ClientCore", "this_loop"]

# A caller with other values of these needs connections of its own.
_OF_CONNECTIONS = ("base_url", "proxy", "ca_bundle", "ssl_context", "transport", "max_connections", "max_response_size")


class Connections:
    """The transport that some clients share, loaded and made with the first call.

    Args:
        make: makes it.
    """

    def __init__(self, make: Callable[[], t.Any]) -> None:
        self._make = make
        self.is_closed = False
        """Whether no call can be made any more."""

    @property
    def made(self) -> t.Any:
        """The transport, None before the first call."""
        return self.__dict__.get("_transport")

    @property
    def transport(self) -> t.Any:
        """The transport. Where two threads make one at the same time, the first wins; the other holds no socket yet."""
        made = self.made
        if made is None:
            if self.is_closed:
                raise WyseError("This client is closed; make a new one.")
            made = self.__dict__.setdefault("_transport", self._make())
        return made


def this_loop() -> AbstractEventLoop:
    """Return the event loop that runs here.

    Raises:
        ConfigError: none of asyncio's does.
    """
    from asyncio import get_running_loop

    try:
        return get_running_loop()
    except RuntimeError:
        raise ConfigError(
            "AsyncClient runs on asyncio alone, and none of its loops runs here: under trio, call a Client in "
            "trio.to_thread.run_sync. Nothing was sent."
        ) from None


class ClientCore:
    """What both callers share: settings, credential and connections.

    Args:
        options: the settings.
    """

    def __init__(self, options: ClientOptions) -> None:
        self._set_up(options, None, None)

    def _set_up(self, options: ClientOptions, connections: Connections | None, credential: Credential | None) -> None:
        self.options = options
        self._owns_connections = connections is None
        self._connections = connections or Connections(partial(self._make_transport, options))
        self._credential = credential or Credential.of(options)

    @staticmethod
    def _make_transport(options: ClientOptions) -> t.Any:
        raise NotImplementedError

    @cached_property
    def exchange(self) -> rest.Exchange:
        """How calls are made."""
        from random import random

        from wyseos.runtime.clock import monotonic

        return rest.Exchange(self.options, self._credential, monotonic, random)

    def with_options(self, **changes: t.Unpack[settings.Settings]) -> t.Self:
        """Return a client with other settings that shares this one's connections; closing it leaves them open.

        Args:
            changes: settings by name, as of `ClientOptions`.

        Raises:
            ConfigError: a name is unknown, or a value cannot be used.

        Example:
            `client.with_options(timeout=5, max_retries=0).team.get_info("…")`
        """
        changes = hide_arguments(changes)
        options = self.options.evolve(**changes)
        same_connections = not any(name in changes for name in _OF_CONNECTIONS)
        same_credential = not any(name in changes for name in ("api_key", "jwt_token"))
        other = type(self).__new__(type(self))
        # What a subclass keeps goes along; a service that was used is the other client's own.
        services = {name for kind in type(self).__mro__ for name, held in vars(kind).items() if _is_service(held)}
        other.__dict__.update({name: held for name, held in self.__dict__.items() if name not in services})
        other._set_up(
            options,
            self._connections if same_connections else None,
            self._credential if same_credential else None,
        )
        return other


def _is_service(held: object) -> bool:
    return isinstance(held, cached_property)


class Caller(ClientCore):
    """Makes calls that block until they are done."""

    @staticmethod
    def _make_transport(options: ClientOptions) -> rest.SyncTransport:
        return rest.SyncTransport(options)

    @property
    def _transport(self) -> rest.SyncTransport:
        transport: rest.SyncTransport = self._connections.transport
        return transport

    def execute(self, call: rest.Call[rest.T]) -> rest.T:
        """Make a generated call and return its data, read and checked.

        Args:
            call: what a generated module's `call(…)` returns.

        Raises:
            WyseError: it failed, after all tries; see `wyseos.mate.errors`.

        Example:
            `client.execute(get_session.call("…")).status`
        """
        return self.drive(self.exchange.data(call))

    def drive(self, flow: rest.Flow[rest.T]) -> rest.T:
        """Do what a flow yields, until it returns."""
        return rest.run(flow, self._perform)

    def _perform(self, step: rest.Step) -> rest.Response | None:
        if isinstance(step, rest.Send):
            return self._transport.send(step)
        time.sleep(step.seconds)
        return None

    def send(self, call: rest.Call[t.Any]) -> rest.Response:
        """Make a generated call and return its answer as it came, whatever its status.

        Args:
            call: what a generated module's `call(…)` returns.

        Raises:
            NetworkError: no answer came, after all tries.

        Example:
            `client.send(get_session.call("…")).headers["date"]`
        """
        return self.drive(self.exchange.response(call))

    def request(self, method: str, path: str, *, query: Mapping[str, t.Any] | None = None, json: t.Any = None) -> t.Any:
        """Call a path that no schema names, with credential, tries and errors as any other call.

        Args:
            method: `GET`, `POST`, …; only `GET` and `HEAD` are tried again after an answer got lost.
            path: the path below the base URL, quoted, beginning with `/`.
            query: query parameters.
            json: what to send as JSON.

        Returns:
            The `data` of the answer's envelope, as decoded JSON.

        Raises:
            ValidationError: the path could lead elsewhere.
            APIError: the service answered with an error.
            NetworkError: no answer came.

        Example:
            `client.request("GET", "/new/thing", query={"page_num": 1})`
        """
        return self.execute(rest.bare_call(method, path, query, json))

    def twin(self) -> AsyncCaller:
        """Return an asynchronous caller of the same settings, with connections of its own.

        A transport of one's own goes along if it is asynchronous too, as `httpx.MockTransport` is.
        """
        return AsyncCaller(self._options_of_twin())

    def _options_of_twin(self) -> ClientOptions:
        goes_along = hasattr(self.options.transport, "handle_async_request")
        return self.options if goes_along else self.options.evolve(transport=None)

    def close(self) -> None:
        """Close the connections; a second time it does nothing."""
        if self._owns_connections:
            self._connections.is_closed = True
            if (transport := self._connections.made) is not None:
                transport.close()


class AsyncCaller(ClientCore):
    """Makes calls that are awaited. Each event loop gets connections of its own."""

    @staticmethod
    def _make_transport(options: ClientOptions) -> rest.AsyncTransport:
        return rest.AsyncTransport(options)

    @property
    def _transport(self) -> rest.AsyncTransport:
        transport: rest.AsyncTransport = self._connections.transport
        return transport

    def _set_up(
        self,
        options: ClientOptions,
        connections: Connections | None,
        credential: Credential | None,
    ) -> None:
        from weakref import WeakSet

        super()._set_up(options, connections, credential)
        self.dependents: WeakSet[rest.Dependent] = WeakSet()
        """What ends with it."""

    @cached_property
    def untried(self) -> AsyncCaller:
        """The same caller, which tries nothing again: all tasks' own, who know themselves when to ask again."""
        return self.with_options(max_retries=0)

    async def warm_up(self) -> None:
        """Load what calls need, in a thread; the first call would do it too."""
        await self._ready()
        await self._transport.warmup.done()

    async def _ready(self) -> rest.Exchange:
        """Return how calls are made; what that needs is loaded beside the loop."""
        this_loop()
        if "exchange" not in self.__dict__:
            from wyseos.mate.rest.warmup import calling

            await calling.done()
        return self.exchange

    async def execute(self, call: rest.Call[rest.T]) -> rest.T:
        """Make a generated call and return its data, as `Client.execute` does."""
        return await self.drive((await self._ready()).data(call))

    async def drive(self, flow: rest.Flow[rest.T]) -> rest.T:
        """Do what a flow yields, until it returns."""
        await self._ready()
        return await rest.run_async(flow, self._perform)

    async def _perform(self, step: rest.Step) -> rest.Response | None:
        if isinstance(step, rest.Send):
            return await self._transport.send(step)
        from asyncio import sleep

        await sleep(step.seconds)
        return None

    async def send(self, call: rest.Call[t.Any]) -> rest.Response:
        """Make a generated call and return its answer as it came, as `Client.send` does."""
        return await self.drive((await self._ready()).response(call))

    async def request(
        self, method: str, path: str, *, query: Mapping[str, t.Any] | None = None, json: t.Any = None
    ) -> t.Any:
        """Call a path that no schema names, as `Client.request` does."""
        await self._ready()
        return await self.execute(rest.bare_call(method, path, query, json))

    async def aclose(self) -> None:
        """Close the connections of this event loop, and those of the tasks that run in it; twice does nothing."""
        for dependent in list(self.dependents):
            if dependent.runs_in(this_loop()):
                await dependent.aclose()
        if self._owns_connections:
            self._connections.is_closed = True
            if (transport := self._connections.made) is not None:
                await transport.aclose()
