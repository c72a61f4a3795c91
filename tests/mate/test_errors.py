"""Errors: one tree, told by tables, with hints, picklable."""

from __future__ import annotations

import pickle

import pytest

from wyseos.mate import errors
from wyseos.mate.errors import (
    AnalysisFailedError,
    AnalysisTimeoutError,
    APIError,
    AuthenticationError,
    AuthorizationError,
    ConfigError,
    DecodeError,
    NetworkError,
    NotFoundError,
    RateLimitError,
    ServerError,
    SessionExecutionError,
    ValidationError,
    WebSocketError,
    WyseError,
    api_error,
    fault_of,
)
from wyseos.mate.rest.retry import Failure

KINDS = [getattr(errors, name) for name in errors.__all__ if name[0].isupper()]


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, None, APIError),
        (401, None, AuthenticationError),
        (401, 5000, AuthenticationError),
        (402, 4600, APIError),
        (403, 4000, AuthorizationError),
        (404, None, NotFoundError),
        (404, 4000, NotFoundError),
        (418, None, APIError),
        (429, None, RateLimitError),
        (500, None, ServerError),
        (500, 4201, RateLimitError),
        (520, None, ServerError),
        (599, None, ServerError),
        (200, 4000, APIError),
        (200, 4200, RateLimitError),
        (200, 4201, RateLimitError),
        (200, 4202, RateLimitError),
        (200, 4203, NotFoundError),
        (200, 4600, APIError),
        (200, 5000, ServerError),
        (200, -1, APIError),
        (302, None, APIError),
    ],
)
def test_status_and_code_decide_the_class(status: int, code: int | None, kind: type[APIError]) -> None:
    error = api_error("no", status_code=status, code=code)
    assert (type(error), error.status_code, error.code) == (kind, status, code)


@pytest.mark.parametrize("code", [4000, 4200, 4201, 4202, 4203, 4600, 5000])
def test_each_documented_code_has_a_hint(code: int) -> None:
    error = api_error("no", status_code=200, code=code)
    assert error.hint
    assert str(error).endswith(error.hint)


@pytest.mark.parametrize(
    ("status", "code"), [(429, None), (502, None), (503, None), (504, None), (200, 4202), (200, 5000)]
)
def test_what_says_later_is_retryable(status: int, code: int | None) -> None:
    assert api_error("later", status_code=status, code=code).retryable


@pytest.mark.parametrize("kind", KINDS)
def test_each_error_is_a_wyse_error_with_the_same_facts(kind: type[WyseError]) -> None:
    error = kind("what happened")
    facts = (error.message, error.code, error.status_code, error.request_id, error.details, error.retryable)
    assert facts[:5] == ("what happened", None, None, None, {})
    assert str(error).startswith("what happened")


FULL = [
    APIError("m", 1, 2, {"a": 1}, "r", retryable=True, hint="h"),
    api_error("m", status_code=429, retry_after=7.0),
    ConfigError("m", "timeout", ValueError("v")),
    NetworkError("m", OSError(111, "refused"), True, fault=Failure.CUT),
    SessionExecutionError("m", "s", product_id="p", code=1, cause=KeyError("k")),
    ValidationError("m", "f"),
    DecodeError("m"),
    WebSocketError("m", "s", None, 1011, status_code=503, retryable=True),
]


@pytest.mark.parametrize("error", FULL, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling_with_all_it_carries(error: WyseError) -> None:
    copied = pickle.loads(pickle.dumps(error))
    assert (type(copied), str(copied)) == (type(error), str(error))
    assert {name: repr(value) for name, value in vars(copied).items()} == {
        name: repr(value) for name, value in vars(error).items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_each_error_says_what_it_is_where_nobody_gives_a_message(kind: type[WyseError]) -> None:
    error = kind()
    assert error.message
    assert pickle.loads(pickle.dumps(error)).message == error.message


@pytest.mark.parametrize(
    "kind", [ValidationError, SessionExecutionError, AnalysisFailedError, AnalysisTimeoutError, AuthenticationError]
)
def test_what_was_asked_and_failed_is_an_api_error(kind: type[WyseError]) -> None:
    with pytest.raises(APIError):
        raise kind("no")


def test_an_error_of_a_session_tells_the_message_it_came_by() -> None:
    error = SessionExecutionError("no", "s1", message_id="m1", source="agent")
    assert (error.session_id, error.message_id, error.source) == ("s1", "m1", "agent")


def test_wrong_values_are_value_errors_too() -> None:
    assert issubclass(ConfigError, ValueError)
    assert issubclass(ValidationError, ValueError)
    assert issubclass(DecodeError, ValueError)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (NetworkError("m", fault=Failure.CUT), Failure.CUT),
        (NetworkError("m"), Failure.FINAL),
        (RateLimitError("m"), Failure.BUSY),
        (api_error("m", status_code=503), Failure.UNAVAILABLE),
        (api_error("m", status_code=200, code=5000), Failure.UNAVAILABLE),
        (api_error("m", status_code=200), Failure.STRANGE),
        *((api_error("m", status_code=code), Failure.UNAVAILABLE) for code in (408, 425, 500, 502, 504, 520, 524, 529)),
        (api_error("m", status_code=501), Failure.FINAL),
        (api_error("m", status_code=401, code=4201), Failure.FINAL),
        (api_error("m", status_code=403, code=5000), Failure.FINAL),
        (api_error("m", status_code=200, code=4000), Failure.FINAL),
        (APIError("m"), Failure.FINAL),
        (ConfigError("m"), Failure.FINAL),
        (ValidationError("m", retryable=True), Failure.FINAL),
        (SessionExecutionError("m", retryable=True), Failure.FINAL),
    ],
)
def test_each_error_means_something_for_trying_again(error: WyseError, fault: Failure) -> None:
    assert fault_of(error) is fault
