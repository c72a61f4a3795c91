"""Loaded by every Python that a test starts: no program of the suite reaches anything but this machine.

It also decides which HTTP library is there: the one that `WYSE_TESTS_HTTP` names, else httpx, which every user has.
"""

from __future__ import annotations

import os
import sys

LOOPBACK = ("127.", "::1", "localhost")


def refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: a connection to an address that is not this machine's is refused."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
        raise ConnectionRefusedError(f"the suite is offline: no connection to {address[0]}")


sys.addaudithook(refuse_other_machines)

if os.environ.get("WYSE_TESTS_HTTP", "httpx") != "httpx2":
    sys.modules["httpx2"] = None  # type: ignore[assignment]  # as if it were not installed
