"""What every test gets: no settings of the machine it runs on, and an eye on every log for keys."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator

import pytest

# Every logger that a key passes by; at DEBUG they tell URLs and headers.
LOGGERS = ("wyseos", "httpx", "httpcore", "websockets", "uvicorn", "asyncio")
# The emulator's own keys, which nearly all tests use, and the ones that tests name a canary.
SECRETS = re.compile(r"wyse-emulator-[0-9a-f]{16}|emulator\.[0-9a-f]{16}\.jwt|canary-key", re.IGNORECASE)


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, addresses and proxies in the environment would make tests talk to a real service."""
    for name in list(os.environ):
        if name.startswith("WYSEOS_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


class Canary(logging.Handler):
    """Keeps each log record that tells a secret."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        told = self.format(record)
        if SECRETS.search(told):
            self.found.append(f"{record.name}: {SECRETS.sub('***', told)}")


@pytest.fixture(autouse=True)
def no_key_in_any_log() -> Iterator[None]:
    """Security row 1, in every test: no logger at DEBUG tells a credential."""
    canary = Canary()
    before = {name: logging.getLogger(name).level for name in LOGGERS}
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).addHandler(canary)
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
        logging.getLogger(name).removeHandler(canary)
    assert canary.found == []
