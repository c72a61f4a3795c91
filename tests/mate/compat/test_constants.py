"""The constants of 0.3.x."""

from __future__ import annotations

from wyseos.mate import ClientOptions, constants


def test_the_constants_are_what_is_used() -> None:
    assert ClientOptions(api_key="key").base_url == constants.DEFAULT_BASE_URL
    assert ClientOptions(api_key="key").timeout == constants.DEFAULT_TIMEOUT
    assert constants.ENDPOINT_SESSION_INFO == "/session/info/{session_id}"
    assert constants.MAX_FILE_SIZE == 10 * 1024 * 1024
    assert ".pdf" in constants.SUPPORTED_EXTENSIONS
