"""The package's names come when they are first asked for."""

from __future__ import annotations

import pytest

from wyseos.mate import policy
from wyseos.mate.policy.policy import Policy
from wyseos.mate.policy.rule import Rule
from wyseos.mate.tasks.protocol.local_events import PolicyDecision


@pytest.mark.parametrize(("name", "known"), [("Policy", Policy), ("PolicyDecision", PolicyDecision), ("Rule", Rule)])
def test_each_name_of_the_package_is_its_class(monkeypatch: pytest.MonkeyPatch, name: str, known: type) -> None:
    monkeypatch.delitem(vars(policy), name, raising=False)
    assert getattr(policy, name) is known


def test_a_name_that_the_package_has_not_is_told() -> None:
    with pytest.raises(AttributeError, match=r"'wyseos\.mate\.policy' has no attribute 'Polices'"):
        policy.Polices  # noqa: B018
