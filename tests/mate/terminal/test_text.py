"""Text of others, made safe for a terminal."""

from __future__ import annotations

from wyseos.mate.terminal.text import one_line, plain


def test_text_is_made_safe_and_otherwise_left_as_it_is() -> None:
    assert plain("grüße 👩‍💻\n\tdone") == "grüße 👩‍💻\n\tdone"
    assert plain("a\r\nb\rc\u202ed\x9b") == "a\nb\ufffdc\ufffdd\ufffd"
    assert one_line("a\n b", 10) == "a b"
    assert one_line("abcdef", 4) == "abc…"
