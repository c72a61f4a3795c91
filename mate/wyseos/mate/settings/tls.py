"""The TLS settings, made once and shared: reading the certificates costs some 20 ms (security row 4)."""

from __future__ import annotations

import os
import ssl
from functools import lru_cache
from typing import NamedTuple

from wyseos.mate.errors import ConfigError

__all__ = ["shared_context"]


class _Place(NamedTuple):
    """Where trusted certificates come from: what was set, to what, and when the file was last changed."""

    setting: str
    path: str
    changed: float


def shared_context(ca_bundle: str | None) -> ssl.SSLContext:
    """Return the TLS context for a CA bundle: certificates and host names are checked, TLS 1.2 at least.

    Args:
        ca_bundle: a PEM file, or a folder of them, with the certificates to trust; None for those of `SSL_CERT_FILE` or
            `SSL_CERT_DIR`, else certifi's. A file that was replaced is read anew.

    Raises:
        ConfigError: it cannot be read or holds no certificates; names what was set.
    """
    return _context(_found(ca_bundle))


def _found(ca_bundle: str | None) -> _Place:
    for setting, path in (("ca_bundle", ca_bundle), *((name, os.environ.get(name)) for name in _VARIABLES)):
        if path:
            return _Place(setting, path, _changed(path))
    import certifi

    return _Place("certifi", certifi.where(), 0.0)


_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def _changed(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0  # what is wrong is told when it is read


@lru_cache(maxsize=8)
def _context(place: _Place) -> ssl.SSLContext:
    is_folder = os.path.isdir(place.path)
    try:
        if is_folder:
            return ssl.create_default_context(capath=place.path)
        return ssl.create_default_context(cafile=place.path)
    except ssl.SSLError as error:
        reason = f"it holds no certificates ({error.reason})" if error.reason else "it holds no certificates"
    except OSError as error:
        reason = error.strerror or "it cannot be read"
    raise ConfigError(
        f"{place.setting} {place.path} cannot be used: {reason}. Name a file in PEM form.", field="ca_bundle"
    )
