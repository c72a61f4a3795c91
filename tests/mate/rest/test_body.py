"""The body of an answer: unpacked as it comes, up to a limit, whole or not at all."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wyseos.mate.errors import DecodeError
from wyseos.mate.rest.body import Body, CutShort

PACK: dict[str, Callable[[bytes], bytes]] = {"identity": bytes, "gzip": gzip.compress, "deflate": zlib.compress}


def collect(encoding: str, packed: bytes, limit: int, size: int) -> bytes:
    body = Body(encoding, limit)
    for start in range(0, len(packed), size):
        body.add(packed[start : start + size])
    return body.finish()


@settings(deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(sorted(PACK)), st.integers(1, 300))
def test_whatever_the_chunks_the_body_is_the_same(content: bytes, encoding: str, size: int) -> None:
    assert collect(encoding, PACK[encoding](content), 2000, size) == content


@pytest.mark.parametrize("encoding", PACK)
def test_the_limit_is_exact(encoding: str) -> None:
    packed = PACK[encoding](b"x" * 1000)
    assert collect(encoding, packed, 1000, 64) == b"x" * 1000
    with pytest.raises(DecodeError, match="larger than 999 bytes"):
        collect(encoding, packed, 999, 64)


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    """Half a megabyte that would become half a gigabyte, in one chunk."""
    bomb = gzip.compress(bytes(50_000_000))
    body = Body("gzip", 1_000_000)
    with pytest.raises(DecodeError):
        body.add(bomb)
    assert body._size == 1_000_001


@settings(deadline=None)
@given(st.integers(1, 60))
def test_a_packed_body_that_ends_early_is_told(missing: int) -> None:
    packed = gzip.compress(bytes(range(256)))
    with pytest.raises(CutShort):
        collect("gzip", packed[: -min(missing, len(packed) - 1)], 1000, 64)


def test_an_empty_body_is_no_cut() -> None:
    assert Body("gzip", 10).finish() == b""


@pytest.mark.parametrize("encoding", ["GZIP", " gzip ", "x-gzip"])
def test_the_name_of_an_encoding_is_read_kindly(encoding: str) -> None:
    assert collect(encoding, gzip.compress(b"x"), 10, 64) == b"x"


@pytest.mark.parametrize("encoding", ["br", "zstd", "br, gzip", "nonsense" * 20])
def test_an_encoding_that_was_not_asked_for_is_taken_as_it_is_and_never_written_into_a_file(encoding: str) -> None:
    body = Body(encoding, 100)
    body.add(b"as it came")
    assert body.finish() == b"as it came"
    with pytest.raises(DecodeError, match="not asked for"):
        Body(encoding, 100, keep=list[bytes]().append)


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


ODD = {
    "two members": ("gzip", gzip.compress(b"one ") + gzip.compress(b"two")),
    "padding": ("gzip", gzip.compress(b"one two") + bytes(9)),
    "a line's end": ("gzip", gzip.compress(b"one two") + b"\r\n"),
    "no head": ("deflate", raw_deflate(b"one two")),
    "gzip's head": ("deflate", gzip.compress(b"one two")),
    "twice": ("gzip, gzip", gzip.compress(gzip.compress(b"one two"))),
    "two ways": ("deflate,gzip", gzip.compress(zlib.compress(b"one two"))),
    "a way that is none": ("identity, gzip,", gzip.compress(b"one two")),
    "a character set": ("utf-8", b"one two"),
}


@pytest.mark.parametrize("size", [1, 2, 3, 64])
@pytest.mark.parametrize(("encoding", "packed"), ODD.values(), ids=ODD)
def test_what_others_unpack_is_unpacked_whatever_the_chunks(encoding: str, packed: bytes, size: int) -> None:
    assert collect(encoding, packed, 7, size) == b"one two"


@pytest.mark.parametrize("size", [1, 64])
@pytest.mark.parametrize("missing", [1, 5])
@pytest.mark.parametrize("which", ["two members", "no head", "twice"])
def test_whatever_was_packed_a_missing_end_is_told(which: str, missing: int, size: int) -> None:
    encoding, packed = ODD[which]
    with pytest.raises(CutShort):
        collect(encoding, packed[:-missing], 100, size)


def test_no_layer_is_unpacked_beyond_the_limit() -> None:
    body = Body("gzip, gzip", 1000)
    with pytest.raises(DecodeError, match="larger than 1000 bytes"):
        body.add(gzip.compress(gzip.compress(bytes(50_000_000))))
    assert body.so_far == b""


def test_layers_without_end_are_not_begun() -> None:
    body = Body(", ".join(["gzip"] * 10_000), 1000)
    body.add(b"as it came")
    assert body.finish() == b"as it came"
