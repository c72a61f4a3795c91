# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

InputDisplayType = Literal[
    "bool",
    "button",
    "link",
    "text",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
INPUT_DISPLAY_TYPE_VALUES: frozenset[str] = frozenset(
    {
        "bool",
        "button",
        "link",
        "text",
    }
)
