"""Where a URL leads: to this machine or over the network, straight or through a proxy."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

__all__ = ["is_clear_text", "is_loopback", "system_proxy"]


def is_clear_text(url: str) -> bool:
    """Whether a request to this URL would cross a network unencrypted (security row 3)."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "ws") and not is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own; only `localhost` and literal addresses count."""
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def system_proxy(url: str, environ: Mapping[str, str]) -> str | None:
    """Find the proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` name for a URL, unless `NO_PROXY` excepts it.

    Args:
        url: where a request would go; to this machine none goes through a proxy.
        environ: the environment; lower-case names count too, and win.

    Returns:
        The proxy's address, or None.
    """
    if not any(name.lower().endswith("_proxy") for name in environ):
        return None
    parts = urlsplit(url)
    found = {name.lower(): value for name, value in sorted(environ.items()) if value}
    proxy = found.get(f"{parts.scheme}_proxy") or found.get("all_proxy")
    if proxy is None or is_loopback(parts.hostname or "") or _is_excepted(parts.hostname or "", found):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_excepted(host: str, found: Mapping[str, str]) -> bool:
    rules = [rule.strip().lower().lstrip(".").removeprefix("*.") for rule in found.get("no_proxy", "").split(",")]
    return any(rule == "*" or (rule and (host == rule or host.endswith(f".{rule}"))) for rule in rules)
