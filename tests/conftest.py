"""What every test gets: no settings of the machine it runs on."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and addresses in the environment would make tests talk to a real service."""
    for name in ("API_KEY", "JWT_TOKEN", "BASE_URL", "TIMEOUT", "CONFIG", "PROFILE", "PROXY", "CA_BUNDLE"):
        monkeypatch.delenv(f"WYSEOS_{name}", raising=False)
