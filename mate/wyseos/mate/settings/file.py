"""`mate.yaml`: settings at the top level or below `mate:`, further sets of them below `profiles:`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wyseos.mate.errors import ConfigError
from wyseos.mate.settings.table import CREDENTIALS, FILE_SETTINGS, hide_secrets
from wyseos.runtime import hints as t
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_names", "read_file"]

_SECTION = "mate"
_PROFILES = "profiles"


def read_file(path: Path, profile: str | None = None) -> dict[str, t.Any]:
    """Read the settings of a file, those of a profile over the common ones.

    Args:
        path: the YAML file.
        profile: a name below `profiles:`, None for the common settings only.

    Returns:
        What the file holds, by name of setting; names are checked, values are not yet.

    Raises:
        ConfigError: the file cannot be read, is not of this form, or has no such profile.
    """
    top = _mapping(_load(path), str(path))
    common = _mapping(top[_SECTION], f"{_SECTION!r} in {path}") if _SECTION in top else top
    if common is not top:
        _refuse_both_shapes(top, path)
        check_names(top, str(path), (_SECTION, _PROFILES))
    profiles = _mapping(top.get(_PROFILES) or common.get(_PROFILES), f"{_PROFILES!r} in {path}")
    settings = {name: value for name, value in common.items() if name != _PROFILES}
    check_names(settings, str(path), FILE_SETTINGS if common is not top else (*FILE_SETTINGS, _SECTION, _PROFILES))
    chosen = _profile({str(name): found for name, found in profiles.items()}, profile, path)
    if any(chosen.get(name) is not None for name in CREDENTIALS):
        # Its credential stands for that of all, also where a token of all would win over a key of its own.
        settings = {name: value for name, value in settings.items() if name not in CREDENTIALS}
    return settings | chosen


def check_names(given: Iterable[object], place: str, known: Sequence[str]) -> None:
    """Refuse a name that is not known, and suggest the one that was probably meant.

    Raises:
        ConfigError: names the unknown name and the place.
    """
    for name in given:
        if name not in known:
            raise ConfigError(f"Unknown setting {name!r} in {place}: {_suggest(name, known)}", field=str(name))


def _refuse_both_shapes(top: Mapping[t.Any, t.Any], path: Path) -> None:
    for name in top:
        if name in FILE_SETTINGS:
            raise ConfigError(f"{name} stands beside {_SECTION!r} in {path}: move it below {_SECTION!r}.", field=name)


# What other libraries call it, and how it is said here.
_OF_OTHERS = {
    "verify": "certificates are always checked; give ca_bundle='/path/to/ca.pem' with the one to trust.",
    "cert": "give transport=httpx.HTTPTransport(cert=…) for a client certificate.",
    "token": "did you mean 'jwt_token'?",
    "proxies": "give proxy='http://…' for both, REST and WebSocket.",
    "http_client": "give transport=… with an httpx transport.",
}


def _suggest(name: object, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    if name in _OF_OTHERS:
        return _OF_OTHERS[str(name)]
    close = get_close_matches(str(name).lower(), known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}."


def _load(path: Path) -> t.Any:
    from wyseos.mate.settings.safe_yaml import YamlFault, load_yaml

    try:
        # Wrapped in one, so that any value of a file can be walked over.
        return hide_secrets({"": load_yaml(path.read_text(encoding="utf-8"))})[""]
    except FileNotFoundError:
        reason, remedy = "does not exist", "write it, or name another one"
    except OSError as error:
        reason, remedy = f"cannot be read ({error.strerror})", "name a readable file"
    except UnicodeDecodeError:
        reason, remedy = "is not UTF-8 text", "save it as UTF-8"
    except YamlFault as fault:
        reason, remedy = str(fault), "look at quotes, colons and indentation there"
    raise ConfigError(f"The settings file {path} {reason}: {remedy}.")


def _mapping(value: t.Any, place: str) -> Mapping[t.Any, t.Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConfigError(f"{place} must hold names and values, such as `timeout: 30`, not a {type(value).__name__}.")
    return value


def _profile(profiles: Mapping[str, t.Any], profile: str | None, path: Path) -> dict[str, t.Any]:
    for name, settings in profiles.items():
        check_names(_mapping(settings, f"profile {name!r} in {path}"), f"profile {name!r} of {path}", FILE_SETTINGS)
    if profile is None:
        return {}
    if profile not in profiles:
        raise ConfigError(
            f"There is no profile {profile!r} in {path}: {_suggest(profile, list(profiles))}",
            field=_PROFILES,
        )
    return dict(profiles[profile] or {})
