"""Screenshots drawn on the spot: a page in a window, as a real PNG, with nothing but the standard library."""

from __future__ import annotations

import struct
import textwrap
import zlib
from functools import lru_cache

# Indexes into the palette.
_FRAME, _PAGE, _INK, _FAINT, _ACCENT = range(5)
_PALETTE = bytes.fromhex("e3e7edffffff1c273393a1b02463c9")

# Five rows of three dots a glyph, each row one octal digit.
_GLYPHS = {
    "ABCDEFGHI": "25755 65656 34443 65556 74647 74644 34553 55755 72227",
    "JKLMNOPQR": "11152 55655 44447 57755 65555 25552 65644 25573 65655",
    "STUVWXYZ": "34216 72222 55557 55552 55775 55255 55222 71247",
    "0123456789": "75557 26227 61247 61216 55711 74616 34757 71222 75757 75716",
    ".,-:/?!()+=_'": "00002 00024 00700 02020 11244 61202 22202 12221 42224 02720 07070 00007 22000",
}
_FONT = {
    letter: rows for letters, drawn in _GLYPHS.items() for letter, rows in zip(letters, drawn.split(), strict=True)
}
_UNKNOWN = "00700"


class Canvas:
    """A picture of few colours.

    Args:
        width: in pixels.
        height: in pixels.
        colour: the index of the colour it starts with.
    """

    def __init__(self, width: int, height: int, colour: int) -> None:
        self.width = width
        self.height = height
        self._rows = [bytearray([colour]) * width for _ in range(height)]

    def box(self, left: int, top: int, width: int, height: int, colour: int) -> None:
        """Fill a rectangle; what lies outside the picture is cut off."""
        right = min(left + width, self.width)
        for row in self._rows[max(top, 0) : max(top + height, 0)]:
            row[left:right] = bytes([colour]) * max(right - left, 0)

    def write(self, left: int, top: int, text: str, scale: int, colour: int) -> None:
        """Write one line of text in capitals; `scale` is the size of a dot in pixels."""
        for letter in text.upper():
            if letter != " ":
                self._glyph(left, top, _FONT.get(letter, _UNKNOWN), scale, colour)
            left += 4 * scale

    def _glyph(self, left: int, top: int, rows: str, scale: int, colour: int) -> None:
        for y, row in enumerate(rows):
            for x in range(3):
                if int(row, 8) & (4 >> x):
                    self.box(left + x * scale, top + y * scale, scale, scale, colour)

    def png(self) -> bytes:
        """Write the picture as a PNG file of 8 bits a pixel with a palette."""
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self._rows), 6)
        chunks = [_chunk(b"IHDR", head), _chunk(b"PLTE", _PALETTE), _chunk(b"IDAT", pixels), _chunk(b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@lru_cache(maxsize=64)
def draw_page(title: str, text: str, url: str, width: int = 640, height: int = 400) -> bytes:
    """Draw a browser window that shows a page.

    Args:
        title: the page's heading.
        text: what the page says.
        url: what stands in the address bar.
        width: in pixels.
        height: in pixels.

    Returns:
        A PNG file.
    """
    canvas = Canvas(width, height, _FRAME)
    canvas.box(70, 8, width - 90, 20, _PAGE)
    for n in range(3):
        canvas.box(12 + 16 * n, 14, 8, 8, _FAINT)
    canvas.write(78, 13, url[: (width - 110) // 8], 2, _FAINT)
    canvas.box(0, 36, width, height - 36, _PAGE)
    canvas.box(24, 60, 6, 34, _ACCENT)
    canvas.write(42, 66, title[: (width - 60) // 16], 4, _INK)
    for n, line in enumerate(textwrap.wrap(text, (width - 60) // 12)[: (height - 150) // 26]):
        canvas.write(42, 116 + 26 * n, line, 3, _INK if n == 0 else _FAINT)
    return canvas.png()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
