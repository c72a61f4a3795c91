"""When a request is sent again, and how long to wait before: rules first, then tables. Pure: no clock, no socket.

The rules (the REST rows of the fault table):

- What certainly was not taken may be sent again, whatever it is: no connection came about, or the service said
  "later".
- What may have been taken is sent again only if it is a read. A second `POST` could do the work twice.
- What will not get better by itself (a bad certificate, a refused key) is never sent again.
- A time that the service tells is kept, if it is at most `LONGEST_TOLD_WAIT` and ends before the deadline; else the
  error is raised at once.
- Beyond the time told, if any, the wait is drawn between nothing and a bound that doubles from try to try (full
  jitter), so that many clients do not come back together, and `Retry-After: 0` does not make them hammer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from wyseos.mate.backoff import LONGEST_TOLD_WAIT, bound
from wyseos.mate.errors import Failure

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["RULES", "Failure", "RetryRule", "read_retry_after", "wait_before_next_try"]


class RetryRule(NamedTuple):
    """How often a fault is tried again: at most this often by itself, for reads and for all else.

    `taken` tells whether the service may have done the work although no answer came.
    """

    reads: int
    writes: int
    taken: bool


_AS_OFTEN_AS_ALLOWED = 1_000_000

RULES: dict[Failure, RetryRule] = {
    Failure.REFUSED: RetryRule(_AS_OFTEN_AS_ALLOWED, _AS_OFTEN_AS_ALLOWED, taken=False),
    Failure.UNKNOWN_HOST: RetryRule(2, 2, taken=False),
    Failure.CERTIFICATE: RetryRule(0, 0, taken=False),
    Failure.CONNECT_TIMEOUT: RetryRule(_AS_OFTEN_AS_ALLOWED, _AS_OFTEN_AS_ALLOWED, taken=False),
    Failure.TIMED_OUT: RetryRule(_AS_OFTEN_AS_ALLOWED, 0, taken=True),
    Failure.CUT: RetryRule(_AS_OFTEN_AS_ALLOWED, 0, taken=True),
    Failure.DEADLINE: RetryRule(0, 0, taken=True),
    Failure.BUSY: RetryRule(_AS_OFTEN_AS_ALLOWED, _AS_OFTEN_AS_ALLOWED, taken=False),
    Failure.UNAVAILABLE: RetryRule(_AS_OFTEN_AS_ALLOWED, 0, taken=True),
    Failure.STRANGE: RetryRule(1, 0, taken=True),
    Failure.FINAL: RetryRule(0, 0, taken=False),
}


def wait_before_next_try(
    faults: Sequence[Failure],
    *,
    is_read: bool,
    max_retries: int,
    left: float,
    jitter: float,
    told: float | None = None,
) -> float | None:
    """Tell how long to wait before the next try, or None where there is to be none.

    Args:
        faults: what went wrong so far, one a try; the last one decides.
        is_read: whether the request only reads.
        max_retries: tries beyond the first that the caller allows.
        left: seconds until the deadline of the whole call.
        jitter: a number drawn from 0 to 1.
        told: seconds that the service asked for (`Retry-After`), None if it did not.

    Returns:
        Seconds, or None: raise the error instead.
    """
    rule = RULES[faults[-1]]
    allowed = rule.reads if is_read else rule.writes
    if len(faults) > max_retries or faults.count(faults[-1]) > allowed:
        return None
    if told is not None and told > LONGEST_TOLD_WAIT:
        return None
    wait = (told or 0.0) + jitter * bound(len(faults))
    return wait if wait < left else None


_SECONDS = r"\s*\d{1,9}(\.\d{1,9})?\s*"


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Read a `Retry-After` header, in seconds or as a date.

    Args:
        value: the header's text, None if there is none.
        now: the time to count a date from, aware; the answer's own `Date` is best, for clocks differ.

    Returns:
        Seconds from `now`, never below 0; None where the header is absent or unreadable.
    """
    if value is None:
        return None
    if re.fullmatch(_SECONDS, value, re.ASCII):
        return float(value)
    date = read_http_date(value)
    return None if date is None else max(0.0, (date - now).total_seconds())


def read_http_date(value: str) -> datetime | None:
    """Read the date of an HTTP header; None if it is none. A date without a zone is taken as UTC."""
    from datetime import UTC
    from email.utils import parsedate_to_datetime  # here, for it loads much that few answers need

    try:
        date = parsedate_to_datetime(value)
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # a year or a zone beyond what Python can hold
        return None
