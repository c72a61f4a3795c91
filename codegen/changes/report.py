"""The changes and what stands on them, as text, as a draft of the changelog, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from codegen.changes.compare import BREAKING, VERDICTS, Change

_MOST = 6
"""Names told of one level in the text; the JSON has all."""


class Told(NamedTuple):
    """A change with what stands on it."""

    change: Change
    uses: Mapping[str, list[str]]
    is_named: bool
    """Whether the changelog names it, or need not."""


def as_text(told: list[Told]) -> str:
    """Write the changes for a maintainer at a terminal."""
    lines: list[str] = []
    for verdict in VERDICTS:
        found = [each for each in told if each.change.verdict == verdict]
        lines += [f"{verdict}: {len(found)}"] if found else []
        for each in found:
            lines.append(f"  {each.change.subject} {each.change.told}")
            lines += [f"    {level}: {_some(names)}" for level, names in each.uses.items()]
            lines += [f"    {_question(each.change)}"] if each.change.renamed else []
            lines += [f"    no entry of the changelog names it: write `{each.change.subject}` there"] * (
                not each.is_named
            )
    return "\n".join(lines) or "no changes"


def _some(names: list[str]) -> str:
    more = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (f", and {more} more" if more > 0 else "")


def _question(change: Change) -> str:
    answer = f"{change.subject}={change.renamed}"
    return f"is it {change.renamed} now? Then say so: make schema-diff RENAMED='{answer}'"


def as_markdown(told: list[Told]) -> str:
    """Write a draft of the changelog's entries: what users must know, with the names that they use."""
    lines = []
    for each in told:
        if each.change.kind == "words":
            continue
        start = "**Breaking:** " if each.change.verdict == BREAKING else ""
        methods = [name for name in each.uses.get("mate", ()) if name.startswith("client.")]
        where = f" ({', '.join(f'`{name}`' for name in methods[:_MOST])})" if methods else ""
        lines.append(f"- {start}`{each.change.subject}` {each.change.told}{where}.")
        lines += [f"  <!-- {_question(each.change)} -->"] if each.change.renamed else []
    return "\n".join(lines)


def as_json(told: list[Told]) -> str:
    """Write all of it for programs."""
    rows = [
        {**each.change._asdict(), "subject": each.change.subject, "uses": dict(each.uses), "named": each.is_named}
        for each in told
    ]
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
    return json.dumps({"counts": counts, "changes": rows}, indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[list[Told]], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
