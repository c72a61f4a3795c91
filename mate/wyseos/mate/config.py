"""Settings of a client: argument over environment over `mate.yaml` over default.

Each setting that a file can hold has an environment variable too: `WYSEOS_` and its name in capitals. `mate.yaml` holds
them at the top level or below `mate:`, and more sets of them below `profiles:`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypedDict, Unpack

from wyseos.mate.errors import ConfigError
from wyseos.mate.settings.file import check_names, read_file
from wyseos.mate.settings.secret import Secret
from wyseos.mate.settings.table import FILE_SETTINGS, SETTINGS, hide, hide_secrets, resolve, show, variable
from wyseos.mate.settings.urls import is_clear_text, system_proxy

if TYPE_CHECKING:
    import ssl

__all__ = ["ClientOptions", "Settings", "find_config", "load_config"]

FILE_NAME = "mate.yaml"

# Calls that may wait on each other's tries need more time than one try: four times the timeout, unless told.
_DEADLINE_IN_TIMEOUTS = 4


Hook: TypeAlias = Callable[[Any], None]


class Settings(TypedDict, total=False):
    """All settings by name, as `Client(…)`, `with_options(…)` and `evolve(…)` take them; see `ClientOptions`."""

    api_key: str | None
    jwt_token: str | Callable[[], str] | None
    base_url: str | None
    timeout: float | None
    deadline: float | None
    max_retries: int | None
    proxy: str | None
    ca_bundle: str | os.PathLike[str] | None
    allow_insecure: bool | None
    strict: bool | None
    max_response_size: int | None
    headers: Mapping[str, str] | None
    query: Mapping[str, Any] | None
    before_request: Hook | Sequence[Hook] | None
    after_response: Hook | Sequence[Hook] | None
    transport: Any


class ClientOptions:
    """The settings of a client; they do not change after they are made.

    What is None here comes from the environment (`WYSEOS_API_KEY`, `WYSEOS_TIMEOUT`, …), else from the default.
    Whoever gives one credential here gets none from the environment.

    Args:
        api_key: the API key; sent as `x-api-key`.
        jwt_token: a JWT, or a function that returns one; the function is asked again once after a 401. Sent as
            `Authorization`, and instead of the API key if both are set.
        base_url: where the service is: `http://` or `https://`; default `https://api.wyseos.com`.
        timeout: seconds that one try may stand still, 1 to 300; default 30.
        deadline: seconds that one call may take, all tries and waits together; default four times `timeout`.
        max_retries: tries after the first, 0 to 20; default 2.
        proxy: `http://` or `https://` address of a proxy, for REST and WebSocket.
        ca_bundle: path of a PEM file with the certificates to trust instead of the usual ones.
        allow_insecure: allow `http://` to other machines, which shows the key to everybody on the way.
        strict: raise an error where an answer departs from its schema, instead of forgiving it.
        max_response_size: the most bytes of an answer, unpacked; default 128 MiB.
        headers: headers to send with each request.
        query: query parameters to send with each request.
        before_request: function or functions called with each `Request` before it is sent; may change its headers.
        after_response: function or functions called with each `Response`, also those that become errors.
        transport: an httpx transport (for AsyncClient: an asynchronous one) to send through.

    Raises:
        ConfigError: a setting cannot be used; names it, and says what to write instead.

    Example:
        `Client(ClientOptions(api_key="…", timeout=60))`
    """

    base_url: str
    timeout: float
    max_retries: int
    ca_bundle: str | None
    allow_insecure: bool
    strict: bool
    max_response_size: int
    headers: Mapping[str, str]
    query: Mapping[str, str]
    before_request: Sequence[Hook]
    after_response: Sequence[Hook]
    transport: Any
    _values: dict[str, Any]
    _origins: dict[str, str]

    def __init__(
        self,
        api_key: str | Secret | None = None,
        jwt_token: str | Secret | Callable[[], str] | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        *,
        deadline: float | None = None,
        max_retries: int | None = None,
        proxy: str | Secret | None = None,
        ca_bundle: str | os.PathLike[str] | None = None,
        allow_insecure: bool | None = None,
        strict: bool | None = None,
        max_response_size: int | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        before_request: Hook | Sequence[Hook] | None = None,
        after_response: Hook | Sequence[Hook] | None = None,
        transport: Any = None,
    ) -> None:
        # First of all, so that no traceback with locals shows them.
        api_key, jwt_token, proxy = hide(api_key), hide(jwt_token), hide(proxy)
        given = {name: value for name, value in locals().items() if name in SETTINGS}
        self._fill([("argument", given), ("environment", _environment())])

    def _fill(self, sources: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        self.__dict__.update(_values={}, _origins={})  # a traceback may print what is only half made
        values, origins = resolve(sources)
        _refuse_clear_text(values)
        # Secrets stay wrapped here; the properties below unwrap them.
        self.__dict__.update(values, _values=values, _origins=origins)

    @classmethod
    def _from(cls, sources: Sequence[tuple[str, Mapping[str, Any]]]) -> ClientOptions:
        options = cls.__new__(cls)
        options._fill(sources)
        return options

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"Settings do not change: make new ones with options.evolve({name}=…).")

    @property
    def api_key(self) -> str | None:
        """The API key as plain text, None if there is none."""
        key: Secret | None = self._values["api_key"]
        return key.reveal() if key else None

    @property
    def jwt_token(self) -> str | None:
        """The JWT as plain text, None if there is none; asks the function if one was given."""
        token = self._values["jwt_token"]
        return token() if callable(token) else token.reveal() if token else None

    @property
    def proxy(self) -> str | None:
        """The proxy's address, None if there is none; where none is set, `HTTPS_PROXY` and its like are looked at."""
        address: Secret | None = self._values["proxy"]
        if address is None:
            found = {"proxy": hide(system_proxy(self.base_url, os.environ))}
            address = resolve([("HTTPS_PROXY and its like", found)])[0]["proxy"]
        return address.reveal() if address else None

    @property
    def deadline(self) -> float:
        """Seconds that one call may take, all tries and waits together."""
        deadline: float | None = self._values["deadline"]
        return deadline if deadline is not None else self.timeout * _DEADLINE_IN_TIMEOUTS

    def evolve(self, **changes: Unpack[Settings]) -> ClientOptions:
        """Return new settings with some changed; all others keep their value and source.

        Raises:
            ConfigError: a name is unknown, or a value cannot be used.
        """
        check_names(changes, "argument", tuple(SETTINGS))
        given = hide_secrets(changes)
        kept = {name: value for name, value in self._values.items() if name not in changes}
        new = ClientOptions._from([("argument", given), ("before", kept)])
        new._origins.update({name: self._origins[name] for name, origin in new._origins.items() if origin == "before"})
        return new

    def explain(self) -> str:
        """Return a table of all settings: name, value (secrets masked) and where the value came from."""
        shown = {name: show(value) for name, value in self._values.items()} | {"deadline": str(self.deadline)}
        names, values = max(map(len, shown)), max(map(len, shown.values()))
        return "\n".join(f"{name:{names}}  {shown[name]:{values}}  {self._origins[name]}" for name in SETTINGS)

    def ssl_context(self) -> ssl.SSLContext:
        """Return the TLS settings for REST and WebSocket; made once for each `ca_bundle`, then shared.

        Raises:
            ConfigError: the `ca_bundle` cannot be read.
        """
        from wyseos.mate.settings.tls import shared_context

        return shared_context(self.ca_bundle)

    def websocket_auth(self) -> dict[str, str]:
        """Return the query parameters that authenticate a WebSocket: the JWT if there is one, else the API key."""
        token = self.jwt_token
        if token:
            return {"authorization": token}
        return {"api_key": self.api_key} if self.api_key else {}

    def __repr__(self) -> str:
        given = (name for name, origin in self._origins.items() if origin != "default")
        return f"ClientOptions({', '.join(f'{name}={show(self._values[name])}' for name in given)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClientOptions) and other._values == self._values


def load_config(path: str | os.PathLike[str] | None = None, profile: str | None = None) -> ClientOptions:
    """Read a client's settings from a YAML file; environment variables win over it.

    Args:
        path: the file. If None: `WYSEOS_CONFIG`, else `mate.yaml` in the working directory, in one of its parents or in
            the user's config folder; where there is none, the environment and the defaults make the settings.
        profile: the set of settings below `profiles:` to use over the others; default `WYSEOS_PROFILE`, if set.

    Returns:
        The settings; `explain()` tells where each came from.

    Raises:
        ConfigError: the file is missing, cannot be read, holds an unknown key or a value that cannot be used.

    Example:
        `Client(load_config("mate.yaml"))`
    """
    chosen = Path(path) if path is not None else find_config()
    profile = profile or os.environ.get("WYSEOS_PROFILE") or None
    if chosen is None and profile:
        raise ConfigError(f"There is no {FILE_NAME} that could hold a profile {profile!r}.", field="profiles")
    found = read_file(chosen, profile) if chosen else {}
    place = f"{chosen}, profile {profile}" if profile else str(chosen)
    return ClientOptions._from([("environment", _environment()), (place, found)])


def find_config() -> Path | None:
    """Find the settings file: `WYSEOS_CONFIG`, the working directory and its parents, the user's config folder."""
    named = os.environ.get("WYSEOS_CONFIG")
    if named:
        return Path(named)
    here = Path.cwd()
    folders = [here, *here.parents, _user_folder()]
    return next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), None)


def _user_folder() -> Path:
    base = os.environ.get("APPDATA") if os.name == "nt" else os.environ.get("XDG_CONFIG_HOME")
    return Path(base or Path("~/.config").expanduser()) / "wyseos"


def _environment() -> dict[str, Any]:
    # An empty variable counts as absent, as in most programs.
    found = {name: os.environ.get(variable(name)) for name in FILE_SETTINGS}
    return hide_secrets({name: value for name, value in found.items() if value})


def _refuse_clear_text(values: Mapping[str, Any]) -> None:
    if is_clear_text(values["base_url"]) and not values["allow_insecure"]:
        raise ConfigError(
            "base_url is http:// to another machine: the key would cross the network in the clear. "
            "Use https://, or set allow_insecure to true if you mean it.",
            field="base_url",
        )
