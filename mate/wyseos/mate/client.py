"""The clients: `Client` blocks, `AsyncClient` is awaited; all else is the same.

with Client(api_key="…") as client:
    print(client.session.get_info("…").status)

async with AsyncClient(api_key="…") as client:
    print((await client.session.get_info("…")).status)
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, Self, Unpack, cast

from wyseos.mate.config import ClientOptions, Settings, assemble
from wyseos.mate.errors import ConfigError
from wyseos.mate.rest.caller import ClientCore, Transport
from wyseos.mate.rest.request import Request
from wyseos.mate.rest.response import Response
from wyseos.mate.rest.transport import AsyncTransport, SyncTransport
from wyseos.mate.rest.warmup import Warmup
from wyseos.mate.settings.table import hide, hide_arguments
from wyseos.mate.tasks.client_methods import StartsAsyncTasks, StartsTasks

if TYPE_CHECKING:
    from wyseos.mate.services.agent import AgentService, AsyncAgentService
    from wyseos.mate.services.browser import AsyncBrowserService, BrowserService
    from wyseos.mate.services.file_upload import AsyncFileUploadService, FileUploadService
    from wyseos.mate.services.marketing import AsyncMarketingService, MarketingService
    from wyseos.mate.services.product import AsyncProductService, ProductService
    from wyseos.mate.services.session import AsyncSessionService, SessionService
    from wyseos.mate.services.team import AsyncTeamService, TeamService
    from wyseos.mate.services.user import AsyncUserService, UserService

__all__ = ["AsyncClient", "Client", "Request", "Response"]


_SERVICES = {
    "agent": "AgentService",
    "browser": "BrowserService",
    "file_upload": "FileUploadService",
    "marketing": "MarketingService",
    "product": "ProductService",
    "session": "SessionService",
    "team": "TeamService",
    "user": "UserService",
}


def _add_services(client: type, prefix: str = "") -> None:
    """Give a client its services, each loaded when it is first used: most programs need one or two of them.

    They are no annotations of the class, which whoever looks at its types would have to load.
    """
    for home, kind in _SERVICES.items():
        service = cached_property(partial(_made, home, prefix + kind))
        service.__set_name__(client, home)
        setattr(client, home, service)


def _made(home: str, kind: str, client: object) -> Any:
    return getattr(import_module(f"wyseos.mate.services.{home}"), kind)(client)


def _load() -> None:
    for home in _SERVICES:
        import_module(f"wyseos.mate.services.{home}")
    import_module("wyseos.mate.tasks.launch").load()


_everything = Warmup(_load)
"""All that the methods of a client load; `async with` loads it, so that nothing is loaded on the loop later."""


class _ClientMethods(ClientCore[Transport]):
    """What both clients share: how they are made and shown."""

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


class Client(StartsTasks, _ClientMethods[SyncTransport]):
    """A client of the service whose calls block until they are done.

    Threads may share it; it goes on working in the child after a fork. Close it, or use it in a `with` block.

    Services:
        agent: the agents that a team is made of.
        browser: the browsers of a session, and their pages.
        file_upload: files for tasks and products.
        marketing: a product's report, and research tweets.
        product: products, analysed on the service.
        session: sessions, their messages and files.
        team: the teams that work on tasks.
        user: the API keys, and what calls cost.
    """

    if TYPE_CHECKING:
        agent: AgentService
        browser: BrowserService
        file_upload: FileUploadService
        marketing: MarketingService
        product: ProductService
        session: SessionService
        team: TeamService
        user: UserService

    def twin(self) -> AsyncClient:
        """Return an asynchronous client of the same settings, with connections of its own.

        A transport of one's own goes along if it is asynchronous too, as `httpx.MockTransport` is.
        """
        return AsyncClient(self._options_of_twin())

    def close(self) -> None:
        """Close the connections and end the tasks that still run here; a second time it does nothing."""
        from wyseos.mate.tasks.io.loop_thread import close_loop_of

        close_loop_of(self)
        super().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    if not TYPE_CHECKING:  # a type checker says it in words of its own

        async def __aenter__(self) -> None:
            raise TypeError("a Client is entered with `with`; for `async with` use AsyncClient")

        __aexit__ = __aenter__


class AsyncClient(StartsAsyncTasks, _ClientMethods[AsyncTransport]):
    """A client of the service whose calls are awaited; the same services, the same settings.

    Each event loop gets connections of its own. Close it with `aclose`, or use it in an `async with` block, which also
    loads all that its methods need, beside the loop.

    Services:
        agent: the agents that a team is made of.
        browser: the browsers of a session, and their pages.
        file_upload: files for tasks and products.
        marketing: a product's report, and research tweets.
        product: products, analysed on the service.
        session: sessions, their messages and files.
        team: the teams that work on tasks.
        user: the API keys, and what calls cost.
    """

    if TYPE_CHECKING:
        agent: AsyncAgentService
        browser: AsyncBrowserService
        file_upload: AsyncFileUploadService
        marketing: AsyncMarketingService
        product: AsyncProductService
        session: AsyncSessionService
        team: AsyncTeamService
        user: AsyncUserService

    async def close(self) -> None:
        """Close it, as `aclose` does."""
        await self.aclose()

    async def __aenter__(self) -> Self:
        await _everything.done()
        with suppress(ConfigError):  # told by the call that needs it
            await self.warm_up()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    if not TYPE_CHECKING:

        def __enter__(self) -> None:
            raise TypeError("an AsyncClient is entered with `async with`; for `with` use Client")

        __exit__ = __enter__


_add_services(Client)
_add_services(AsyncClient, "Async")
