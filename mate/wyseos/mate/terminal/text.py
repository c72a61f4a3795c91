"""Text of the service made safe to print: it cannot move the cursor, change colours or hide what stands there."""

from __future__ import annotations

import re
import unicodedata

_KEPT = frozenset("\n\t")
# Control characters (Cc), direction overrides and invisible ones (Cf), halves of surrogate pairs (Cs).
_UNSAFE = frozenset({"Cc", "Cf", "Cs"})
# Joins emoji and letters of several scripts; takes no part in moving or hiding text.
_JOINERS = frozenset("\u200c\u200d")
_MARKS = re.compile(r"^#{1,6} +|\*\*|`+")


def plain(text: str) -> str:
    """Replace what a terminal would act on with `\\ufffd` (security row 13); newlines and tabs stay.

    >>> plain("a\\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if _is_safe(character) else "\ufffd" for character in text.replace("\r\n", "\n"))


def one_line(text: str, width: int | None = None) -> str:
    """Make safe text of one line, cut to `width` characters with an ellipsis where that is given."""
    line = " ".join(plain(text).split())
    return line if width is None or len(line) <= width else line[: width - 1] + "…"


def without_marks(line: str) -> str:
    """Return a line of Markdown without what makes it bold, code or a heading, for views that show it as it is.

    >>> without_marks("## I read **three** pages, see `answer.md`")
    'I read three pages, see answer.md'
    """
    return _MARKS.sub("", line)


def _is_safe(character: str) -> bool:
    return character in _KEPT or character in _JOINERS or unicodedata.category(character) not in _UNSAFE
