"""What goes into the task machine besides the service's events and the user's commands."""

from __future__ import annotations

import attrs


@attrs.frozen
class Opened:
    """The first line is open: what was asked for before goes out."""


@attrs.frozen
class Resynced:
    """The line is open again and the missed events are in: `news` tells whether there were any.

    `status` is the session's as REST tells it, or None where it could not be had.
    """

    status: str | None = None
    news: bool = False
    answer: str = ""
    error: str = ""


@attrs.frozen
class Closed:
    """The service closed the line and nothing more will come."""


@attrs.frozen
class Broken:
    """The line cannot be mended, or the user's own callback failed."""

    error: str


@attrs.frozen
class Tick:
    """Time passed."""
