"""The clients: `Client` blocks, `AsyncClient` is awaited; all else is the same.

with Client(api_key="…") as client:
    print(client.session.get_info("…").status)

async with AsyncClient(api_key="…") as client:
    print((await client.session.get_info("…")).status)
"""

from __future__ import annotations

import sys
from functools import cached_property

from wyseos.mate import rest, settings
from wyseos.mate.batch.client_methods import RunsAsyncBatches, RunsBatches
from wyseos.mate.config import ClientOptions, assemble
from wyseos.mate.errors import ConfigError
from wyseos.mate.late import LateService, loop_runs
from wyseos.mate.rest.caller import ClientCore
from wyseos.mate.service_names import SERVICES, is_ready, load_blocking, load_whole
from wyseos.mate.settings.table import hide, hide_arguments
from wyseos.runtime import hints as t
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from wyseos.mate.rest.request import Request as Request
    from wyseos.mate.rest.response import Response as Response
    from wyseos.mate.services.agent import AgentService, AsyncAgentService
    from wyseos.mate.services.browser import AsyncBrowserService, BrowserService
    from wyseos.mate.services.file_upload import AsyncFileUploadService, FileUploadService
    from wyseos.mate.services.marketing import AsyncMarketingService, MarketingService
    from wyseos.mate.services.product import AsyncProductService, ProductService
    from wyseos.mate.services.session import AsyncSessionService, SessionService
    from wyseos.mate.services.team import AsyncTeamService, TeamService
    from wyseos.mate.services.user import AsyncUserService, UserService

__all__ = ["AsyncClient", "Client", "Request", "Response"]


def __getattr__(name: str) -> t.Any:
    """Give the classes that hooks see, which the first call loads."""
    if name in ("Request", "Response"):
        return getattr(rest, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Service(cached_property["t.Any"]):
    """An attribute that loads a service when it is first used: most programs need one or two of them.

    Where that would hold a running event loop, the attribute is something light, whose methods load it in a thread. On
    the class it is the service's class, so that `create_autospec(Client)` knows what a service can do. It is no
    annotation of the class, which whoever looks at its types would have to load.
    """

    def __init__(self, home: str, name: str, *, is_awaited: bool) -> None:
        self._home, self._name = home, name
        self._is_awaited = is_awaited
        super().__init__(lambda client: self._load()(client))

    def _load(self) -> t.Any:
        load = load_whole if self._is_awaited else load_blocking
        return getattr(load(self._home), self._name)

    def __get__(self, instance: object, owner: type[t.Any] | None = None) -> t.Any:
        if instance is None:
            return self._load()
        service = super().__get__
        if self._is_awaited and not is_ready(self._home) and loop_runs():
            return LateService(str(self.attrname), lambda: service(instance, owner))
        return service(instance, owner)


def _add_services(client: type, *, is_awaited: bool) -> None:
    """Give a client its services."""
    for home, kind in SERVICES.items():
        service = _Service(home, f"Async{kind}" if is_awaited else kind, is_awaited=is_awaited)
        service.__set_name__(client, home)
        setattr(client, home, service)


class _ClientMethods(ClientCore):
    """What both clients share: how they are made and shown."""

    def __init__(self, options: ClientOptions | None = None, **overrides: t.Unpack[settings.Settings]) -> None:
        """Make a client.

        Args:
            options: its settings; None for those of the environment and of `mate.yaml`.
            overrides: settings that win over those, by name: `Client(timeout=60)`.

        Raises:
            ConfigError: a setting cannot be used.
        """
        # First of all, so that no traceback with locals shows a key: it may well be given in the wrong place.
        kind = type(options).__name__
        options, overrides = hide(options), hide_arguments(overrides)
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

    def __reduce__(self) -> t.NoReturn:
        raise TypeError(
            f"{type(self).__name__} is not pickled: it holds connections and a key. Make it anew in the other process, "
            "from the same settings."
        )

    def __copy__(self) -> t.Self:
        return self.with_options()

    def __deepcopy__(self, memo: object) -> t.Self:
        return self.with_options()

    def __repr__(self) -> str:
        options = self.__dict__.get("options", "not made yet")
        return f"{type(self).__name__}({options!r})"


class Client(RunsBatches, _ClientMethods):
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
        # Without it no task was started: it would be loaded for nothing.
        if tasks := sys.modules.get("wyseos.mate.tasks.io.loop_thread"):
            tasks.close_loop_of(self)
        super().close()

    def __enter__(self) -> t.Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    if not TYPE_CHECKING:  # a type checker says it in words of its own

        async def __aenter__(self) -> None:
            raise TypeError("a Client is entered with `with`; for `async with` use AsyncClient")

        __aexit__ = __aenter__


class AsyncClient(RunsAsyncBatches, _ClientMethods):
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

    async def __aenter__(self) -> t.Self:
        from contextlib import suppress

        from wyseos.mate.loading import everything

        await everything.done()
        with suppress(ConfigError):  # told by the call that needs it
            await self.warm_up()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    if not TYPE_CHECKING:

        def __enter__(self) -> None:
            raise TypeError("an AsyncClient is entered with `async with`; for `with` use Client")

        __exit__ = __enter__


_add_services(Client, is_awaited=False)
_add_services(AsyncClient, is_awaited=True)
