"""Who answers which kind of question, and how long is waited for it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from wyseos.mate.tasks.protocol.commands import Answer, Stop
from wyseos.mate.tasks.protocol.local_events import PolicyDecision
from wyseos.runtime import records


class Answering(Enum):
    """Who answers a kind of question."""

    AUTOMATIC = "the machine itself agrees"
    STOP = "the machine stops the task instead"
    WAIT = "somebody will, in time"
    NOBODY = "nobody can: the round ends with an error that carries the question"


@records.frozen
class Ruling:
    """What was decided about a question, and the command that carries it out; None: it is asked as without it."""

    event: PolicyDecision
    command: Answer | Stop | None


@records.frozen
class AnswerPolicy:
    """Who answers what, and how long is waited. Times in seconds; None is without end."""

    plan: Answering = Answering.AUTOMATIC
    text: Answering = Answering.WAIT
    confirmation: Answering = Answering.AUTOMATIC
    completion_timeout: float | None = None
    answer_timeout: float | None = None
    clock_stands: bool = True
    """Whether the round's time stands while a question is open to a person."""
    fallback: AnswerPolicy | None = None
    """Who answers what a handler was asked and left open."""
    judge: Callable[[Any], Ruling] | None = None
    """Decides about a `Question` before anybody is asked. It is pure."""
