"""The root of the SDK's errors."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest

from wyseos.runtime.errors import DecodeError, UnexpectedAnswer, ValidationError, WyseError


def test_an_error_without_facts_is_its_message() -> None:
    assert str(WyseError("it broke")) == "it broke"


def test_an_error_tells_what_is_known_and_what_to_do() -> None:
    error = WyseError("it broke", code=4200, status_code=200, request_id="r1", hint="try later")

    assert str(error) == "it broke (code 4200, HTTP status 200, request r1) – try later"


@pytest.mark.parametrize("kind", [WyseError, ValidationError, DecodeError, UnexpectedAnswer])
def test_all_are_one_tree(kind: type[WyseError]) -> None:
    error = kind("it broke", code=1, details={"a": 1}, retryable=True)

    assert isinstance(error, WyseError)
    assert (error.code, error.details, error.retryable) == (1, {"a": 1}, True)


def test_what_the_caller_or_the_service_got_wrong_is_a_value_error_too() -> None:
    assert issubclass(ValidationError, ValueError)
    assert issubclass(DecodeError, ValueError)


@pytest.mark.parametrize("through", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_an_error_survives_pickling_and_copying(through: Callable[[ValidationError], ValidationError]) -> None:
    error = ValidationError("task is empty", field="task", code=4000, details=["a"], hint="give one")
    error.add_note("a note")

    again = through(error)

    assert type(again) is ValidationError
    assert (error.args, error.__dict__, str(error)) == (again.args, again.__dict__, str(again))
