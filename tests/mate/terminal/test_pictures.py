"""Screenshots are taken for pictures only where their first bytes say so."""

from __future__ import annotations

from base64 import b64encode

import pytest

from wyseos.mate.terminal.pictures import decoded

HEADS = {"png": b"\x89PNG\r\n", "jpeg": b"\xff\xd8\xff\xe0", "gif": b"GIF89a", "webp": b"RIFF\0\0\0\0WEBP"}


@pytest.mark.parametrize("head", ["", "data:image/png;base64,"])
@pytest.mark.parametrize("kind", HEADS)
def test_a_picture_is_known_by_its_first_bytes(kind: str, head: str) -> None:
    encoded = b64encode(HEADS[kind]).decode()
    picture = decoded(head + encoded)
    assert picture is not None
    assert (picture.kind, picture.content, picture.url) == (kind, HEADS[kind], f"data:image/{kind};base64,{encoded}")


@pytest.mark.parametrize("text", [None, "", "no base64!", b64encode(b"<svg onload=x>").decode(), "data:text/html,x"])
def test_what_is_no_picture_is_none(text: str | None) -> None:
    assert decoded(text) is None
