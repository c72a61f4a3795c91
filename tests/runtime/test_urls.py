"""Where a URL leads: to this machine, or over a network."""

from __future__ import annotations

import pytest

from wyseos.runtime.urls import is_clear_text, is_loopback


@pytest.mark.parametrize(
    ("url", "clear"),
    [
        ("http://api.example.com", True),
        ("ws://10.0.0.1/x", True),
        ("https://api.example.com", False),
        ("wss://api.example.com", False),
        ("http://localhost:8000", False),
        ("http://127.0.0.1", False),
        ("ws://[::1]:80/", False),
        ("http://localhost.example.com", True),
    ],
)
def test_security_03_only_what_crosses_a_network_unencrypted_is_in_the_clear(url: str, clear: bool) -> None:
    assert is_clear_text(url) is clear


@pytest.mark.parametrize("host", ["LOCALHOST", "127.1.2.3", "::1"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "127.0.0.1.example.com", "0.0.0.0", "192.168.0.1"])
def test_what_is_not_certainly_this_machine_is_not(host: str) -> None:
    assert not is_loopback(host)
