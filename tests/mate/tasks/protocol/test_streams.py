"""The pieces of a stream are joined to what they are pieces of."""

from __future__ import annotations

from tests.support import messages as said
from wyseos.mate.tasks.protocol.streams import STREAM_DATA, Streams


def test_the_pieces_of_a_draft_are_joined_in_order() -> None:
    streams = Streams()
    for message in (said.draft("a", "d1", "wor", 1), said.draft("b", "d2", "B", 0), said.draft("c", "d1", "Hello ", 0)):
        assert streams.add(said.event(message))
    assert streams.drafts == {"d1": "Hello wor", "d2": "B"}


def test_pieces_without_an_index_are_joined_as_they_come() -> None:
    streams = Streams()
    for message_id, content in (("a", "one "), ("b", "two "), ("c", "three")):
        streams.add(said.event(said.draft(message_id, "d", content, None)))
    assert streams.drafts == {"d": "one two three"}


def test_tweets_are_gathered_and_all_else_is_left_alone() -> None:
    streams = Streams()
    for kind in ("marketing_tweet_reply", "marketing_tweet_interact"):
        body = {"type": kind, "data": [{"tweet_id": kind}]}
        assert streams.add(said.event({"type": "rich", "delta": True, "chunk_id": "c", "message": body}))
    assert not streams.add(said.event(said.text()))
    assert not streams.add(said.event(said.stream_end()))
    assert [tweet.tweet_id for tweet in streams.replies] == ["marketing_tweet_reply"]
    assert [tweet.tweet_id for tweet in streams.interactions] == ["marketing_tweet_interact"]


def test_a_whole_draft_has_its_text_and_its_media() -> None:
    streams = Streams()
    for message_id, index, content, media in (
        ("a", 0, "See ", []),
        ("b", 1, None, [{"url": "u"}]),
        ("c", 2, "it", None),
    ):
        message = said.draft(message_id, "d", "", index)
        message["message"]["data"].update(content=content, media=media)
        streams.add(said.event(message))
    assert [(whole["draft_id"], whole["content"]) for whole in streams.whole_drafts] == [("d", "See it")]
    assert len(streams.whole_drafts[0]["media"]) == 1


def test_pieces_of_the_same_index_stay_in_the_order_in_which_they_came() -> None:
    streams = Streams()
    for message_id, content in (("a", "one "), ("b", "after")):
        streams.add(said.event(said.draft(message_id, "d", content, 0)))
    assert streams.drafts == {"d": "one after"}


def test_each_stream_has_its_kinds_of_marketing_data() -> None:
    assert {event.__name__: kinds for event, kinds in STREAM_DATA.items()} == {
        "TweetReplyEvent": ("reply",),
        "TweetInteractEvent": ("like", "retweet"),
        "TweetDraftEvent": ("tweet",),
    }
