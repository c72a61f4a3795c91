"""Commands about products."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_a_product_is_analysed_and_shown(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    report = tmp_path / "p.html"
    done = wyse("product", "analyze", "Solar lantern", "--emulator", "--report", str(report))
    assert done.returncode == 0
    assert "product_name\tSolar lantern" in done.stdout
    assert "<h1>Solar lantern</h1>" in report.read_text("utf-8")
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        client.product.create_and_wait("Lamp", poll_interval=0)
    product_id = "2"
    shown = wyse("product", "show", product_id, "--json", emulator=wyseos_emulator)
    assert json.loads(shown.stdout)["product_name"] == "Lamp"
