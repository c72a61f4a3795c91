"""Takes credentials out of what is recorded. What was once seen as a secret is taken out wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode

HIDDEN = "REDACTED"
# Names of headers, query parameters and JSON fields whose values are secrets.
_SECRET_NAMES = {
    "api_key",
    "apikey",
    "x-api-key",
    "authorization",
    "token",
    "jwt",
    "jwt_token",
    "secret",
    "password",
    "cookie",
}
_SHORTEST = 6


class Redactor:
    """Replaces secrets by `REDACTED`.

    Args:
        secrets: more texts to be taken out: names, addresses, whatever must not be kept.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = {secret for secret in secrets if secret}

    def learn(self, named: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        """Note the values of secret headers or query parameters."""
        pairs = named.items() if isinstance(named, Mapping) else named
        self._secrets |= {value for name, value in pairs if name.lower() in _SECRET_NAMES and len(value) >= _SHORTEST}

    def query(self, query: str) -> str:
        """Leave the secret parameters out of a query."""
        pairs = parse_qsl(query, keep_blank_values=True)
        self.learn(pairs)
        return self.text(urlencode([(name, value) for name, value in pairs if name.lower() not in _SECRET_NAMES]))

    def text(self, text: str) -> str:
        """Take the secrets out of a text. One without any comes back as it is, byte for byte."""
        with suppress(ValueError, RecursionError):  # in what is no JSON only known secrets can be found
            self._learn_from(json.loads(text))
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, HIDDEN).replace(json.dumps(secret)[1:-1], HIDDEN)
        return text

    def _learn_from(self, value: Any) -> None:
        if isinstance(value, dict):
            self.learn([(name, inner) for name, inner in value.items() if isinstance(inner, str)])
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            self._learn_from(inner)
