"""What every test gets: no settings of the machine it runs on, and an eye on every log for keys."""

from __future__ import annotations

import logging
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.offline import sitecustomize as offline

# A suite that was started in the background ignores Ctrl-C, and with nohup its terminal's end, and so would every
# program that it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if os.name == "posix" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# Nor may they steer what is made once for many tests, before the fixtures below, or while tests are collected.
for _name in [name for name in os.environ if name.startswith("WYSEOS_") or name in ("SSL_CERT_FILE", "SSL_CERT_DIR")]:
    del os.environ[_name]

# Every logger that a key passes by; at DEBUG they tell URLs and headers.
LOGGERS = ("wyseos", "httpx", "httpcore", "httpx2", "httpcore2", "websockets", "uvicorn", "asyncio")
# The emulator's own keys, which nearly all tests use, and the ones that tests name a canary.
SECRETS = re.compile(r"wyse-emulator-[0-9a-f]{16}|emulator\.[0-9a-f]{16}\.jwt|canary-key", re.IGNORECASE)


# Importing it refuses connections to other machines here; programs that a test starts load it by their path.
assert offline.LOOPBACK
OFFLINE = str(Path(offline.__file__).parent)


@pytest.fixture(autouse=True)
def programs_are_offline_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program that a test starts reaches another machine."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (OFFLINE, os.environ.get("PYTHONPATH")))))


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, addresses and proxies in the environment would make tests talk to a real service."""
    for name in list(os.environ):
        if name.startswith("WYSEOS_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    # The system's keyring, where the library is installed, may hold a key, and may ask its user to unlock it.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture(autouse=True)
def no_state_of_this_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `wyse` remembers is the user's; a test's own goes into a folder that nobody else reads."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


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
