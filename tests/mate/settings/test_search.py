"""Where a settings file is looked for; `tests/security/test_row_16_planted_settings.py` shows which is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.settings_file import write
from wyseos.mate import load_config
from wyseos.mate.settings.table import FILE_SETTINGS, variable


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file and no variable of the machine is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*map(variable, FILE_SETTINGS), "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)


def test_the_file_is_found_in_a_parent_then_in_the_users_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    write(tmp_path / "config" / "wyseos" / "mate.yaml", "timeout: 11")
    assert load_config().timeout == 11
    write(tmp_path / "a" / "mate.yaml", "timeout: 12")
    assert load_config().timeout == 12
    monkeypatch.setenv("WYSEOS_CONFIG", str(write(tmp_path / "other.yaml", "timeout: 13")))
    assert load_config().timeout == 13
