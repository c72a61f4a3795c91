"""Where a URL leads: to this machine or over the network, straight or through a proxy."""

from __future__ import annotations

from collections.abc import Mapping

from wyseos.runtime.hints import TYPE_CHECKING
from wyseos.runtime.urls import is_clear_text, is_loopback

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

__all__ = [
    "InsecureConnectionWarning", "host_and_port", "is_clear_text", "is_loopback", "is_private", "system_proxy",
]  # fmt: skip

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


def host_and_port(url: str) -> tuple[str, int]:
    """Return the host that a URL names, and its port: without one that of its scheme."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts.hostname or "", parts.port or {"http": 80, "ws": 80}.get(parts.scheme, 443)


def system_proxy(url: str, environ: Mapping[str, str]) -> str | None:
    """Find the proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` name for a URL, unless `NO_PROXY` excepts it.

    Args:
        url: where a request would go; to this machine none goes through a proxy.
        environ: the environment; lower-case names count too, and win.

    Returns:
        The proxy's address, or None.
    """
    if "_PROXY" not in "\n".join(environ).upper():  # asked for each task, and most environments name none
        return None
    found = {name.lower(): value for name, value in sorted(environ.items())}
    name = f"{url.partition(':')[0].lower()}_proxy"
    proxy = found[name] if name in found else found.get("all_proxy")  # one that is set and empty switches off
    host, port = host_and_port(url)
    if not proxy or is_loopback(host) or _is_excepted(host, port, found.get("no_proxy", "")):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_excepted(host: str, port: int, no_proxy: str) -> bool:
    """Whether `NO_PROXY` names a host, as curl and requests read it: names and their subdomains, addresses, networks,
    each perhaps with a port, between commas or blanks.
    """
    import re

    rules = re.split(r"[,\s]+", no_proxy.lower().strip())
    return any(rule == "*" or (rule and _names(rule, host, port)) for rule in rules)


def _names(rule: str, host: str, port: int) -> bool:
    name, told = _split_port(rule)
    if told is not None and told != port:
        return False
    network, address = _network(name), _network(host)
    if address is not None:
        return network is not None and network.version == address.version and address[0] in network
    name = name.removeprefix("*").lstrip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _split_port(rule: str) -> tuple[str, int | None]:
    """Return a rule's name and its port; an IPv6 address with a port stands in brackets."""
    import re

    match = re.fullmatch(r"\[(.+)\](?::(\d+))?|([^:]+):(\d+)", rule)
    if match is None:
        return rule, None
    port = match[2] or match[4]
    return match[1] or match[3], int(port) if port else None


def _network(name: str) -> IPv4Network | IPv6Network | None:
    """Return the network that a name is, an address being one of its own; None where it is a name."""
    from ipaddress import ip_network

    try:
        return ip_network(name, strict=False)
    except ValueError:
        return None
