"""Policies: rules that answer a task's questions where no person is asked.

from wyseos.mate.policy import Policy

policy = Policy.load("policy.yaml")
client.run("Prepare a launch", policy=policy)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.lazy import attribute

if TYPE_CHECKING:
    from wyseos.mate.policy.policy import Policy as Policy
    from wyseos.mate.policy.rule import Rule as Rule
    from wyseos.mate.tasks.protocol.local_events import PolicyDecision as PolicyDecision

__all__ = ["Policy", "PolicyDecision", "Rule"]

_HOME_OF = {"Policy": "policy", "PolicyDecision": ".tasks.protocol.local_events", "Rule": "rule"}


def __getattr__(name: str) -> Any:
    return attribute(__name__, _HOME_OF, name)
