"""What makes calls: settings, credential and connections. Services, pages and tasks know no more of a client.

`Client` and `AsyncClient` are callers with services and tasks on top; nothing below them imports them.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Generic, Protocol, Self, TypeVar, Unpack, cast
from weakref import WeakSet

from wyseos.mate.config import ClientOptions, Settings
from wyseos.mate.errors import ConfigError
from wyseos.mate.rest.auth import Credential
from wyseos.mate.rest.exchange import Exchange
from wyseos.mate.rest.flow import Flow, Send, Step, run, run_async
from wyseos.mate.rest.request import bare_call
from wyseos.mate.rest.response import Response
from wyseos.mate.rest.transport import AsyncTransport, SyncTransport
from wyseos.mate.settings.table import hide_arguments
from wyseos.runtime.call import Call

__all__ = ["AsyncCaller", "Caller", "ClientCore", "this_loop"]

T = TypeVar("T")
Transport = TypeVar("Transport", SyncTransport, AsyncTransport)

# A caller with other values of these needs connections of its own.
_OF_CONNECTIONS = ("base_url", "proxy", "ca_bundle", "ssl_context", "transport", "max_connections", "max_response_size")


class Dependent(Protocol):
    """What ends with the caller that it uses, such as a task."""

    def runs_in(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Tell whether it runs in that loop."""

    async def aclose(self) -> None:
        """End it."""


def this_loop() -> asyncio.AbstractEventLoop:
    """Return the event loop that runs here.

    Raises:
        ConfigError: none of asyncio's does.
    """
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigError(
            "AsyncClient runs on asyncio alone, and none of its loops runs here: under trio, call a Client in "
            "trio.to_thread.run_sync. Nothing was sent."
        ) from None


class ClientCore(Generic[Transport]):
    """What both callers share: settings, credential and connections.

    Args:
        options: the settings.
    """

    _transport_type: type[Transport]

    def __init__(self, options: ClientOptions) -> None:
        self._set_up(options, None, None)

    def _set_up(self, options: ClientOptions, transport: Transport | None, credential: Credential | None) -> None:
        self.options = options
        self._owns_transport = transport is None
        self._transport: Transport = transport or self._transport_type(options)
        self.exchange = Exchange(options, credential or Credential.of(options), time.monotonic, random.random)

    def with_options(self, **changes: Unpack[Settings]) -> Self:
        """Return a client with other settings that shares this one's connections; closing it leaves them open.

        Args:
            changes: settings by name, as of `ClientOptions`.

        Raises:
            ConfigError: a name is unknown, or a value cannot be used.

        Example:
            `client.with_options(timeout=5, max_retries=0).team.get_info("…")`
        """
        changes = cast("Settings", hide_arguments(changes))
        options = self.options.evolve(**changes)
        same_connections = not any(name in changes for name in _OF_CONNECTIONS)
        same_credential = not any(name in changes for name in ("api_key", "jwt_token"))
        other = type(self).__new__(type(self))
        # What a subclass keeps goes along; a service that was used is the other client's own.
        services = {name for kind in type(self).__mro__ for name, held in vars(kind).items() if _is_service(held)}
        other.__dict__.update({name: held for name, held in self.__dict__.items() if name not in services})
        other._set_up(
            options,
            self._transport if same_connections else None,
            self.exchange.credential if same_credential else None,
        )
        return other


def _is_service(held: object) -> bool:
    return isinstance(held, cached_property)


class Caller(ClientCore[SyncTransport]):
    """Makes calls that block until they are done."""

    _transport_type = SyncTransport

    def execute(self, call: Call[T]) -> T:
        """Make a generated call and return its data, read and checked.

        Args:
            call: what a generated module's `call(…)` returns.

        Raises:
            WyseError: it failed, after all tries; see `wyseos.mate.errors`.

        Example:
            `client.execute(get_session.call("…")).status`
        """
        return self.drive(self.exchange.data(call))

    def drive(self, flow: Flow[T]) -> T:
        """Do what a flow yields, until it returns."""
        return run(flow, self._perform)

    def _perform(self, step: Step) -> Response | None:
        if isinstance(step, Send):
            return self._transport.send(step)
        time.sleep(step.seconds)
        return None

    def send(self, call: Call[Any]) -> Response:
        """Make a generated call and return its answer as it came, whatever its status.

        Args:
            call: what a generated module's `call(…)` returns.

        Raises:
            NetworkError: no answer came, after all tries.

        Example:
            `client.send(get_session.call("…")).headers["date"]`
        """
        return self.drive(self.exchange.response(call))

    def request(self, method: str, path: str, *, query: Mapping[str, Any] | None = None, json: Any = None) -> Any:
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
        return self.execute(bare_call(method, path, query, json))

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
        if self._owns_transport:
            self._transport.close()


class AsyncCaller(ClientCore[AsyncTransport]):
    """Makes calls that are awaited. Each event loop gets connections of its own."""

    _transport_type = AsyncTransport

    def _set_up(self, options: ClientOptions, transport: AsyncTransport | None, credential: Credential | None) -> None:
        super()._set_up(options, transport, credential)
        self.dependents: WeakSet[Dependent] = WeakSet()
        """What ends with it."""

    async def warm_up(self) -> None:
        """Load what calls need, in a thread; the first call would do it too."""
        this_loop()
        await self._transport.warmup.done()

    async def execute(self, call: Call[T]) -> T:
        """Make a generated call and return its data, as `Client.execute` does."""
        return await self.drive(self.exchange.data(call))

    async def drive(self, flow: Flow[T]) -> T:
        """Do what a flow yields, until it returns."""
        this_loop()
        return await run_async(flow, self._perform)

    async def _perform(self, step: Step) -> Response | None:
        if isinstance(step, Send):
            return await self._transport.send(step)
        await asyncio.sleep(step.seconds)
        return None

    async def send(self, call: Call[Any]) -> Response:
        """Make a generated call and return its answer as it came, as `Client.send` does."""
        return await self.drive(self.exchange.response(call))

    async def request(self, method: str, path: str, *, query: Mapping[str, Any] | None = None, json: Any = None) -> Any:
        """Call a path that no schema names, as `Client.request` does."""
        return await self.execute(bare_call(method, path, query, json))

    async def aclose(self) -> None:
        """Close the connections of this event loop, and those of the tasks that run in it; twice does nothing."""
        for dependent in list(self.dependents):
            if dependent.runs_in(this_loop()):
                await dependent.aclose()
        if self._owns_transport:
            await self._transport.aclose()
