"""Settings of a client: argument over environment over `mate.yaml` over the system's keyring over default.

Each setting that a file can hold has an environment variable too: `WYSEOS_` and its name in capitals. `mate.yaml` holds
them at the top level or below `mate:`, and more sets of them below `profiles:`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from wyseos.mate import settings
from wyseos.mate.errors import ConfigError
from wyseos.mate.settings.file import check_names, read_file
from wyseos.mate.settings.keyring import KEYRING, kept_key
from wyseos.mate.settings.proxies import with_its_libraries
from wyseos.mate.settings.search import FILE_NAME, as_path, find_in_folders, user_file
from wyseos.mate.settings.secret import Secret
from wyseos.mate.settings.stack import level_of_user
from wyseos.mate.settings.table import (
    CREDENTIALS,
    FILE_SETTINGS,
    KEPT,
    SETTINGS,
    STEERING,
    hide,
    hide_arguments,
    hide_secrets,
    resolve,
    show,
    variable,
)
from wyseos.mate.settings.urls import InsecureConnectionWarning, host_and_port, is_clear_text, is_private, system_proxy
from wyseos.runtime import hints as t
from wyseos.runtime.dumping import Dumping
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from wyseos.mate.settings.by_name import Settings as Settings

__all__ = ["ClientOptions", "Settings", "find_config", "load_config"]

# Calls that may wait on each other's tries need more time than one try: four times the timeout, unless told.
_DEADLINE_IN_TIMEOUTS = 4
_PROXY_VARIABLES = "HTTPS_PROXY and its like"


def __getattr__(name: str) -> t.Any:
    if name == "Settings":
        return settings.Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class ClientOptions(Dumping):
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
        ca_bundle: path of a PEM file, or of a folder of them, with the certificates to trust instead of the usual ones.
        ssl_context: all of TLS as you want it, for REST and tasks: the system's own certificates (truststore), one for
            the client, relaxed flags. Then `ca_bundle` does not count.
        allow_insecure: allow `http://` to other machines, which shows the key to everybody on the way. To a machine of
            a private network it is allowed without, and warned of.
        strict: raise an error where an answer departs from its schema, instead of forgiving it.
        max_connections: how many calls of a process or event loop go on at a time, default 100; others wait their turn.
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
    ssl_context: settings.SSLContext | None
    allow_insecure: bool
    strict: bool
    max_connections: int
    max_response_size: int
    headers: Mapping[str, str]
    query: Mapping[str, str]
    before_request: Sequence[settings.Hook]
    after_response: Sequence[settings.Hook]
    transport: t.Any
    _values: dict[str, t.Any]
    _origins: dict[str, str]
    _found: str | None

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
        ssl_context: settings.SSLContext | None = None,
        allow_insecure: bool | None = None,
        strict: bool | None = None,
        max_connections: int | None = None,
        max_response_size: int | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, t.Any] | None = None,
        before_request: settings.Hook | Sequence[settings.Hook] | None = None,
        after_response: settings.Hook | Sequence[settings.Hook] | None = None,
        transport: t.Any = None,
    ) -> None:
        # First of all, so that no traceback with locals shows them.
        given = hide_arguments({name: value for name, value in locals().items() if name in SETTINGS})
        api_key = jwt_token = base_url = timeout = deadline = max_retries = proxy = ca_bundle = allow_insecure = None
        strict = max_connections = max_response_size = headers = query = transport = ssl_context = None
        before_request = after_response = None
        self._fill([("argument", given), ("environment", _environment())])

    def _fill(self, sources: Sequence[tuple[str, Mapping[str, t.Any]]], found: str | None = None) -> None:
        self.__dict__.update(_values={}, _origins={}, _found=found)  # a traceback may print what is only half made
        values, origins = resolve(sources)
        _refuse_clear_text(values)
        # Secrets stay wrapped here; the properties below unwrap them.
        self.__dict__.update(values, _values=values, _origins=origins)

    @classmethod
    def _from(cls, sources: Sequence[tuple[str, Mapping[str, t.Any]]], found: str | None = None) -> ClientOptions:
        """Return the options of these sources; `found` is the name of one that nobody named."""
        options = cls.__new__(cls)
        options._fill(sources, found)
        _refuse_steering(options._values, options._origins, found)
        return options

    def __setattr__(self, name: str, value: object) -> t.NoReturn:
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
        """The proxy's address, None if there is none; where none is set, `HTTPS_PROXY` and its like are read."""
        address: Secret | None = self._values["proxy"]
        if address is None:
            found = hide(system_proxy(self.base_url, os.environ))
            if found is None:
                return None
            address = resolve([(_PROXY_VARIABLES, {"proxy": found})])[0]["proxy"]
        place = self._origins["proxy"] if self._values["proxy"] is not None else _PROXY_VARIABLES
        return with_its_libraries(address.reveal(), place)

    @property
    def deadline(self) -> float:
        """Seconds that one call may take, all tries and waits together."""
        deadline: float | None = self._values["deadline"]
        return deadline if deadline is not None else self.timeout * _DEADLINE_IN_TIMEOUTS

    def evolve(self, **changes: t.Unpack[settings.Settings]) -> ClientOptions:
        """Return new settings with some changed; all others keep their value and source.

        Raises:
            ConfigError: a name is unknown, or a value cannot be used.
        """
        given = changes = hide_arguments(changes)  # first of all, as above
        check_names(changes, "argument", tuple(SETTINGS))
        kept = {name: value for name, value in self._values.items() if name not in changes}
        new = ClientOptions._from([("argument", given), (KEPT, kept)])
        new._origins.update({name: self._origins[name] for name, origin in new._origins.items() if origin == KEPT})
        new.__dict__["_found"] = self._found
        _refuse_steering(new._values, new._origins, self._found)
        return new

    def to_dict(self) -> dict[str, t.Any]:
        """Return the documented settings by name, the credentials as plain text: `ClientOptions(**…)` makes it anew."""
        return {name: getattr(self, name) for name in ("api_key", "jwt_token", "base_url", "timeout")}

    def model_copy(self, *, update: Mapping[str, t.Any] | None = None, deep: bool = False) -> t.Self:
        """Return new settings with some changed, as `evolve` does; `deep` makes no difference."""
        changes: settings.Settings = hide_arguments(update or {})
        return self.evolve(**changes)  # type: ignore[return-value]  # no class of its own is made of it

    def kept(self, name: str) -> t.Any:
        """Return a setting as it is kept: a secret stays one, a token function is not called.

        Args:
            name: the setting.
        """
        return self._values[name]

    def origin(self, name: str) -> str:
        """Return where a setting's value came from: "argument", "environment", a file's name, or "default"."""
        return self._origins[name]

    def explain(self) -> str:
        """Return a table of all settings: name, value (secrets masked) and where the value came from."""
        shown = {name: show(value) for name, value in self._values.items()} | {"deadline": str(self.deadline)}
        names, values = max(map(len, shown)), max(map(len, shown.values()))
        return "\n".join(f"{name:{names}}  {shown[name]:{values}}  {self._origins[name]}" for name in SETTINGS)

    def tls(self) -> settings.SSLContext:
        """Return the TLS settings for REST and WebSocket: `ssl_context`, or one made once for each `ca_bundle`.

        Raises:
            ConfigError: the `ca_bundle` cannot be read.
        """
        from wyseos.mate.settings.tls import shared_context

        return self.ssl_context or shared_context(self.ca_bundle)

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

    def __hash__(self) -> int:
        # The rest may be dicts and lists; equal settings have equal ones of these.
        return hash(tuple(self._values[name] for name in ("api_key", "base_url", "timeout", "proxy", "max_retries")))


def load_config(
    path: str | os.PathLike[str] | None = None,
    profile: str | None = None,
    *,
    config_path: str | os.PathLike[str] | None = None,
) -> ClientOptions:
    """Read a client's settings from a YAML file; environment variables win over it.

    Args:
        path: the file. If None: `WYSEOS_CONFIG`, else `mate.yaml` in the working directory or in one of its parents, up
            to the repository's root or the home, or in the user's config folder; where there is none, the environment
            and the defaults make the settings. One that was found and not named does not say where a credential goes
            that is not its own.
        profile: the set of settings below `profiles:` to use over the others; default `WYSEOS_PROFILE`, if set.
        config_path: `path` as 0.3.x names it.

    Returns:
        The settings; `explain()` tells where each came from.

    Raises:
        ConfigError: the file is missing, cannot be read, holds an unknown key or a value that cannot be used.

    Example:
        `Client(load_config("mate.yaml"))`
    """
    named = config_path if path is None else path
    return _assemble({}, as_path(named).expanduser() if named is not None else None, profile)


def assemble(arguments: settings.Settings) -> ClientOptions:
    """Return the settings of a client that is given these and no options: argument, environment, file, default.

    Raises:
        ConfigError: a name is unknown, or a value cannot be used.
    """
    arguments = hide_arguments(arguments)
    check_names(arguments, "argument", tuple(SETTINGS))
    return _assemble(arguments, None, None)


def options_apart(base_url: str, api_key: str) -> ClientOptions:
    """Return the settings for a service of this process: neither environment nor file has a say in them.

    Args:
        base_url: where it is, on this machine.
        api_key: its key.
    """
    return ClientOptions._from([("argument", {"base_url": base_url, "api_key": hide(api_key)})])


def find_config() -> Path | None:
    """Find the settings file: `WYSEOS_CONFIG`, the working directory and its parents, the user's config folder."""
    named = os.environ.get("WYSEOS_CONFIG")
    return as_path(named).expanduser() if named else find_in_folders() or user_file()


def _assemble(arguments: Mapping[str, t.Any], named: Path | None, profile: str | None) -> ClientOptions:
    sources: list[tuple[str, Mapping[str, t.Any]]] = [("argument", arguments), ("environment", _environment())]
    if named is None and _tells_all(arguments):
        return ClientOptions._from(sources)  # who tells both the key and where it goes wants no file
    path = named or find_config()
    profile = profile or os.environ.get("WYSEOS_PROFILE") or None
    if path is None and profile:
        raise ConfigError(f"There is no {FILE_NAME} that could hold a profile {profile!r}.", field="profiles")
    if path is None:
        return ClientOptions._from(_with_keyring(sources))
    place = f"{path}, profile {profile}" if profile else str(path)
    is_named = named is not None or bool(os.environ.get("WYSEOS_CONFIG")) or path == user_file()
    sources.append((place, _from_file(path, profile)))
    return ClientOptions._from(_with_keyring(sources), None if is_named else place)


def _with_keyring(sources: list[tuple[str, Mapping[str, t.Any]]]) -> list[tuple[str, Mapping[str, t.Any]]]:
    """Add the key that the system's keyring has for the service, where nothing else has a credential."""
    values, _ = resolve(sources)
    if any(values[name] is not None for name in CREDENTIALS):
        return sources
    return [*sources, (KEYRING, {"api_key": kept_key(values["base_url"])})]


def _tells_all(arguments: Mapping[str, t.Any]) -> bool:
    return arguments.get("base_url") is not None and any(arguments.get(name) is not None for name in CREDENTIALS)


def _from_file(path: Path, profile: str | None) -> dict[str, t.Any]:
    """Read a file; paths in it count from its folder."""
    found = read_file(path, profile)
    bundle = found.get("ca_bundle")
    if isinstance(bundle, str) and bundle:
        found["ca_bundle"] = str(path.parent / as_path(bundle).expanduser())
    return found


def _environment() -> dict[str, t.Any]:
    # An empty variable counts as absent, as in most programs.
    found = {name: os.environ.get(variable(name)) for name in FILE_SETTINGS}
    return hide_secrets({name: value for name, value in found.items() if value})


def _refuse_steering(values: Mapping[str, t.Any], origins: Mapping[str, str], found: str | None) -> None:
    """Where a credential goes is said by a source at least as near to the user as the credential (security row 16)."""
    if found is None:
        return
    keys = [name for name in CREDENTIALS if values[name] is not None and origins[name] != found]
    # The keyring's key was kept for this very base_url.
    told_by_key = {"base_url"} if [origins[name] for name in keys] == [KEYRING] else set()
    steering = [
        name
        for name in STEERING
        if name not in told_by_key and origins[name] == found and values[name] != SETTINGS[name].default
    ]
    if steering and keys:
        name, key = steering[0], keys[0]
        raise ConfigError(
            f"{name} comes from {found}, which was found in this folder, and {key} from the {origins[key]}: "
            f"a file that comes with a folder does not say where your credential goes. Set {variable(name)}, give "
            f"{name} as an argument, or name the file by WYSEOS_CONFIG or load_config(path) if you trust it.",
            field=name,
        )


def _refuse_clear_text(values: Mapping[str, t.Any]) -> None:
    if not is_clear_text(values["base_url"]) or values["allow_insecure"]:
        return
    remedy = "Use https://, or set allow_insecure to true if you mean it."
    if not is_private(host_and_port(values["base_url"])[0]):
        raise ConfigError(
            f"base_url is http:// to another machine: the key would cross the network in the clear. {remedy}",
            field="base_url",
        )
    if any(values[name] is not None for name in CREDENTIALS):
        import warnings

        message = f"base_url is http:// to a machine of a private network: whoever is in it can read the key. {remedy}"
        warnings.warn(message, InsecureConnectionWarning, stacklevel=level_of_user())
