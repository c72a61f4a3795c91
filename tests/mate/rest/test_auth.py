"""Which credential is shown, and whether another one is the same."""

from __future__ import annotations

from typing import Any

import pytest

from wyseos.mate.rest.auth import Credential
from wyseos.mate.settings.secret import Secret

ASK = lambda: "asked"  # noqa: E731


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        (("key", None), (None, None), True),
        (("key", None), ("key", None), True),
        (("key", None), ("another", None), False),
        (("key", None), (None, "token"), False),
        (("key", "token"), ("key", "token"), True),
        (("key", "token"), (None, "token"), True),
        (("key", "token"), ("key", None), False),
        (("key", ASK), ("key", "asked"), True),
        (("key", ASK), ("key", None), False),
        ((None, ASK), (None, ASK), True),
        ((None, "token"), (None, ASK), False),
        (("key", None), ("another", ASK), False),
    ],
)
def test_a_credential_knows_what_came_from_it(mine: Any, other: Any, expected: bool) -> None:
    assert made(*mine).holds(made(*other)) == expected


def made(api_key: str | None, token: Any) -> Credential:
    return Credential(Secret(api_key) if api_key else None, Secret(token) if isinstance(token, str) else token)
