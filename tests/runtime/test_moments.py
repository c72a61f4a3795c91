"""Moments on their way out, at the ends of time too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from wyseos.runtime.moments import in_utc, zoned
from wyseos.runtime.reading import plain
from wyseos.runtime.validation import query

EAST, WEST = timezone(timedelta(hours=9)), timezone(timedelta(hours=-9))
BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@pytest.fixture(params=["Asia/Tokyo", "America/New_York", "UTC"])
def local_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("local_time")
@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_the_ends_of_time_are_written(moment: datetime) -> None:
    assert datetime.fromisoformat(query({"since": moment})["since"]).tzinfo is not None
    assert str(plain(moment)).endswith("Z")


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        (datetime.min.replace(tzinfo=EAST), BEGINNING),
        (datetime.max.replace(tzinfo=WEST), END),
        (datetime(2026, 1, 1, tzinfo=EAST), datetime(2025, 12, 31, 15, tzinfo=UTC)),
    ],
)
def test_what_lies_beyond_an_end_in_utc_is_that_end(moment: datetime, utc: datetime) -> None:
    assert in_utc(moment) == utc


def test_a_zone_is_kept() -> None:
    assert zoned(datetime(2026, 1, 1, tzinfo=EAST)).tzinfo is EAST
