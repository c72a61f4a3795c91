"""Joins the chunks of marketing streams: tweets are gathered, drafts put together piece by piece. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.generated.models import (
    MarketingDataType,
    TweetDraftEvent,
    TweetInMessage,
    TweetInteractEvent,
    TweetMedia,
    TweetReplyEvent,
    TweetWithReply,
    TweetWriterData,
)

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent

# The whole data of a stream, by the class of its chunks.
STREAM_DATA: dict[type, tuple[MarketingDataType, ...]] = {
    TweetReplyEvent: ("reply",),
    TweetInteractEvent: ("like", "retweet"),
    TweetDraftEvent: ("tweet",),
}


class Streams:
    """What the streams of a task have brought so far.

    Example:
        streams = Streams()
        for event in task:
            streams.add(event)
        print(streams.drafts)
    """

    def __init__(self) -> None:
        self.replies: list[TweetWithReply] = []
        """Tweets with their drafted answers, in the order in which they came."""
        self.interactions: list[TweetInMessage] = []
        """Tweets to like or share, mixed; the marketing data tells them apart."""
        self._pieces: dict[str, list[tuple[int, str]]] = {}
        self._media: dict[str, list[TweetMedia]] = {}

    def add(self, event: TaskEvent) -> bool:
        """Take any event, and return whether it was a chunk of a stream."""
        if not isinstance(event, TweetReplyEvent | TweetInteractEvent | TweetDraftEvent) or not event.message.data:
            return False
        if isinstance(event, TweetReplyEvent):
            self.replies.extend(event.message.data)
        elif isinstance(event, TweetInteractEvent):
            self.interactions.extend(event.message.data)
        else:
            self._add_piece(event.message.data, event.chunk_index)
        return True

    def _add_piece(self, piece: TweetWriterData, index: int | None) -> None:
        """The index orders the pieces where the service gives one; the order of arrival does where it gives none."""
        pieces = self._pieces.setdefault(piece.draft_id, [])
        pieces.append((len(pieces) if index is None else index, piece.content or ""))
        self._media.setdefault(piece.draft_id, []).extend(piece.media or ())

    @property
    def whole_drafts(self) -> list[dict[str, Any]]:
        """The drafts as the marketing data has them: `draft_id`, `content` and, where there are any, `media`."""
        wholes = [TweetWriterData(name, content=text, media=self._media[name]) for name, text in self.drafts.items()]
        return [whole.to_dict() for whole in wholes]

    @property
    def drafts(self) -> dict[str, str]:
        """The text of each draft as far as it has come, by its `draft_id`."""
        return {
            draft_id: "".join(content for _, content in sorted(pieces, key=lambda piece: piece[0]))
            for draft_id, pieces in self._pieces.items()
        }
