"""The libraries below: which extra holds one that is not there, and whether one is still what ours builds on."""

from __future__ import annotations

EXTRAS = {
    "click": "cli",
    "rich": "cli",
    "platformdirs": "cli",
    "jinja2": "reports",
    "markdown_it": "reports",
    "starlette": "emulator",
    "uvicorn": "emulator",
    "jsonschema": "emulator",
    "referencing": "emulator",
}


def missing_extra(error: ModuleNotFoundError) -> str | None:
    """Say what to install for a library that could not be imported.

    Args:
        error: what the import raised.

    Returns:
        One sentence with the command; None where no extra holds the library.
    """
    library = (error.name or "").partition(".")[0]
    if library not in EXTRAS:
        return None
    return f"{library} is not installed; it comes with: pip install 'wyseos-sdk[{EXTRAS[library]}]'"


def told_with_extra(error: ModuleNotFoundError) -> ModuleNotFoundError:
    """Return the error with the command that installs what is missing; as it was where no extra holds it."""
    message = missing_extra(error)
    return error if message is None else ModuleNotFoundError(message, name=error.name)


def check_replaced(kind: type, *names: str) -> None:
    """Check that a library's class still has what a subclass of ours replaces.

    Args:
        kind: the class of the library.
        names: its methods.

    Raises:
        ImportError: it has not; names the library and what to do.
    """
    missing = [name for name in names if not hasattr(kind, name)]
    if missing:
        library = kind.__module__.partition(".")[0]
        raise ImportError(
            f"{library} is not as this SDK knows it: its {kind.__name__} has no {', '.join(missing)}. "
            "Install a version that the SDK allows: pip install --upgrade wyseos-sdk",
            name=library,
        )
