"""The clients: `Client` blocks, `AsyncClient` is awaited; all else is the same.

with Client(api_key="…") as client:
    print(client.session.get_info("…").status)

async with AsyncClient(api_key="…") as client:
    print((await client.session.get_info("…")).status)
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeVar, Unpack, cast
from weakref import WeakSet

from wyseos.mate.config import ClientOptions, Settings, assemble
from wyseos.mate.errors import ConfigError
from wyseos.mate.rest.auth import Credential
from wyseos.mate.rest.exchange import Exchange
from wyseos.mate.rest.flow import Flow, Send, Step, run, run_async
from wyseos.mate.rest.request import Request, bare_call
from wyseos.mate.rest.response import Response
from wyseos.mate.rest.transport import AsyncTransport, SyncTransport
from wyseos.mate.settings.table import hide, hide_arguments
from wyseos.mate.tasks.client_methods import StartsAsyncTasks, StartsTasks
from wyseos.runtime.call import Call

if TYPE_CHECKING:
    from wyseos.mate.services.agent import AgentService, AsyncAgentService
    from wyseos.mate.services.browser import AsyncBrowserService, BrowserService
    from wyseos.mate.services.file_upload import AsyncFileUploadService, FileUploadService
    from wyseos.mate.services.marketing import AsyncMarketingService, MarketingService
    from wyseos.mate.services.product import AsyncProductService, ProductService
    from wyseos.mate.services.session import AsyncSessionService, SessionService
    from wyseos.mate.services.team import AsyncTeamService, TeamService
    from wyseos.mate.services.user import AsyncUserService, UserService
    from wyseos.mate.tasks.async_task import AsyncTask

__all__ = ["AsyncClient", "Client", "Request", "Response"]

T = TypeVar("T")
Transport = TypeVar("Transport", SyncTransport, AsyncTransport)

# A client with other values of these needs connections of its own.
_OF_CONNECTIONS = ("base_url", "proxy", "ca_bundle", "ssl_context", "transport", "max_connections", "max_response_size")


def _service(home: str, name: str) -> Any:
    """Make an attribute that loads a service when it is first used: most programs need one or two of them."""

    def make(client: object) -> Any:
        return getattr(import_module(f"wyseos.mate.services.{home}"), name)(client)

    return cached_property(make)


def _is_service(held: object) -> bool:
    return isinstance(held, cached_property)


class _Face(Generic[Transport]):
    """What both clients share: settings, and how a call is made."""

    _transport_type: type[Transport]

    def __init__(self, options: ClientOptions | None = None, **overrides: Unpack[Settings]) -> None:
        """Make a client.

        Args:
            options: its settings; None for those of the environment and of `mate.yaml`.
            overrides: settings that win over those, by name: `Client(timeout=60)`.

        Raises:
            ConfigError: a setting cannot be used.
        """
        # First of all, so that no traceback with locals shows a key: it may well be given in the wrong place.
        kind = type(options).__name__
        options, overrides = hide(options), cast("Settings", hide_arguments(overrides))
        if not isinstance(options, ClientOptions | None):
            remedy = "write Client(api_key=…)" if kind in ("str", "Secret") else "see load_config(path)"
            raise ConfigError(f"options must be ClientOptions, not {kind}: {remedy}.", field="options")
        self._set_up(assemble(overrides) if options is None else options.evolve(**overrides), None, None)

    def _set_up(self, options: ClientOptions, transport: Transport | None, credential: Credential | None) -> None:
        self.options = options
        self._owns_transport = transport is None
        self._transport: Transport = transport or self._transport_type(options)
        self._exchange = Exchange(
            options,
            credential or Credential(options._values["api_key"], options._values["jwt_token"]),
            clock=time.monotonic,
            draw=random.random,
        )

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
            self._exchange.credential if same_credential else None,
        )
        return other

    @property
    def base_url(self) -> str:
        """Where the service is."""
        return self.options.base_url

    @property
    def api_key(self) -> str | None:
        """The API key as plain text, None if there is none."""
        return self.options.api_key

    @property
    def jwt_token(self) -> str | None:
        """The JWT as plain text, None if there is none."""
        return self.options.jwt_token

    @property
    def timeout(self) -> float:
        """Seconds that one try may stand still."""
        return self.options.timeout

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} is not pickled: it holds connections and a key. Make it anew in the other process, "
            "from the same settings."
        )

    def __copy__(self) -> Self:
        return self.with_options()

    def __deepcopy__(self, memo: object) -> Self:
        return self.with_options()

    def __repr__(self) -> str:
        options = self.__dict__.get("options", "not made yet")
        return f"{type(self).__name__}({options!r})"


class Client(StartsTasks, _Face[SyncTransport]):
    """A client of the service whose calls block until they are done.

    Threads may share it; it goes on working in the child after a fork. Close it, or use it in a `with` block.
    """

    _transport_type = SyncTransport

    agent: AgentService = _service("agent", "AgentService")
    browser: BrowserService = _service("browser", "BrowserService")
    file_upload: FileUploadService = _service("file_upload", "FileUploadService")
    marketing: MarketingService = _service("marketing", "MarketingService")
    product: ProductService = _service("product", "ProductService")
    session: SessionService = _service("session", "SessionService")
    team: TeamService = _service("team", "TeamService")
    user: UserService = _service("user", "UserService")

    def _run(self, call: Call[T]) -> T:
        return self._drive(self._exchange.data(call))

    def _drive(self, flow: Flow[T]) -> T:
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
        return self._drive(self._exchange.response(call))

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
        return self._run(bare_call(method, path, query, json))

    def twin(self) -> AsyncClient:
        """Return an asynchronous client of the same settings, with connections of its own.

        A transport of one's own goes along if it is asynchronous too, as `httpx.MockTransport` is.
        """
        goes_along = hasattr(self.options.transport, "handle_async_request")
        return AsyncClient(self.options if goes_along else self.options.evolve(transport=None))

    def close(self) -> None:
        """Close the connections and end the tasks that still run here; a second time it does nothing."""
        from wyseos.mate.tasks.io.loop_thread import close_loop_of

        close_loop_of(self)
        if self._owns_transport:
            self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    if not TYPE_CHECKING:  # a type checker says it in words of its own

        async def __aenter__(self) -> None:
            raise TypeError("a Client is entered with `with`; for `async with` use AsyncClient")

        __aexit__ = __aenter__


class AsyncClient(StartsAsyncTasks, _Face[AsyncTransport]):
    """A client of the service whose calls are awaited; the same services, the same settings.

    Each event loop gets connections of its own. Close it with `aclose`, or use it in an `async with` block.
    """

    _transport_type = AsyncTransport

    agent: AsyncAgentService = _service("agent", "AsyncAgentService")
    browser: AsyncBrowserService = _service("browser", "AsyncBrowserService")
    file_upload: AsyncFileUploadService = _service("file_upload", "AsyncFileUploadService")
    marketing: AsyncMarketingService = _service("marketing", "AsyncMarketingService")
    product: AsyncProductService = _service("product", "AsyncProductService")
    session: AsyncSessionService = _service("session", "AsyncSessionService")
    team: AsyncTeamService = _service("team", "AsyncTeamService")
    user: AsyncUserService = _service("user", "AsyncUserService")

    def _set_up(self, options: ClientOptions, transport: AsyncTransport | None, credential: Credential | None) -> None:
        super()._set_up(options, transport, credential)
        self._tasks: WeakSet[AsyncTask] = WeakSet()

    async def _run(self, call: Call[T]) -> T:
        return await self._drive(self._exchange.data(call))

    async def _drive(self, flow: Flow[T]) -> T:
        return await run_async(flow, self._perform)

    async def _perform(self, step: Step) -> Response | None:
        if isinstance(step, Send):
            return await self._transport.send(step)
        await asyncio.sleep(step.seconds)
        return None

    async def send(self, call: Call[Any]) -> Response:
        """Make a generated call and return its answer as it came, as `Client.send` does."""
        return await self._drive(self._exchange.response(call))

    async def request(self, method: str, path: str, *, query: Mapping[str, Any] | None = None, json: Any = None) -> Any:
        """Call a path that no schema names, as `Client.request` does."""
        return await self._run(bare_call(method, path, query, json))

    async def aclose(self) -> None:
        """Close the connections of this event loop, and those of the tasks that run in it; twice does nothing."""
        for task in list(self._tasks):
            if task.runs_in(asyncio.get_running_loop()):
                await task.aclose()
        if self._owns_transport:
            await self._transport.aclose()

    async def close(self) -> None:
        """Close it, as `aclose` does."""
        await self.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    if not TYPE_CHECKING:

        def __enter__(self) -> None:
            raise TypeError("an AsyncClient is entered with `async with`; for `with` use Client")

        __exit__ = __enter__
