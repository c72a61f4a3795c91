"""Names that are imported when they are first used (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Mapping
from types import ModuleType

from wyseos.runtime import hints as t


def attribute(package: str, modules: Mapping[str, str], name: str) -> t.Any:
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


def submodule(package: str, names: Collection[str], name: str) -> ModuleType:
    """Give a module of a package, imported now; the package keeps it for the next time.

    Args:
        package: the package's `__name__`.
        names: those of its modules that may be asked for.
        name: the one that is asked for.

    Raises:
        AttributeError: if it is none of them.
    """
    if name not in names:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    return importlib.import_module(f".{name}", package)


def import_without(package: str, part: str, name: str) -> ModuleType:
    """Import a package without a part that it can do without; who asks for that part's name gets it all the same.

    Args:
        package: the package, which minds no `ImportError` of the part.
        part: a module of it, such as `_main`.
        name: the one name that the package takes from it.
    """
    module = f"{package}.{part}"
    if package in sys.modules or module in sys.modules:
        return importlib.import_module(package)
    sys.modules[module] = None  # type: ignore[assignment]  # so an import of it fails, as the language says
    try:
        imported = importlib.import_module(package)
    finally:
        sys.modules.pop(module, None)
    vars(imported).pop(name, None)  # what stands in for it

    def load(asked: str) -> t.Any:
        return attribute(package, {name: part}, asked)

    vars(imported)["__getattr__"] = load
    return imported
