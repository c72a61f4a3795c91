"""Screenshots are pictures."""

from __future__ import annotations

import base64
import struct

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator


def test_a_screenshot_is_a_real_picture_of_the_size_that_was_ordered(emulator: Emulator) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_browser")
    pictures = [base64.b64decode(event["message"]["data"]["screenshot"]) for event in events if event["type"] == "rich"]

    assert [picture[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"] * 2
    assert [struct.unpack(">II", picture[16:24]) for picture in pictures] == [(640, 400), (1280, 800)]
