"""The extras of the package: which of them holds a library that is not there."""

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
