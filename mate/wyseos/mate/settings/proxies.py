"""SOCKS proxies: what they need besides, and how each library below is told of them."""

from __future__ import annotations

from wyseos.mate.errors import ConfigError

__all__ = ["for_rest", "is_socks", "place_of", "with_its_libraries"]

# What httpx and websockets themselves use for SOCKS, in this order: REST, WebSocket.
_LIBRARIES = ("socksio", "python_socks")


def is_socks(address: str) -> bool:
    """Whether a proxy speaks SOCKS."""
    return address.startswith("socks5")


def with_its_libraries(address: str, place: str) -> str:
    """Return a proxy's address, if what it needs is installed.

    Args:
        address: the proxy's.
        place: where it was set, for the message.

    Raises:
        ConfigError: names the place and the command.
    """
    if is_socks(address) and not all(map(_is_installed, _LIBRARIES)):
        raise ConfigError(
            f"proxy in {place} is a SOCKS proxy, which needs: pip install 'wyseos-sdk[socks]'", field="proxy"
        )
    return address


def _is_installed(name: str) -> bool:
    from importlib.util import find_spec  # only where such a proxy is set

    return find_spec(name) is not None


def for_rest(address: str) -> str:
    """Write an address as httpx takes it: its SOCKS always has the proxy look names up, and older ones know no h."""
    return address.replace("socks5h://", "socks5://", 1)


def place_of(address: str) -> str:
    """Name a proxy for a message: host and port, without user and password."""
    from urllib.parse import urlsplit

    return urlsplit(address).netloc.rpartition("@")[2]
