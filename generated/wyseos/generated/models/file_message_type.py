# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

FileMessageType = Literal[
    "file",
    "image",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
FILE_MESSAGE_TYPE_VALUES: frozenset[str] = frozenset(
    {
        "file",
        "image",
    }
)
