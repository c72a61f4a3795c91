"""Each setting: its default, how its value is read and checked. Which source wins is one rule, in `resolve`.

A reader takes what an argument, a YAML file or an environment variable holds and returns the value, or raises a
ValueError whose text completes "timeout …" and says what to write instead. It never quotes a secret.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from wyseos.mate.errors import ConfigError
from wyseos.mate.settings.secret import MASK, Secret
from wyseos.runtime import hints as t
from wyseos.runtime.errors import ValidationError
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib.parse import SplitResult

__all__ = [
    "CREDENTIALS",
    "FILE_SETTINGS",
    "KEPT",
    "SETTINGS",
    "STEERING",
    "Setting",
    "hide",
    "hide_argument",
    "hide_arguments",
    "hide_secrets",
    "resolve",
    "show",
    "variable",
]

DEFAULT_BASE_URL = "https://api.wyseos.com"

# A message page may hold several screenshots of some MB each; more than this is no answer but an attack.
DEFAULT_RESPONSE_LIMIT = 128 * 1024 * 1024


class Setting:
    """One setting.

    Args:
        default: the value where no source has one.
        read: makes the value of what a source holds, or raises ValueError.
        in_file: whether a file or the environment can hold it; functions and objects cannot stand there.
    """

    __slots__ = ("default", "in_file", "read")

    def __init__(self, default: t.Any, read: Callable[[t.Any], t.Any], *, in_file: bool = True) -> None:
        self.default, self.read, self.in_file = default, read, in_file


# These are compiled when a value is first held against them.
_URL = r"[^\x00-\x20\\]*"
_HEADER_NAME = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_VARIABLE = r"\$\{\w+\}|\$\w+|%\w+%"
_HOST_LABEL = r"[A-Za-z0-9_-]{1,63}"
_LONGEST_QUOTED = 12
# How the body is framed says who writes it: another word about it breaks the request, or has a second one read in it.
_OF_THE_TRANSPORT = frozenset({"content-length", "transfer-encoding", "trailer", "upgrade"})
_HEADER_TEXT = r"[\t\x20-\x7e]*"


def _fits(pattern: str, text: str) -> bool:
    import re  # many programs give nothing that is held against a pattern

    return re.fullmatch(pattern, text) is not None


def read_secret(value: t.Any) -> Secret:
    """Read a key or token: visible ASCII, nothing else."""
    text = value.reveal() if isinstance(value, Secret) else value
    if text == "":
        raise ValueError("is empty: leave it out, or give it; without one WYSEOS_API_KEY and mate.yaml are asked")
    if isinstance(text, int):
        raise ValueError("is a number, and must be text: put it in quotes")
    if isinstance(text, str) and text[0] in "$%" and _fits(_VARIABLE, text):
        raise ValueError("is taken as it stands, no variable is put in: write the value itself, or set WYSEOS_API_KEY")
    # Anything but visible ASCII in a header's value would break the header, or begin another one (security row 6).
    if not isinstance(text, str) or not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("must be a string of visible ASCII characters, with no space or line end in or around it")
    return Secret(text)


def _read_token(value: t.Any) -> t.Any:
    return _plain_function(value) if callable(value) else read_secret(value)


def _plain_function(value: t.Any) -> t.Any:
    from inspect import iscoroutinefunction  # only where a function is given

    # It is called from both clients, and what a coroutine function returns would never be awaited.
    if not callable(value) or iscoroutinefunction(value):
        raise ValueError("must be a plain function (not an async one), also for AsyncClient")
    return value


def _read_url(value: t.Any, schemes: Sequence[str], field_hint: str) -> SplitResult:
    from urllib.parse import urlsplit  # the default needs none of this

    if not isinstance(value, str) or not value.isascii() or not _fits(_URL, value):
        raise ValueError(f"must be a URL of ASCII characters without spaces, such as {field_hint}")
    try:
        url = urlsplit(value)
        place_is_good = url.port != 0 and _is_host(url.hostname or "")
    except ValueError:
        place_is_good = False
    start = " or ".join(f"{scheme}://" for scheme in schemes)
    if not value.lower().startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise ValueError(f"must start with {start}, such as {field_hint}")
    if not place_is_good:
        raise ValueError(f"must name a host, and a port from 1 to 65535 if any, after {start}, such as {field_hint}")
    return url


def _is_host(name: str) -> bool:
    if ":" in name:
        return True  # an IPv6 address, which urlsplit has checked
    if "xn--" in name.lower():  # all others pass, and the codec takes its time to load
        try:
            name.encode().decode("idna")
        except UnicodeError:
            return False
    return all(_fits(_HOST_LABEL, label) for label in name.removesuffix(".").split("."))


def _read_base_url(value: t.Any) -> str:
    url = _read_url(value, ("http", "https"), DEFAULT_BASE_URL)
    if url.username is not None or url.query or url.fragment:
        raise ValueError("must hold neither a user name, nor a ?query, nor a #fragment; a key goes into api_key")
    return str(value).rstrip("/")


SOCKS = ("socks5", "socks5h")


def _read_proxy(value: t.Any) -> Secret:
    text = value.reveal() if isinstance(value, Secret) else value
    url = _read_url(text, ("http", "https", *SOCKS), "http://proxy.example:8080")
    if url.path not in ("", "/") or url.query or url.fragment:
        raise ValueError("must be a proxy's address only, such as http://proxy.example:8080")
    return Secret(text)


def _quoted(value: t.Any) -> str:
    """Quote a value that cannot be used; a longer text may be a key that was given in the wrong place."""
    if isinstance(value, str) and len(value) > _LONGEST_QUOTED:
        return f"a text of {len(value)} characters"
    return f"{value!r:.80}" if isinstance(value, str | int | float | None) else type(value).__name__


def _number(low: float, high: float, unit: str) -> Callable[[t.Any], float]:
    def read(value: t.Any) -> float:
        try:
            number = float(value) if isinstance(value, str) else value
        except ValueError:
            number = None
        if isinstance(number, bool) or not isinstance(number, int | float) or not low <= number <= high:
            raise ValueError(f"must be a number from {low:g} to {high:g} ({unit}), not {_quoted(value)}")
        # A whole number stays whole, so that `client.timeout == 30` also prints as 30.
        return int(number) if int(number) == number else number

    return read


def _whole(low: int, high: int, unit: str) -> Callable[[t.Any], int]:
    read_number = _number(low, high, unit)

    def read(value: t.Any) -> int:
        number = read_number(value)
        if not isinstance(number, int):
            raise ValueError(f"must be a whole number ({unit}), not {_quoted(value)}")
        return number

    return read


_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _read_switch(value: t.Any) -> bool:
    switch = value if isinstance(value, bool) else _SWITCH.get(str(value).lower())
    if switch is None:
        raise ValueError(f"must be true or false, not {_quoted(value)}")
    return switch


def _read_path(value: t.Any) -> str:
    path = str(value)
    if not path or "\x00" in path:
        raise ValueError("must be the path of a file, or of a folder, with certificates in PEM form")
    return os.path.expanduser(path)


def _read_context(value: t.Any) -> t.Any:
    import ssl

    if not isinstance(value, ssl.SSLContext):
        raise ValueError("must be an ssl.SSLContext, such as ssl.create_default_context() makes")
    return value


def read_headers(value: t.Any) -> dict[str, str]:
    """Read extra headers; names and values that could break out of their line are refused and not quoted."""
    if not isinstance(value, Mapping):
        raise ValueError("must be a mapping of header names to texts")
    for name, text in value.items():
        if not isinstance(name, str) or not _fits(_HEADER_NAME, name):
            raise ValueError("must have header names of letters, digits and dashes")
        if not isinstance(text, str) or not _fits(_HEADER_TEXT, text):
            raise ValueError(f"must have texts of printable ASCII characters on one line; that of {name!r} is not")
        if name.lower() in ("x-api-key", "authorization"):
            raise ValueError(f"must not hold {name!r}: set api_key or jwt_token, which are kept out of logs")
        if name.lower() in _OF_THE_TRANSPORT:
            raise ValueError(f"must not hold {name!r}: it is set with the body")
    return dict(value)


def read_query(value: t.Any) -> dict[str, str]:
    """Read extra query parameters; numbers become text."""
    from wyseos.runtime.validation import query as write_query  # only where some are given

    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise ValueError("must be a mapping of parameter names to texts")
    try:
        return write_query(dict(value))
    except ValidationError as error:
        raise ValueError(f"must hold text that can be sent: {error.message}") from None


def _read_hooks(value: t.Any) -> tuple[Callable[[t.Any], t.Any], ...]:
    return tuple(_plain_function(hook) for hook in (value if isinstance(value, list | tuple) else (value,)))


def _read_transport(value: t.Any) -> t.Any:
    """Take anything but plain data; of which kind it must be is told where it is used."""
    if isinstance(value, str | bytes | int | float | Mapping | list | tuple):
        raise ValueError(f"must be an httpx transport, not {type(value).__name__}")
    return value


SETTINGS: dict[str, Setting] = {
    "api_key": Setting(None, read_secret),
    "jwt_token": Setting(None, _read_token),
    "base_url": Setting(DEFAULT_BASE_URL, _read_base_url),
    "timeout": Setting(30, _number(1, 300, "seconds")),
    "deadline": Setting(None, _number(0.001, 86400, "seconds")),
    "max_retries": Setting(2, _whole(0, 20, "tries after the first")),
    "proxy": Setting(None, _read_proxy),
    "ca_bundle": Setting(None, _read_path),
    "ssl_context": Setting(None, _read_context, in_file=False),
    "allow_insecure": Setting(False, _read_switch),
    "strict": Setting(False, _read_switch),
    "max_connections": Setting(100, _whole(1, 10_000, "connections")),
    "max_response_size": Setting(DEFAULT_RESPONSE_LIMIT, _whole(1, 2**40, "bytes")),
    "headers": Setting({}, read_headers, in_file=False),
    "query": Setting({}, read_query, in_file=False),
    "before_request": Setting((), _read_hooks, in_file=False),
    "after_response": Setting((), _read_hooks, in_file=False),
    "transport": Setting(None, _read_transport, in_file=False),
}

FILE_SETTINGS = tuple(name for name, setting in SETTINGS.items() if setting.in_file)

# They go together: whoever gives one of them means no other one of a lower source, which might even win over it.
CREDENTIALS = ("api_key", "jwt_token")
# What says where a credential goes, and who can read it on the way.
STEERING = ("base_url", "proxy", "ca_bundle", "ssl_context", "allow_insecure")


# Settings that may hold a credential.
_SECRETS = ("api_key", "jwt_token", "proxy")


def hide(value: t.Any) -> t.Any:
    """Wrap a text that is a secret, before any traceback with locals could show it."""
    return Secret(value) if isinstance(value, str) else value


class Hidden:
    """A value that prints as `***` until it is read: a key may be given in the place of anything else."""

    __slots__ = ("value",)

    def __init__(self, value: t.Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return MASK


def hide_arguments(given: Mapping[str, t.Any]) -> t.Any:
    """Wrap what may be a credential among arguments: under a misspelt name or in another's place, too."""
    return {
        name: hide(value) if name in _SECRETS or name not in SETTINGS else hide_argument(value)
        for name, value in given.items()
    }


def hide_argument(value: t.Any) -> t.Any:
    """Wrap what is given for a setting that is no secret, until it is read."""
    return Hidden(value) if isinstance(value, str | bytes | Mapping | list | tuple) else value


def hide_secrets(settings: Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Wrap all settings that may hold a credential, however deep they stand."""
    return {
        name: hide(value) if name in _SECRETS else hide_secrets(value) if isinstance(value, dict) else value
        for name, value in settings.items()
    }


def variable(name: str) -> str:
    """Tell the environment variable of a setting."""
    return f"WYSEOS_{name.upper()}"


KEPT = "before"
"""The name of a source whose values were read and checked already."""


def resolve(sources: Sequence[tuple[str, Mapping[str, t.Any]]]) -> tuple[dict[str, t.Any], dict[str, str]]:
    """Take each setting from the first source that has it, read and checked.

    Args:
        sources: pairs of a name for people and what the source holds; None counts as absent. The first one wins.

    Returns:
        The values, and for each the name of its source.

    Raises:
        ConfigError: a value cannot be used; names setting and source.
    """
    values: dict[str, t.Any] = {}
    origins: dict[str, str] = {}
    for origin, found in sources:
        given = {name: value for name, value in found.items() if value is not None and name not in values}
        if any(name in values for name in CREDENTIALS):
            given = {name: value for name, value in given.items() if name not in CREDENTIALS}
        values |= {name: _read(name, value, origin) for name, value in given.items()}
        origins |= dict.fromkeys(given, origin)
    defaults = {name: setting.default for name, setting in SETTINGS.items() if name not in values}
    return values | defaults, origins | dict.fromkeys(defaults, "default")


def _read(name: str, value: t.Any, origin: str) -> t.Any:
    if origin == KEPT:
        return value
    try:
        return SETTINGS[name].read(value.value if isinstance(value, Hidden) else value)
    except ValueError as error:
        reason = str(error)
    place = variable(name) if origin == "environment" else name if origin == "argument" else f"{name} in {origin}"
    raise ConfigError(f"{place} {reason}.", field=name)


def show(value: t.Any) -> str:
    """Print a setting's value for people: secrets masked, of headers and query only the names."""
    if isinstance(value, Mapping):
        return ", ".join(value)
    return MASK if isinstance(value, Secret) else str(value)
