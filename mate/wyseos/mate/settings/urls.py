"""Where a URL leads: to this machine or over the network, straight or through a proxy."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from wyseos.runtime.urls import is_clear_text, is_loopback

__all__ = ["InsecureConnectionWarning", "is_clear_text", "is_loopback", "is_private", "system_proxy"]

# Ends of names that no public name has: RFC 6762, RFC 8375, ICANN's reservation, and what home routers use.
_PRIVATE_ENDS = (".local", ".home.arpa", ".internal", ".lan")
# RFC 1918, RFC 3927, RFC 4193 and RFC 4291: what no router of the public network forwards.
_PRIVATE_NETWORKS = (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10",
)  # fmt: skip


class InsecureConnectionWarning(UserWarning):
    """A credential crosses a private network in the clear."""


def is_private(host: str) -> bool:
    """Whether a host is certainly in a private network: by its literal address, or a name that is never public.

    Where other names lead is only known when they are looked up, and can change: they count as public.
    """
    from ipaddress import ip_address, ip_network

    try:
        address = ip_address(host)
    except ValueError:
        name = host.lower().rstrip(".")
        return bool(name) and ("." not in name or name.endswith(_PRIVATE_ENDS))
    return any(address in ip_network(network) for network in _PRIVATE_NETWORKS)


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
