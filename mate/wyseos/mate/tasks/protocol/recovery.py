"""Asking the service by REST what happened: the session's status and the missed messages, until both are had. Pure.

The rules:

1. The status comes first: what it tells as over is then certainly in the messages. One that fails does not lose the
   other.
2. What may pass is asked for again, with growing waits. What the service refuses for good is not.
3. A page that fails while the service answers otherwise is asked for in smaller ones, at last message by message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wyseos.generated.models import SessionInfo
from wyseos.mate.backoff import bound
from wyseos.mate.errors import (
    APIError,
    AuthenticationError,
    AuthorizationError,
    NetworkError,
    NotFoundError,
    RateLimitError,
    ServerError,
    WyseError,
)
from wyseos.mate.tasks.protocol.actions import ReadHistory, ReadSession
from wyseos.mate.tasks.protocol.catchup import CatchUp, HistoryPage
from wyseos.mate.tasks.protocol.delivery import Delivery, Missed
from wyseos.mate.tasks.protocol.small_sets import EMPTY, without
from wyseos.runtime import records

_PASSING = (NetworkError, RateLimitError, ServerError)
FINAL_ERRORS = (AuthenticationError, AuthorizationError, NotFoundError)
_PASSING_STATUSES = frozenset({408, 425, 429})
FINAL_AFTER = 2
"""Failures in a row after which a refusal of the messages is believed: while a service restarts, it may be wrong."""
SUSPECT_AFTER = 3
"""Failures in a row after which a page itself is suspected, if the status can be had."""
SHORTEST_WAIT = 0.05


@records.frozen
class Recovered:
    """What the service told.

    Args:
        missed: the messages, or as many as there was room for.
        info: the session, None where it can't be had, at least not yet.
        is_whole: whether there are no further messages.
        lost: why messages are missing for good, None where none are.
        is_late: whether the status came after the first messages, so that it may tell of what is not among them.
    """

    missed: Missed
    info: SessionInfo | None
    is_whole: bool
    lost: str | None
    is_late: bool


class Recovery:
    """The asking by REST, over all connections of a round.

    Args:
        delivery: knows what was passed on.
        budget: bytes that may be held meanwhile.
        draw: gives a number from 0 to 1, for the jitter of the waits.
    """

    def __init__(self, delivery: Delivery, budget: int, draw: Callable[[], float]) -> None:
        self._delivery = delivery
        self._catchup = CatchUp(delivery, budget)
        self._draw = draw
        self._waiting: frozenset[type] = EMPTY  # the requests under way
        self._outdated: frozenset[type] = EMPTY  # those of them that were sent before what is asked for now
        self._wanted: frozenset[type] = EMPTY
        self._retry_at: dict[type, float] = {}
        self._failures: dict[type, int] = {}
        self._status_was_tried = False
        self._suspects_page = self._has_read = self._is_late = False
        self._lost: str | None = None
        self.info: SessionInfo | None = None
        self.refusal: WyseError | None = None
        """Why the service will not tell of the session."""
        self.is_active = False
        """Whether messages are being read."""
        self.is_blocked = False
        """Whether there is no room for further messages."""

    def begin(self) -> None:
        """Ask what happened up to now. What was read already is kept."""
        self.is_active = True
        self.info = self.refusal = None
        self._has_read = self._is_late = self._suspects_page = False
        self._status_was_tried = False
        self._outdated |= self._waiting
        self._wanted = frozenset({ReadSession, ReadHistory})
        self._retry_at.clear()
        self._catchup.refresh()

    def hurry(self) -> None:
        """Note that there is little time: the next failure is the first again, so that it is asked again soon."""
        self._failures.clear()

    def end(self) -> None:
        """Ask nothing more, and wait for no answer: with a round its requests end, too."""
        self.is_active = False
        self.info = None
        self._wanted = self._waiting = self._outdated = EMPTY
        self._retry_at.clear()

    @property
    def deadline(self) -> float | None:
        """When the next request is due, on the caller's clock."""
        return min(self._retry_at.values()) if self._retry_at else None

    @property
    def is_failing(self) -> bool:
        """Whether the messages could not be had when they were last asked for."""
        return self._failures.get(ReadHistory, 0) > 0 or self._failures.get(ReadSession, 0) > 0

    def requests(self, now: float) -> list[ReadSession | ReadHistory]:
        """Return what is to be asked for now."""
        due = {kind for kind, at in self._retry_at.items() if at <= now}
        for kind in due:
            del self._retry_at[kind]
        free = self._wanted - self._waiting - self._retry_at.keys()
        asked: list[ReadSession | ReadHistory] = []
        if ReadSession in free:
            asked.append(ReadSession())
        # Whether a suspected page is to blame is known once the status is had: until then it is not asked for again.
        is_free = self._status_was_tried and not self.is_blocked and not self._suspects_page
        if ReadHistory in free and is_free:
            asked.append(ReadHistory(self._catchup.next()))
        self._waiting |= {type(request) for request in asked}
        return asked

    def answered(self, request: ReadSession | ReadHistory, answer: Any, now: float) -> None:
        """Take an answer: a `SessionInfo`, a `HistoryPage`, or the `WyseError` instead of it."""
        kind = type(request)
        self._waiting = without(self._waiting, {kind})
        if kind in self._outdated:
            self._outdated = without(self._outdated, {kind})
            return
        if isinstance(answer, WyseError):
            self._failed(kind, answer, now)
        else:
            self._failures[kind] = 0
            self._take(answer)

    def outcome(self) -> Recovered | None:
        """Return what was told, once it is to be delivered."""
        if not (self.is_active and self._status_was_tried and ReadHistory not in self._wanted):
            return None
        catchup = self._catchup
        reaches = catchup.has_met or (self._delivery.is_untouched and not catchup.has_given_up)
        lost, self._lost = self._lost, None
        if not reaches and lost is None:
            lost = "the history does not reach back to the last message seen"
        if catchup.left_out and lost is None:
            lost = f"{catchup.left_out} of the missed messages could not be read"
        missed = self._delivery.split(catchup.take())
        catchup.delivered(len(missed.events))
        is_whole = not catchup.has_more
        if is_whole:
            self.is_active = False
        else:
            self._wanted |= {ReadHistory}
        return Recovered(missed, self.info, is_whole, lost, self._is_late)

    def _take(self, answer: SessionInfo | HistoryPage) -> None:
        if isinstance(answer, HistoryPage):
            self._suspects_page, self._has_read = False, True
            self._catchup.took(answer)
            if self._catchup.is_complete:
                self._wanted = without(self._wanted, {ReadHistory})
            return
        if self.info is None:
            self.info, self._is_late = answer, self._has_read
        self._status_was_tried = True
        self._wanted = without(self._wanted, {ReadSession})
        if self._suspects_page:
            self._suspects_page = False
            self._catchup.failed()

    def _failed(self, kind: type, error: WyseError, now: float) -> None:
        if kind is ReadSession:
            self._status_was_tried, self._suspects_page = True, False  # nothing can be had: it is not the page
        if isinstance(error, FINAL_ERRORS) and (kind is ReadSession or self._failures.get(kind, 0) >= FINAL_AFTER):
            self._give_up(kind, error)
        elif kind is ReadHistory and not isinstance(error, FINAL_ERRORS) and not _may_pass(error):
            self._catchup.failed()
        else:
            self._try_later(kind, now)

    def _give_up(self, kind: type, error: WyseError) -> None:
        self._wanted = without(self._wanted, {kind})
        if kind is ReadSession:
            self.refusal = error
        else:
            self._lost = f"the missed messages could not be read: {error.message}"

    def _try_later(self, kind: type, now: float) -> None:
        failures = self._failures[kind] = self._failures.get(kind, 0) + 1
        self._retry_at[kind] = now + max(SHORTEST_WAIT, bound(failures) * self._draw())
        if kind is ReadHistory and failures >= SUSPECT_AFTER:
            self._failures[kind] = 1
            self._suspects_page = True
            self._wanted |= {ReadSession}


def _may_pass(error: WyseError) -> bool:
    if isinstance(error, _PASSING) or not isinstance(error, APIError):
        return True
    return error.status_code in _PASSING_STATUSES or (error.status_code or 0) >= 500
