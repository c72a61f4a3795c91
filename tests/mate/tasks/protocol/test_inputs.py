"""What the session tells the task machine."""

from __future__ import annotations

from wyseos.mate.tasks.protocol.inputs import Resynced


def test_what_the_service_does_not_tell_by_rest_proves_nothing() -> None:
    assert Resynced() == Resynced(status=None, news=False, answer="", error="")
