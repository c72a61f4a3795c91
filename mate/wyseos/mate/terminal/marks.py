"""How the state of a step is marked: one table for the text tree, the live view and the reports."""

from __future__ import annotations

from wyseos.runtime import records


@records.frozen
class Mark:
    """A sign for a state.

    Args:
        letter: the sign in plain ASCII, as `Plan.render` puts it in brackets.
        sign: the sign where the output can show it.
        style: its colour in a terminal, readable on light and dark.
    """

    letter: str
    sign: str
    style: str

    @property
    def box(self) -> str:
        """The sign as a text tree shows it: `[x]`."""
        return f"[{self.letter}]"

    def shown(self, *, ascii_only: bool) -> str:
        """The sign for an output."""
        return self.letter.strip() or "." if ascii_only else self.sign


STEP_MARKS: dict[str, Mark] = {
    "not_started": Mark(" ", "○", "dim"),
    "in_progress": Mark(">", "▸", "cyan"),
    "done": Mark("x", "✓", "green"),
    "skip": Mark("-", "–", "dim"),
    "error": Mark("!", "✗", "red"),
}


def step_mark(status: str | None) -> Mark:
    """Return the mark of a step's status; a status that nobody has named yet looks like one not begun."""
    return STEP_MARKS.get(status or "", STEP_MARKS["not_started"])
