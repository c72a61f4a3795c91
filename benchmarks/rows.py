"""What is measured: a row each, in the order of the report. The first side of a row is the limit that it is held to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.starts import STARTS

OTHERS = ("openai", "anthropic", "stripe")
"""SDKs that are installed for the comparison alone, in an environment of their own: what they depend on is not ours."""

_BIN = Path(sys.prefix)
STOCK = _BIN / "stock"
"""Where the stock generator's client for our own schema lies."""


class Bound(NamedTuple):
    """What the SDK is to keep.

    Args:
        words: how it is told; `{limit}` is filled in.
        holds: given our figure and the first side's, in the row's unit, and the limit.
        limit: the limit.
    """

    words: str
    holds: Callable[[float, float, float], bool]
    limit: float

    def told(self) -> str:
        """The bound in words."""
        return self.words.format(limit=self.limit)


def times_at_most(limit: float) -> Bound:
    """A ratio to the first side."""
    return Bound("at most {limit:g} ×", lambda ours, first, limit: ours <= first * limit, limit)


def times_at_least(limit: float) -> Bound:
    """A ratio to the first side, of rates."""
    return Bound("at least {limit:g} ×", lambda ours, first, limit: ours >= first * limit, limit)


def above_at_most(limit: float) -> Bound:
    """A difference to the first side."""
    return Bound("at most {limit:g} above", lambda ours, first, limit: ours - first <= limit, limit)


def at_most(limit: float) -> Bound:
    """A figure by itself."""
    return Bound("at most {limit:g}", lambda ours, _, limit: ours <= limit, limit)


def at_least(limit: float) -> Bound:
    """A figure by itself, of rates."""
    return Bound("at least {limit:,g}", lambda ours, _, limit: ours >= limit, limit)


class Side(NamedTuple):
    """One program of a row.

    Args:
        name: whose it is; `wyseos` or a mode of it is ours.
        command: what is run, `{server}` filled in.
        is_whole: whether the process as a whole is measured, and not what it prints.
    """

    name: str
    command: tuple[str, ...]
    is_whole: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether the SDK is measured."""
        return self.name.split()[0] in ("wyseos", "async", "sync")


class Row(NamedTuple):
    """One comparison.

    Args:
        group: the heading that it stands under.
        name: what is measured.
        sides: who is measured; the first is what the others are divided by.
        figure: which of the figures counts: `cpu`, `wall`, `memory` or `rate`.
        unit: how it is written: `ms`, `µs`, `KB`, `a second`.
        bound: what the SDK is to keep; None where there is nothing but the ratio.
        repeats: how often each side is run.
        size: how much work it is, for the charts of growth.
    """

    group: str
    name: str
    sides: tuple[Side, ...]
    figure: str = "cpu"
    unit: str = "ms"
    bound: Bound | None = None
    repeats: int = 5
    size: int = 0


def _python(side: str) -> str:
    return str(_BIN / "others/bin/python") if side in OTHERS else sys.executable


def _sides(program: str, names: tuple[str, ...], *arguments: object) -> tuple[Side, ...]:
    rest = tuple(map(str, arguments))
    return tuple(
        Side(name, (_python(name), "-m", f"benchmarks.programs.{program}", "{server}", name, *rest)) for name in names
    )


def _start(work: str, bound: Bound | None = None) -> Row:
    sides = tuple(Side(name, (_python(name), "-c", code), is_whole=True) for name, code in STARTS[work].items())
    return Row("Start, whole processes", work, sides, "wall", bound=bound, repeats=9)


def _wyse(name: str, *arguments: str, bound: Bound | None = None) -> Row:
    bare = Side("click", (sys.executable, "-c", "import click"), is_whole=True)
    ours = Side("wyseos", (sys.executable, "-m", "wyseos.mate.cli", *arguments), is_whole=True)
    return Row("Command line", name, (bare, ours), "wall", bound=bound, repeats=9)


def _generation() -> Row:
    """The stock generator, and ours with merging, formatting and comparison."""
    target = str(STOCK / "again")
    stock = (str(_BIN / "bin/openapi-python-client"), "generate", "--path", "schema/openapi.yaml", "--meta", "none",
             "--overwrite", "--output-path", target)  # fmt: skip
    ours = (sys.executable, "-m", "codegen", "check")
    return Row("Generation", "both schemas", (Side("stock", stock, True), Side("wyseos", ours, True)), "wall", "s",
               repeats=1)  # fmt: skip


_REST = "REST, CPU of the client a call"
_EVENTS = "Events through to the user's loop, CPU of the client an event"
_MODES = ("bare", "async", "async handlers", "sync", "sync handlers")
_MANY = "Tasks at once on one loop"
_BOTH = ("bare", "wyseos")
_GROWTH = "Growth"

ROWS: tuple[Row, ...] = (
    _start("import"),
    _start("client", above_at_most(45)),
    _start("first GET", times_at_most(1.15)),
    _start("first task", times_at_most(1.3)),
    Row(
        _REST,
        "GET",
        _sides("calls", ("httpx", "wyseos", "stock", *OTHERS), "get", 500),
        "cpu",
        "µs",
        times_at_most(1.15),
    ),
    Row(_REST, "POST", _sides("calls", ("httpx", "wyseos", "stock"), "post", 500), "cpu", "µs", times_at_most(1.15)),
    Row(_REST, "100 pages of 20", _sides("calls", ("httpx", "wyseos"), "pages", 2), "cpu", "ms"),
    *(
        Row("Decoding", what, _sides("decode", ("orjson", "json", "wyseos"), what, times), "cpu", "µs", repeats=3)
        for what, times in (
            ("text 300 B", 20_000),
            ("text 30 KB", 5_000),
            ("plan", 5_000),
            ("screenshot 200 KB", 2_000),
            ("screenshot 2 MB", 200),
            ("page of 20", 200),
            ("page of 100", 50),
        )
    ),
    Row(
        "Longest hold of a running loop",
        "the first call",
        _sides("hold", ("httpx", "wyseos GET", "wyseos task", "wyseos bare GET", "wyseos bare task", *OTHERS[:2])),
        "wall",
        "ms",
    ),
    Row(
        _EVENTS,
        "text of 300 B",
        _sides("events", _MODES, "text", 300, 20_000),
        "cpu",
        "µs",
        times_at_most(1.15),
        repeats=31,
    ),
    Row(_EVENTS, "in bulk, 300 B", _sides("events", _MODES, "bulk", 300, 20_000), "cpu", "µs"),
    Row(
        _EVENTS,
        "screenshot of 200 KB",
        _sides("events", _MODES, "shot", 200_000, 1_500),
        "cpu",
        "µs",
        times_at_most(1.05),
        repeats=9,
    ),
    Row(_MANY, "1 task of 50 events", _sides("many", _BOTH, "play", 1), "cpu", "ms"),
    Row(
        _MANY,
        "100 tasks",
        _sides("many", _BOTH, "play", 100),
        "rate",
        "events a second",
        times_at_least(0.8),
        repeats=5,
    ),
    Row(
        _MANY,
        "1,000 tasks",
        _sides("many", _BOTH, "play", 1000),
        "rate",
        "events a second",
        times_at_least(0.8),
        repeats=5,
    ),
    Row(
        _MANY,
        "memory of a task, 1,000 wait",
        _sides("many", _BOTH, "wait", 1000),
        "memory",
        "KB",
        at_most(25),
        repeats=3,
    ),
    Row("Files", "upload of 10 MB, time", _sides("upload", ("httpx", "wyseos")), "wall", "ms", repeats=5),
    Row("Files", "upload of 10 MB, memory", _sides("upload", ("httpx", "wyseos")), "memory", "KB", repeats=3),
    Row(
        "History",
        "catch-up of 10,000",
        _sides("history", _BOTH, 10_000),
        "rate",
        "messages a second",
        at_least(20_000),
        repeats=7,
    ),
    Row("History", "attach to 50,000", _sides("history", _BOTH, 50_000), "rate", "messages a second", repeats=1),
    Row(
        "A long task",
        "a million events",
        _sides("events", ("bare", "async"), "text", 300, 1_000_000),
        "cpu",
        "µs",
        repeats=1,
    ),
    Row(
        "A long task",
        "what its memory grows by, from 30,000 to 300,000 events",
        _sides("events", ("bare", "async"), "text", 300, 300_000),
        "memory",
        "KB",
        repeats=1,
    ),
    _wyse("wyse --help", "--help", bound=at_most(150)),
    _wyse("wyse run", "run", "text-300-27", "--output", "text"),
    _generation(),
    *(
        Row(_GROWTH, "events", _sides("events", ("bare", "async"), "text", 300, n), "cpu", "µs", repeats=3, size=n)
        for n in (1_000, 4_000, 16_000, 64_000)
    ),
    *(
        Row(
            _GROWTH,
            "bytes of an event",
            _sides("events", ("bare", "async"), "shot", n, max(100, 40_000_000 // n)),
            "cpu",
            "µs",
            repeats=3,
            size=n,
        )
        for n in (2_000, 20_000, 200_000, 2_000_000)
    ),
    *(
        Row(
            _GROWTH,
            "tasks at once",
            _sides("many", _BOTH, "play", n),
            "cpu",
            "ms",
            repeats=3 if n < 1000 else 1,
            size=n,
        )
        for n in (1, 10, 100, 1000)
    ),
    *(
        Row(_GROWTH, "messages missed", _sides("history", _BOTH, n), "cpu", "µs", repeats=3, size=n)
        for n in (1_000, 4_000, 16_000)
    ),
)
