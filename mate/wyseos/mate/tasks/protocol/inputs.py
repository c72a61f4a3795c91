"""What goes into the task machine besides the service's events and the user's commands: what the session tells it."""

from __future__ import annotations

from wyseos.runtime import records


@records.frozen
class Opened:
    """A connection is open, and the round may begin: what was asked for before goes out."""


@records.frozen
class Reopened:
    """A connection is open again: what may be sent twice goes out again."""


@records.frozen
class Resynced:
    """What the service knows by REST is in: the session's status, and the messages that were missed.

    Args:
        status: the session's, None where it could not be had.
        news: whether messages were missed, or may have been.
        answer: the result's text, as the session tells it.
        error: what went wrong, as the session tells it.
    """

    status: str | None = None
    news: bool = False
    answer: str = ""
    error: str = ""


@records.frozen
class Closed:
    """Nothing more will come."""


@records.frozen
class Broken:
    """The session can't go on here: the connection can't be mended."""

    error: str


@records.frozen
class Tick:
    """Time passed."""


Input = Opened | Reopened | Resynced | Closed | Broken | Tick
