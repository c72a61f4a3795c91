"""Secrets print as ***, and foreign words are made safe to quote."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wyseos.mate.settings.secret import MASK, QUOTE_LIMIT, Secret, redact


def test_a_secret_prints_as_stars_everywhere() -> None:
    secret = Secret("CANARY")
    shown = f"{secret} {secret!r} {[secret]} {copy.copy(secret)} {copy.deepcopy([secret])}"
    assert "CANARY" not in shown
    assert secret.reveal() == "CANARY"


def test_a_secret_is_not_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret("CANARY"))


def test_secrets_compare_by_value() -> None:
    assert Secret("a") == Secret("a")
    assert len({Secret("a"), Secret("a")}) == 1
    assert Secret("a") != "a"


@pytest.mark.parametrize(
    "text",
    [
        "api_key=CANARY&x=1",
        "?API-KEY=CANARY",
        '"x-api-key": "CANARY"',
        "x-api-key: CANARY",
        "Authorization: Bearer CANARY",
        "authorization=CANARY",
        "{'access_token': 'CANARY'}",
        "jwt_token: CANARY",
        "password = CANARY",
        "Set-Cookie: CANARY; Path=/",
        "eyJhbGciOi.CANARY.c2lnbmF0dXJl",
    ],
)
def test_what_looks_like_a_credential_is_masked(text: str) -> None:
    shown = redact(text)
    assert "CANARY" not in shown
    assert MASK in shown


def test_a_known_secret_is_masked_wherever_it_stands() -> None:
    assert redact(b"the k-1 of k-1", [Secret("k-1")]) == "the *** of ***"


def test_harmless_words_stay_as_they_are() -> None:
    text = "The token limit is reached; ask for an API key. É ☃"
    assert text == redact(text)


def test_control_characters_cannot_reach_a_terminal() -> None:
    assert redact("a\x1b[2Jb\x00c") == "a\ufffd[2Jb\ufffdc"


@settings(deadline=None)
@given(st.one_of(st.text(), st.binary()), st.integers(3, 40))
def test_a_quote_is_never_longer_than_its_limit(text: str | bytes, limit: int) -> None:
    assert len(redact(text, limit=limit).encode()) <= limit


@settings(deadline=None)
@given(st.integers(0, 2 * QUOTE_LIMIT))
def test_no_part_of_a_secret_stays_at_the_cut(position: int) -> None:
    page = "x" * position + "CANARY" + "y" * 100
    assert "CAN" not in redact(page, [Secret("CANARY")])
