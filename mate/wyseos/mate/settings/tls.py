"""The TLS settings, made once and shared: reading the certificates costs some 20 ms (security row 4)."""

from __future__ import annotations

import ssl
from functools import lru_cache

from wyseos.mate.errors import ConfigError

__all__ = ["shared_context"]


@lru_cache(maxsize=8)
def shared_context(ca_bundle: str | None) -> ssl.SSLContext:
    """Return the TLS context for a CA bundle: certificates and host names are checked, TLS 1.2 at least.

    Args:
        ca_bundle: a PEM file with the certificates to trust; None for those of certifi, or of `SSL_CERT_FILE`.

    Raises:
        ConfigError: the file cannot be read or holds no certificates.
    """
    try:
        return ssl.create_default_context(cafile=ca_bundle or _usual_certificates())
    except OSError as error:
        reason = error.strerror or "it holds no certificates"
    raise ConfigError(f"ca_bundle {ca_bundle} cannot be used: {reason}. Name a file in PEM form.", field="ca_bundle")


def _usual_certificates() -> str:
    import os

    import certifi  # comes with httpx

    return os.environ.get("SSL_CERT_FILE") or certifi.where()
