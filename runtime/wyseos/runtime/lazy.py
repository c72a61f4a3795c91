"""Modules whose names are imported when they are first used (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any


def attribute(package: str, modules: Mapping[str, str], name: str) -> Any:
    """Give a name of a package from the module that holds it, and keep it there for the next time.

    Args:
        package: the package's `__name__`.
        modules: each public name and the module, below the package, that it comes from.
        name: the name that is asked for.

    Raises:
        AttributeError: if the package has no such name.
    """
    module = modules.get(name)
    if module is None:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f".{module}", package), name)
    setattr(sys.modules[package], name, value)
    return value
