"""Where a URL leads: to this machine, or over a network."""

from __future__ import annotations

__all__ = ["is_clear_text", "is_loopback"]


def is_clear_text(url: str) -> bool:
    """Whether a request to this URL would cross a network unencrypted (security row 3)."""
    if url.startswith(("https://", "wss://")):
        return False  # most do: what reads all others need not be loaded
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts.scheme in ("http", "ws") and not is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own; only `localhost` and literal addresses count."""
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
