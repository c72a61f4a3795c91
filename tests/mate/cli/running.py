"""`wyse` as a process of its own, and what it printed."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from tests.support import forked
from wyseos.mate.emulator import Emulator


def wyse(*arguments: str, emulator: Emulator | None = None, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1"}
    if emulator is not None:
        environment |= {"WYSEOS_BASE_URL": emulator.base_url, "WYSEOS_API_KEY": emulator.api_key}
    return forked.run("wyseos.mate.cli", *arguments, environment=environment, typed=typed)


def rows(told: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert (told.returncode, told.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found
