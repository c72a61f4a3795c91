"""Whatever comes, however it is cut: the frames are those that the library alone reads, in the same order."""

from __future__ import annotations

import logging
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri
from websockets.utils import accept_key

from wyseos.mate.tasks.io import framing
from wyseos.mate.tasks.io.framing import FrameSplitter, Raw

MOST = 70_000


class Library:
    """The library's own protocol, and what it reads: frames of text, and all else with the place where it came."""

    def __init__(self) -> None:
        self.protocol = ClientProtocol(parse_uri("ws://localhost/"), max_size=MOST, logger=logging.Logger("silent"))
        self.protocol.send_request(self.protocol.connect())
        self.protocol.data_to_send()
        self.frames: list[Raw] = []
        self.others: list[tuple[int, Any]] = []
        self.bytes_taken = 0

    def take(self, data: bytes) -> bool:
        self.bytes_taken += len(data)
        self.protocol.receive_data(data)
        for event in self.protocol.events_received():
            if isinstance(event, Frame) and event.opcode is Opcode.TEXT and event.fin:
                self.frames.append(bytes(event.data))
            elif not isinstance(event, Response):
                self.others.append((len(self.frames), event))
        return self.protocol.state is State.OPEN

    def answer(self, status: bytes = b"101 Switching Protocols") -> bytes:
        """What answers its handshake."""
        accept = accept_key(self.protocol.key).encode()
        return (
            b"HTTP/1.1 %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n"
            % (status, accept)
        ) + b"Content-Length: 0\r\n\r\n"

    @property
    def outcome(self) -> tuple[Any, ...]:
        protocol = self.protocol
        return (
            self.frames,
            self.others,
            protocol.state,
            len(b"".join(protocol.data_to_send())),
            str(protocol.parser_exc),
        )


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(places)]


def frame(first: int, size: int, mask: int = 0) -> bytes:
    """A frame of that first byte, with a payload of that many bytes, the same one again and again."""
    marks = (size, 0) if size < 126 else (126, 2) if size < 65_536 else (127, 8)
    length = bytes([marks[0] | mask]) + (size.to_bytes(marks[1], "big") if marks[1] else b"")
    return bytes([first]) + length + b"\0\0\0\0" * bool(mask) + bytes([size % 251]) * size


TEXT, PING, CLOSE = 0x81, 0x89, 0x88
_frames = st.one_of(
    st.tuples(st.just(TEXT), st.sampled_from((0, 1, 2, 125, 126, 127, 128, 300, 65_535, 65_536, MOST, MOST + 1))),
    st.tuples(st.just(TEXT), st.sampled_from((1, 300))),
    st.tuples(st.sampled_from((0x01, 0x00, 0x80, 0x02, 0x82, 0x89, 0x8A)), st.sampled_from((0, 3, 126, 65_536))),
    st.tuples(st.sampled_from((0x01, 0x00, 0x80, PING)), st.sampled_from((0, 3))),
    st.tuples(st.sampled_from((TEXT, 0xC1, 0x83, 0x09, CLOSE, PING)), st.sampled_from((0, 2)), st.just(0x80)),
    st.tuples(st.sampled_from((0xC1, 0x83, 0x09, CLOSE)), st.sampled_from((0, 2, 1000))),
)
_cuts = st.lists(st.integers(0, 400_000), max_size=8)


STREAMS = (
    [(TEXT, 300)] * 3,
    [(TEXT, 125), (TEXT, 126), (TEXT, 127), (TEXT, 0)],
    [(TEXT, 65_536), (TEXT, 3), (PING, 0), (TEXT, 3)],
    [(TEXT, MOST), (TEXT, 3)],
    [(TEXT, MOST + 1), (TEXT, 3)],
    [(0x82, 125), (TEXT, 3), (0x82, 126), (TEXT, 3), (0x82, 65_536), (TEXT, 3)],
    [(0x01, 1), (TEXT, 3), (0x80, 1)],
    [(0x01, 1), (PING, 0), (0x80, 1), (TEXT, 3)],
    [(0x01, 1), (PING, 0), (TEXT, 3)],
    [(0x01, 1), (0x00, 1), (TEXT, 3)],
    [(TEXT, 300, 0x80), (TEXT, 3)],
    [(CLOSE, 0), (TEXT, 3)],
)


def lend(splitter: FrameSplitter, piece: bytes, least: int) -> None:
    """Have a splitter read a piece as asyncio reads into buffers: what it is lent is other bytes afterwards."""
    while piece:
        room = splitter.room(least)
        read, piece = (piece, b"") if room is None else (piece[: len(room)], piece[len(room) :])
        if room is None:
            lent = bytearray(read)
            splitter.split(memoryview(lent))
            lent[:] = b"\x81" * len(lent)
        else:
            room[: len(read)] = read
            splitter.fill(len(read))


def assert_same(stream: list[tuple[int, ...]], step: int, cuts: list[int], least: int | None = None) -> None:
    """Have the library read a stream alone and beside the splitter, in steps of so many bytes, or cut there; `least`
    bytes have to be missing of a message to be read to where they belong.
    """
    alone, beside = Library(), Library()
    beside.protocol.key = alone.protocol.key
    data = alone.answer() + b"".join(frame(*each) for each in stream)
    splitter = FrameSplitter(beside.frames, beside.take, MOST)
    for piece in [data[start : start + step] for start in range(0, len(data), step)] if step else pieces(data, cuts):
        alone.take(piece)
        if least is None:
            splitter.split(piece)
        else:
            lend(splitter, piece, least)
    assert beside.outcome == alone.outcome


@pytest.mark.parametrize("least", [None, 0, 40])
@pytest.mark.parametrize("step", [0, 2, 3, 137])
@pytest.mark.parametrize("stream", STREAMS, ids=str)
def test_frames_are_those_of_the_library_alone(stream: list[tuple[int, ...]], step: int, least: int | None) -> None:
    assert_same(stream, step, [], least)


@given(st.lists(_frames, max_size=12), _cuts, st.sampled_from((None, 0, 1000)))
def test_so_they_are_whatever_comes_and_wherever_it_is_cut(
    stream: list[tuple[int, ...]], cuts: list[int], least: int | None
) -> None:
    assert_same(stream, 0, cuts, least)


@pytest.mark.parametrize("step", [3, 137, 5_000])
def test_of_what_a_header_claims_no_more_is_put_aside_than_has_come_once_again(
    step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(framing, "_AHEAD", 1000)
    library = Library()
    splitter = FrameSplitter(library.frames, library.take, MOST)
    splitter.split(library.answer())
    message = frame(TEXT, 65_536)
    splitter.split(message[:20])
    came, largest = 10, 0.0
    while (room := splitter.room()) is not None:
        largest = max(largest, (came + len(room)) / max(came, 500))
        size = min(step, len(room))
        room[:size] = message[10 + came : 10 + came + size]
        splitter.fill(size)
        came += size
    assert largest == 2
    assert library.frames == [message[10:]]


@pytest.mark.parametrize("cut", range(-6, 14))
def test_text_frames_are_taken_past_the_library_wherever_they_are_cut(cut: int) -> None:
    library = Library()
    answer = library.answer()
    data = answer + b"".join(frame(TEXT, size) for size in (5, 300, 65_536, 5))
    splitter = FrameSplitter(library.frames, library.take, MOST)
    for piece in pieces(data, [len(answer) + cut, len(answer) + 400]):
        splitter.split(piece)
    assert [len(each) for each in library.frames] == [5, 300, 65_536, 5]
    frame_cut_in_its_header = {1: 7, 2: 7, 3: 7, 8: 304, 9: 304, 10: 304}.get(cut, 0)
    assert library.bytes_taken == len(answer) + frame_cut_in_its_header


@pytest.mark.parametrize("size", [3, 0x8103, 65_536])
@pytest.mark.parametrize("cut", range(15))
def test_a_frame_that_is_cut_in_its_header_is_no_other(size: int, cut: int) -> None:
    library = Library()
    splitter = FrameSplitter(library.frames, library.take, MOST)
    answer = library.answer()
    for piece in pieces(answer + frame(TEXT, size) + frame(TEXT, 2), [len(answer) + cut]):
        splitter.split(piece)
    assert [len(each) for each in library.frames] == [size, 2]


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_what_follows_a_refusal_is_the_librarys(size: int) -> None:
    library = Library()
    data = library.answer(b"503 Busy").replace(b"Length: 0", b"Length: 6") + frame(TEXT, 4)
    splitter = FrameSplitter(library.frames, library.take, MOST)
    for start in range(0, len(data), size):
        splitter.split(data[start : start + size])
    assert library.bytes_taken == len(data)
    assert library.frames == []


@pytest.mark.parametrize("cut", [3, 15, 20_000, 39_990])
def test_a_large_frame_is_lent_and_not_copied_and_a_small_one_is_kept(cut: int) -> None:
    lent: list[type] = []

    def take_large(content: bytearray | memoryview) -> bytes:
        lent.append(type(content))
        return b"%d bytes" % len(content)

    library = Library()
    splitter = FrameSplitter(library.frames, library.take, MOST, take_large)
    splitter.split(library.answer())
    stream = frame(TEXT, 5) + frame(TEXT, 20_000) + frame(TEXT, 16_384) + frame(TEXT, 16_385)
    splitter.split(stream[:cut])
    splitter.split(stream[cut:])
    assert library.frames == [b"\5" * 5, b"20000 bytes", bytes([16_384 % 251]) * 16_384, b"16385 bytes"]
    assert len(lent) == 2
