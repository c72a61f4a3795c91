"""Row 19: words of the service are quoted on one line, without the secret however it is spelt, and as they read."""

from __future__ import annotations

import base64
import html
import json
import logging
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.raw_server import RawServer, envelope
from wyseos.mate import APIError, Client
from wyseos.mate.emulator import Emulator, Scenario
from wyseos.mate.settings.secret import MASK, Secret, redact

KEY = "wyse-Canary+of/words=42"

SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "percent": lambda text: quote(text, safe=""),
    "percent in small letters": lambda text: quote(text, safe="").lower(),
    "percent of percent": lambda text: quote(quote(text, safe=""), safe=""),
    "every letter by percent": lambda text: "".join(f"%{ord(char):02X}" for char in text),
    "JSON": lambda text: json.dumps(text).replace("/", "\\/"),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text).replace("/", "\\/")),
    "every letter by u": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "every letter by x": lambda text: "".join(f"\\x{ord(char):02x}" for char in text),
    "HTML": html.escape,
    "HTML by numbers": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "HTML by hexadecimal numbers": lambda text: "".join(f"&#x{ord(char):X};" for char in text),
    "HTML of HTML": lambda text: html.escape("".join(f"&#{ord(char)};" for char in text)),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 after a user's name": lambda text: base64.b64encode(f"user:{text}".encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(f"x{text}??>".encode()).decode(),
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_secret_is_masked_however_it_is_spelt(spell: Callable[[str], str]) -> None:
    shown = redact(f"the key {spell(KEY)} is wrong", [Secret(KEY)])
    assert MASK in shown
    for part in ("Canary", "words", quote("/words"), "%43", "u0043", "x43", "&#67", "&#x43"):
        assert part.lower() not in shown.lower()
    assert shown.startswith("the key ")
    assert shown.endswith(" is wrong")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8), st.sampled_from(list(SPELLINGS)))
def test_it_holds_for_every_key(key: str, name: str) -> None:
    assert MASK in redact(f"<{SPELLINGS[name](key)}>", [Secret(key)])


def test_no_common_word_is_blotted_out() -> None:
    assert redact("not known", [Secret("k"), Secret("no")]) == "not known"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("wrong\n2026-01-01 ERROR log in at evil.example", "wrong 2026-01-01 ERROR log in at evil.example"),
        ("a\r\n\r\nb\u2028c\x85d\x0be", "a b c d e"),
        ("\x1b[2J\x1b]0;title\x07", "\ufffd[2J\ufffd]0;title\ufffd"),
        ("pay \u202e001 \u2066x\u200b\ufeff", "pay \ufffd001 \ufffdx\ufffd\ufffd"),
    ],
)
def test_it_stays_on_its_line_and_reads_as_it_is(said: str, shown: str) -> None:
    assert redact(said) == shown


def test_an_error_of_rest_is_quoted_so() -> None:
    said = f"{quote(KEY, safe='')}\nERROR forged"
    with (
        RawServer((envelope(4000, said, status=400),)) as server,
        Client(api_key=KEY, base_url=server.base_url) as client,
        pytest.raises(APIError) as caught,
    ):
        client.team.get_list()
    told = f"{caught.value} {caught.value.details}"
    assert "Canary" not in told
    assert "\n" not in told


SAID = f"no: {quote(KEY, safe='')}\nERROR forged"
SPEAKS = Scenario("speaks", [{"progress": "x"}, {"error": {"code": 4600, "message": SAID}}])


@pytest.mark.parametrize("closes", [False, True])
def test_what_ends_a_task_is_quoted_so_in_its_result_and_in_the_log(
    closes: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with Emulator(None if closes else SPEAKS, speed=0, api_key=KEY) as emulator:
        if closes:
            emulator.fault("close", frame=2, code=1008, reason=SAID, times=50)
        with caplog.at_level(logging.DEBUG, "wyseos"), Client(api_key=KEY, base_url=emulator.base_url) as client:
            result = client.run("Find trends")
    assert "no: *** ERROR forged" in (result.error or "")
    told = f"{result.error} {caplog.text}"
    assert "Canary" not in told
    assert "\nERROR forged" not in told
