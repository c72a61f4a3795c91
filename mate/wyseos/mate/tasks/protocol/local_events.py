"""Events that the SDK itself adds to a task's stream, beside those of the service."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from wyseos.generated.models import MarketingData


@attrs.frozen
class Gap:
    """Messages are missing here and could not be had (fault row 20); the task goes on.

    `after` is the id of the last message before the gap, None where there was none.
    """

    reason: str
    after: str | None = None
    type: Literal["gap"] = "gap"
    message_id: None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the event ready for JSON."""
        return {"type": self.type, "after": self.after, "reason": self.reason}


@attrs.frozen
class StreamClosed:
    """A stream of marketing data is complete, and this is its whole data, fetched once.

    `stream` is the `message.type` of its chunks. `data` is None where it could not be fetched; `reason` then tells why.
    """

    stream: str
    data: MarketingData | None = None
    reason: str | None = None
    type: Literal["stream_closed"] = "stream_closed"
    message_id: None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the event ready for JSON."""
        data = None if self.data is None else self.data.to_dict()
        return {"type": self.type, "stream": self.stream, "data": data, "reason": self.reason}
