"""Takes credentials out of what is recorded.

What is a secret is told by its name (of a header, a query parameter, a field of JSON or of a form) and by its shape
(a JWT, a private key, the password of a URL). Where it has a name it is taken out whatever it is; elsewhere, in every
spelling, only if no word of a language could be meant.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from wyseos.mate.settings.secret import Secret, as_base64, spellings

__all__ = ["HIDDEN", "Redactor", "is_secret_name"]

HIDDEN = "REDACTED"
# Nested deeper than this (JSON in JSON in JSON), a text is taken as plain words.
_DEEPEST = 8

_SECRET_NAME = re.compile(
    r"""(?x) (?:^|_)
        (?: (?:api|access|private|secret|signing|encryption|account|subscription|client|session)_?keys?
          | (?<!page_)(?<!next_)(?<!continuation_)tokens? | jwts? | secrets? | credentials? | cookies? | signature | sig
          | passwords? | passwd | passphrase | passcode | pwd | otp | auth | authorization | bearer )
        (?: _(?:value|text|hash|header|old|new|current|confirmation|\d+) )* $"""
)
# In one of these each secret name has a part, as it stands or in capitals: what holds none costs no search.
_PARTS = ("key", "token", "jwt", "secret", "credential", "cookie", "sig", "pass", "pwd", "otp", "auth", "bearer")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"(?=\s*(:)?)|[\[\]{},]', re.DOTALL)
_NAMED = re.compile(
    r"""(?x) (?: (?<![\w.-]) | (?<=%[0-9a-fA-F]{2}) ) (?P<name> [a-zA-Z][\w.-]*+ ) \\{0,8}["']?
        (?P<sign> \s*:\s* | \s*=\s* | %(?:25){0,4}3[dD] ) \\{0,8}["']? (?: (?i:bearer|basic) (?:\s+|\+|%20) )?"""
)
_VALUE = re.compile(r"""(?: (?! %(?:25){0,4}26 ) [^\s"'&,;<>\#\\] )++""", re.VERBOSE)
_SHAPES = (
    re.compile(r"\b(?P<secret>eyJ[\w-]{4,}+\.[\w-]++\.[\w-]*+)"),
    re.compile(r"(?P<secret>-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*+-----END [A-Z ]{0,40}PRIVATE KEY-----)"),
    re.compile(r"://[^\s/:@?#\"']*+:(?P<secret>[^\s/@?#\"']++)(?=@)"),
)
_SCHEME = re.compile(r"(?:bearer|basic|token)\s+", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{1,19}(?:[\s_.-][^\W\d_]{1,19})*")
_SHORTEST = 8
_SHORTEST_OWN = 6


class Redactor:
    """Replaces secrets by `REDACTED`.

    Args:
        secrets: more texts to be taken out: names, addresses, whatever must not be kept.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._plain: dict[str, tuple[str, ...]] = {}
        # Told whenever a secret is learnt: what was kept before may hold it.
        self.learnt = 0
        for secret in secrets:
            self._note(secret)

    def learn_own(self, value: str) -> None:
        """Note a credential of whoever is recorded: a header's value, with its scheme and without, cookie by cookie."""
        cookies = [part.partition("=")[2] for part in value.split(";") if "=" in part.rstrip("=")]
        for secret in (value, _SCHEME.sub("", value, count=1), *cookies):
            if len(secret) >= _SHORTEST_OWN and (len(secret) > _SHORTEST or not secret.isalpha()):
                self._note(secret)

    def _learn(self, value: str) -> None:
        """Note a secret of the service, if it can be told from words."""
        for secret in (value, unquote(value), _SCHEME.sub("", value, count=1)):
            if _is_telling(secret) and HIDDEN not in secret:
                self._note(secret)

    def _note(self, secret: str) -> None:
        if secret and secret not in self._patterns:
            self._patterns[secret] = spellings(Secret(secret))
            # The longest first: one may be part of another.
            self._patterns = dict(sorted(self._patterns.items(), key=lambda pair: -len(pair[0])))
            self._plain[secret] = (secret.lower(), *_base64_cores(secret))
            self.learnt += 1

    def query(self, query: str) -> str:
        """Leave the secret parameters out of a query."""
        kept = []
        for name, value in parse_qsl(query, keep_blank_values=True):
            if is_secret_name(name):
                self._learn(value)
            else:
                kept.append((self.text(name), self.text(value)))
        return urlencode(kept)

    def text(self, text: str) -> str:
        """Take the secrets out of a text. One without any comes back as it is, byte for byte."""
        return self._text(text, 0)

    def content(self, content: bytes) -> bytes:
        """Take the known secrets out of bytes that are no text."""
        content = self.known(content.decode("latin-1")).encode("latin-1")
        for secret in self._patterns:
            for wide in ("utf-16-le", "utf-16-be"):
                content = content.replace(secret.encode(wide, "replace"), HIDDEN.encode(wide))
        return content

    def known(self, text: str) -> str:
        """Take out the secrets that were learnt so far, however they are spelt."""
        lowered, is_escaped = text.lower(), any(sign in text for sign in "%\\&")
        for secret, pattern in self._patterns.items():
            if is_escaped or any(plain in lowered for plain in self._plain[secret]):
                text = pattern.sub(HIDDEN, text)
        return text

    def entry(self, value: Any) -> Any:
        """Take out of an entry of a cassette what was learnt after it was written."""
        if isinstance(value, str):
            return self.known(value)
        if isinstance(value, dict) and value.keys() == {"base64"}:
            return {"base64": base64.b64encode(self.content(base64.b64decode(value["base64"]))).decode()}
        return {name: self.entry(inner) for name, inner in value.items()} if isinstance(value, dict) else value

    def _text(self, text: str, depth: int) -> str:
        if depth < _DEEPEST and _is_json(text):
            return _Strings(partial(self._value, depth=depth + 1)).replaced(text)
        return self._words(text)

    def _value(self, value: str, *, is_secret: bool, depth: int) -> str:
        if is_secret and value:
            self._learn(value)
            return HIDDEN
        return self._text(value, depth)

    def _words(self, text: str) -> str:
        for shape in _SHAPES:
            text = shape.sub(self._shaped, text)
        lowered = text.lower()
        if any(part in lowered for part in _PARTS):
            text = self._parameters(text)
        return self.known(text)

    def _shaped(self, match: re.Match[str]) -> str:
        self._learn(match["secret"])
        return match[0].replace(match["secret"], HIDDEN)

    def _parameters(self, text: str) -> str:
        """Take out what stands after a secret name: of a query, a form, a header, or of JSON that is none."""
        pieces, end = list[str](), 0
        for named in _NAMED.finditer(text):
            if named.start() < end or not is_secret_name(named["name"]):
                continue
            value, sign = _VALUE.match(text, named.end()), named["sign"]
            # `token=x` is a parameter; "Your password: choose one" is a sentence.
            if value is not None and (sign == "=" or sign.startswith("%") or _is_telling(value[0])):
                self._learn(value[0])
                pieces += text[end : named.end()], HIDDEN
                end = value.end()
        return "".join(pieces) + text[end:]


class _Strings:
    """Walks the strings of a JSON text, and leaves all between them byte for byte as it is.

    Args:
        change: gives what a string becomes; is told whether its name, or that of a list or object around it, is secret.
    """

    def __init__(self, change: Callable[..., str]) -> None:
        self._change = change
        self._around = [False]
        self._named = False

    def replaced(self, text: str) -> str:
        """Return the text with its strings changed."""
        return _STRING.sub(self._token, text)

    def _token(self, match: re.Match[str]) -> str:
        found = match[0]
        if found in "[{":
            self._around.append(self._named)
        elif found in "]}":
            self._named = self._around.pop()
        elif found == ",":
            self._named = self._around[-1]
        else:
            return self._string(found, is_name=match[1] is not None)
        return found

    def _string(self, found: str, *, is_name: bool) -> str:
        value = json.loads(found, strict=False)
        changed = self._change(value, is_secret=self._named and not is_name)
        if is_name:
            self._named = self._around[-1] or is_secret_name(value)
        return found if changed == value else json.dumps(changed, ensure_ascii=found.isascii())


def is_secret_name(name: str) -> bool:
    """Whether a header, parameter or field of this name holds a secret: `access_token`, `clientSecret`, `X-Api-Key`."""
    plain = re.sub(r"[^a-z0-9]+", "_", _HUMP.sub("_", name[-80:]).lower()).strip("_")
    return _SECRET_NAME.search(plain) is not None


def _is_telling(value: str) -> bool:
    """Whether a value is a secret by the looks of it, and no word or two that a language has."""
    return len(value) >= _SHORTEST and _WORDS.fullmatch(value) is None


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "[", '"'):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _base64_cores(secret: str) -> tuple[str, ...]:
    """Return what a text holds that holds the secret as base64, in small letters."""
    return tuple(core.lower() for core in as_base64(secret.encode("utf-8", "replace")))
