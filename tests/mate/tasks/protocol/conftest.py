"""Sessions at points of their life."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.sessions import Session
from tests.support import messages as said


@pytest.fixture
def running() -> Session:
    """A session whose start went out and that has said something."""
    session = Session()
    session.begin()
    session.opened()
    session.says(said.text("a"))
    return session


@pytest.fixture
def reopened(running: Session) -> Session:
    """One that was cut and is connected again: it asks what was missed."""
    running.reopen()
    return running
