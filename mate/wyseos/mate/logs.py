"""The logger of the SDK. Where a program has set up no logging it says nothing: warnings would go to stderr."""

from __future__ import annotations

import logging

__all__ = ["logger"]

logger = logging.getLogger("wyseos.mate")
logger.addHandler(logging.NullHandler())
