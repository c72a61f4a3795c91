"""Secrets: a type that prints as ***, and words of others made safe to quote.

Whatever ends in a log, a repr, an exception or a traceback with locals passes through here first (security row 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from wyseos.runtime import hints as t
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    import re

__all__ = ["MASK", "QUOTE_LIMIT", "Secret", "redact", "spellings"]

MASK = "***"

# A quoted answer is cut here, in bytes (fault row 9).
QUOTE_LIMIT = 512

# Patterns are texts, compiled when something is first quoted.
# What looks like a credential is masked even if it is not ours: an error page may quote anybody's.
_LOOKS_SECRET = (
    r"""(?ix) (?P<name> (?:x-)?api[_-]?key | authorization | (?:access_|refresh_|id_|jwt_)?token | client_secret
                      | password | (?:set-)?cookie )
        (?P<sign> ["']? \s* [:=] \s* ["']? (?:bearer\s+)? )
        [^\s"'&,;<>]+ """,
    r"(?P<name>\b)(?P<sign>)eyJ[\w-]{4,}\.[\w-]+\.[\w-]*",
)

# Whoever ends a line begins another one in the reader's log, which then says what a stranger wants.
_LINE_ENDS = r"[\t ]*[\n\r\x0b\x0c\x85\u2028\u2029]+[\t ]*"
# Control characters would let a quoted page move the cursor of whoever reads the error (security row 13); signs of
# direction and of no width would let it read as something else.
_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
# Shorter ones are parts of common words.
_SHORTEST = 3


class Secret:
    """A string that only `reveal` shows; it prints as `***` and refuses to be pickled.

    Args:
        value: the secret itself.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the secret as plain text."""
        return self._value

    def __repr__(self) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> t.NoReturn:
        raise TypeError("A secret is not pickled: make the client anew in the other process, from its settings.")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self


def redact(text: str | bytes, secrets: Iterable[Secret] = (), limit: int = QUOTE_LIMIT) -> str:
    """Make foreign words safe to quote: credentials masked, control characters out, cut to a length.

    Args:
        text: what somebody else sent; bytes are read as UTF-8, unreadable ones replaced.
        secrets: values that must not show, besides all that looks like a credential.
        limit: the most bytes (as UTF-8) that are kept; `…` marks a cut.

    Returns:
        The text to show, on one line. A secret is masked however it is spelt: in another case, escaped as JSON, HTML or
        a URL do, more than once too, and as base64. Masking comes before cutting, so that no half of a secret stays.
    """
    import re  # needed when something is quoted, and by few programs before

    # Far more than is kept, so that a large page costs nothing, and masked before the cut.
    start = text[: limit * 8]
    shown = start.decode("utf-8", "replace") if isinstance(start, bytes) else start
    for pattern in _LOOKS_SECRET:
        shown = re.sub(pattern, rf"\g<name>\g<sign>{MASK}", shown)
    for secret in secrets:
        if len(secret.reveal()) >= _SHORTEST:
            shown = spellings(secret).sub(MASK, shown)
    shown = re.sub(_CONTROL, "\ufffd", re.sub(_LINE_ENDS, " ", shown))
    encoded = shown.encode("utf-8", "replace")
    if len(encoded) <= limit:
        return encoded.decode()
    return encoded[: limit - len("…".encode())].decode("utf-8", "ignore") + "…"


@lru_cache(maxsize=64)
def spellings(secret: Secret) -> re.Pattern[str]:
    """Make the pattern of all that reads as a secret: in another case, escaped as others do, or as base64.

    Args:
        secret: the secret, of one character at least.
    """
    import re

    text = secret.reveal()
    whole = "".join(map(_character, text))
    return re.compile("|".join([whole, *map(re.escape, as_base64(text.encode("utf-8", "replace")))]), re.IGNORECASE)


def _character(char: str) -> str:
    """Make the pattern of one character, as it is or escaped: `/`, `%2F`, `%252F`, `&#47;`, `&#x2f;`, or as in JSON.

    How often it may be escaped has an end: a flood of backslashes would cost the square of its length.
    """
    from re import escape

    code = ord(char)
    octets, units = char.encode("utf-8", "replace"), char.encode("utf-16-be", "surrogatepass").hex()
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}.get(char)
    ways = [
        rf"\\{{0,16}}{escape(char)}",
        "".join(f"%(?:25){{0,4}}{octet:02x}" for octet in octets),
        "".join(rf"\\{{1,16}}u{units[start : start + 4]}" for start in range(0, len(units), 4)),
        rf"\\{{1,16}}x{code:02x}",
        rf"&(?:amp;){{0,4}}#0{{0,8}}{code};",
        rf"&(?:amp;){{0,4}}#x0{{0,8}}{code:x};",
    ]
    return f"(?:{'|'.join([*ways, named] if named else ways)})"


def as_base64(secret: bytes) -> set[str]:
    """Return what stays the same of a secret's base64, whatever stands before and after it."""
    import base64

    found = set[str]()
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + secret).decode().rstrip("=")
        core = encoded[-(-before * 8 // 6) if before else 0 :][: (len(secret) * 8 - (6 - before * 8 % 6) % 6) // 6]
        if len(core) >= 8:
            found |= {core, core.replace("+", "-").replace("/", "_")}
    return found
