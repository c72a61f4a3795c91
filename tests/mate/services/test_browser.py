"""`client.browser`: what is shown of a browser."""

from __future__ import annotations

import pytest

from wyseos.mate import Client


def test_show_info_prints_no_image_and_no_escape(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"action": "click\x1b[2J", "screenshot": "A" * 5000, "url": "https://a.example"}
    with Client(api_key="k") as client:
        client.browser.show_info("s", {"content": "Clicked", "message": {"type": "browser", "data": data}})
        client.browser.show_info("s", {"message": "odd"})
    printed = capsys.readouterr().out
    assert "Clicked" in printed
    assert "5000 characters" in printed
    assert "AAAA" not in printed
    assert "\x1b" not in printed
