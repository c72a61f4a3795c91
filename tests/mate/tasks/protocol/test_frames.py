"""The frames of a session, read as events."""

from __future__ import annotations

import json

from tests.support import messages as said
from wyseos.mate.tasks.protocol.actions import SendText, Warn
from wyseos.mate.tasks.protocol.frames import DecodedFrame, FrameReader, UnreadableFrame, decode_early


def frame(message: said.Json) -> bytes:
    return json.dumps(message).encode()


def test_frames_are_events_in_their_order() -> None:
    events, actions, complaint = FrameReader().read([frame(said.text("a")), frame(said.text("b"))])
    assert ([event.message_id for event in events], actions, complaint) == (["a", "b"], (), None)


def test_heartbeats_are_answered_and_are_no_events_between_others() -> None:
    frames = [frame(said.text("a")), frame({"type": "ping", "timestamp": 9}), frame({"type": "pong"})]
    events, actions, _ = FrameReader().read(frames)
    assert [event.message_id for event in events] == ["a"]
    assert actions == [SendText({"type": "pong", "timestamp": 9})]


def test_what_is_no_event_is_passed_over_with_a_warning_and_the_others_are_read() -> None:
    events, [warning], complaint = FrameReader().read([UnreadableFrame(b"a binary frame"), frame(said.text("a"))])
    assert [event.message_id for event in events] == ["a"]
    assert isinstance(warning, Warn)
    assert "a binary frame" in warning.message
    assert complaint is None


def test_three_in_a_row_are_complained_of_over_several_reads() -> None:
    reader = FrameReader()
    assert reader.read([b"stray"] * 2)[2] is None
    assert "3 frames in a row were no events" in (reader.read([b"stray"] * 2)[2] or "")


def test_an_event_between_them_begins_the_count_anew() -> None:
    reader = FrameReader()
    reader.read([b"stray"] * 2)
    reader.read([frame(said.text())])
    assert reader.read([b"stray"] * 2)[2] is None


def test_a_heartbeat_between_frames_that_are_no_events_begins_their_count_anew() -> None:
    reader = FrameReader()
    bad, ping = [b"{"], [b'{"type": "ping", "timestamp": 1}']
    complaints = [reader.read(frames)[2] for frames in (bad, bad, ping, bad, bad)]
    assert complaints == [None] * 5
    assert reader.read(bad)[2] is not None


def test_a_frame_that_was_decoded_when_it_came_is_read_in_its_place_and_as_long_as_its_text() -> None:
    text = bytearray(frame(said.text("b")))
    early = decode_early(memoryview(text))
    assert isinstance(early, DecodedFrame)
    assert len(early) == len(text)
    text[:] = bytes(len(text))  # it was only lent
    events, actions, complaint = FrameReader().read([frame(said.text("a")), early, frame(said.text("c"))])
    assert ([event.message_id for event in events], actions, complaint) == (["a", "b", "c"], (), None)
    assert events[1] == FrameReader().read([frame(said.text("b"))])[0][0]


def test_beside_a_heartbeat_too_and_as_one() -> None:
    early = [decode_early(bytearray(frame(each))) for each in (said.text("a"), {"type": "ping", "timestamp": 9})]
    events, actions, _ = FrameReader().read(early)
    assert [event.message_id for event in events] == ["a"]
    assert actions == [SendText({"type": "pong", "timestamp": 9})]


def test_what_cannot_be_decoded_when_it_comes_is_told_in_its_turn() -> None:
    early = decode_early(bytearray(b"stray"))
    assert early == b"stray"
    assert [type(action) for action in FrameReader().read([early])[1]] == [Warn]
