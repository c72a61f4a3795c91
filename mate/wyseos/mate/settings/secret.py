"""Secrets: a type that prints as ***, and words of others made safe to quote.

Whatever ends in a log, a repr, an exception or a traceback with locals passes through here first (security row 1).
"""

import re
from collections.abc import Iterable
from typing import NoReturn

__all__ = ["MASK", "QUOTE_LIMIT", "Secret", "redact"]

MASK = "***"

# A quoted answer is cut here, in bytes (fault row 9).
QUOTE_LIMIT = 512

# What looks like a credential is masked even if it is not ours: an error page may quote anybody's.
_LOOKS_SECRET = (
    re.compile(
        r"""(?ix) (?P<name> (?:x-)?api[_-]?key | authorization | (?:access_|jwt_)?token | password | (?:set-)?cookie )
            (?P<sign> ["']? \s* [:=] \s* ["']? (?:bearer\s+)? )
            [^\s"'&,;<>]+ """
    ),
    re.compile(r"(?P<name>\b)(?P<sign>)eyJ[\w-]{4,}\.[\w-]+\.[\w-]*"),
)

# Control characters would let a quoted page move the cursor of whoever reads the error (security row 13).
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


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

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not pickled: make the client anew in the other process, from its settings.")

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: object) -> "Secret":
        return self


def redact(text: str | bytes, secrets: Iterable[Secret] = (), limit: int = QUOTE_LIMIT) -> str:
    """Make foreign words safe to quote: credentials masked, control characters out, cut to a length.

    Args:
        text: what somebody else sent; bytes are read as UTF-8, unreadable ones replaced.
        secrets: values that must not show, besides all that looks like a credential.
        limit: the most bytes (as UTF-8) that are kept; `…` marks a cut.

    Returns:
        The text to show. Masking comes before cutting, so that no half of a secret stays.
    """
    # Far more than is kept, so that a large page costs nothing, and masked before the cut.
    start = text[: limit * 8]
    shown = start.decode("utf-8", "replace") if isinstance(start, bytes) else start
    for pattern in _LOOKS_SECRET:
        shown = pattern.sub(rf"\g<name>\g<sign>{MASK}", shown)
    for secret in secrets:
        shown = shown.replace(secret.reveal(), MASK)
    shown = _CONTROL.sub("\ufffd", shown)
    encoded = shown.encode("utf-8", "replace")
    if len(encoded) <= limit:
        return encoded.decode()
    return encoded[: limit - len("…".encode())].decode("utf-8", "ignore") + "…"
