"""What a person must know or decide about a draft."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """One thing that the import did, or could not do."""

    place: str
    """The JSON pointer in the document that was imported."""
    told: str
    is_lost: bool
    """Whether the draft says less than the document did."""


class Notes:
    """Collects them, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Note] = {}

    def drafted(self, place: str, told: str) -> None:
        """Note what was filled in, and may be said better."""
        self._found.setdefault((place, told), Note(place, told, False))

    def lost(self, place: str, told: str) -> None:
        """Note what the draft leaves out, why, and a way round."""
        self._found.setdefault((place, told), Note(place, told, True))

    @property
    def all(self) -> list[Note]:
        """All of them: first what is lost."""
        return sorted(self._found.values(), key=lambda note: not note.is_lost)


def as_page(source: str, notes: list[Note]) -> str:
    """Write the list for the folder of the draft."""
    lines = [f"# What is to be decided about the draft of {source}", ""]
    for title, is_lost in (("Left out", True), ("Filled in", False)):
        found = [note for note in notes if note.is_lost == is_lost]
        lines += [f"## {title}: {len(found)}", "", *(f"- `{note.place}`: {note.told}" for note in found), ""]
    return "\n".join(lines)
