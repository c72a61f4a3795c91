"""The pictures of the documentation, made of the real program: `python -m tests.support.pictures`, or `make pictures`.

What a terminal shows is read from its screen and written as SVG; pages are drawn by a headless Chromium.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from pyte.screens import Char
from rich.console import Console
from rich.style import Style
from rich.text import Text

from tests.support.browser import CHROMIUM, browser
from tests.support.terminal import Terminal, terminal
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.reports import batch_report, product_report, session_report

FOLDER = Path(__file__).parents[2] / "docs/pictures"
COLUMNS, ROWS = 84, 24
# A terminal's own names for what rich calls otherwise.
_COLOURS = {"brown": "yellow", "default": None}


def main() -> None:
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, (arguments, words, keys) in TERMINALS.items():
        (FOLDER / f"{name}.svg").write_text(picture_of(arguments, words, keys), "utf-8")
        print(f"docs/pictures/{name}.svg")
    if CHROMIUM is None:
        sys.exit("No chromium is installed: the pictures of the reports were left as they are.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        draw_pages(Path(folder))


# What is run, what is waited for (the end where it is None), and what is typed after that to bring it to its end.
TERMINALS: dict[str, tuple[tuple[str, ...], str | None, str]] = {
    "live": (("run", "Compare three solar lanterns"), "3 of 5 steps", ""),
    "end": (("run", "Compare three solar lanterns"), None, ""),
    "question": (("run", "Promote our solar lantern", "--mode", "marketing"), "May it?", "y\n"),
    "doctor": (("doctor",), None, ""),
}


def picture_of(arguments: tuple[str, ...], words: str | None, keys: str) -> str:
    """Run `wyse`, and return what its screen shows as SVG."""
    with Emulator(speed=0.7) as emulator, tempfile.TemporaryDirectory() as state:
        environment = {"WYSEOS_BASE_URL": emulator.base_url, "WYSEOS_API_KEY": emulator.api_key}
        environment["XDG_STATE_HOME"] = state
        command = ("-m", "wyseos.mate.cli", *arguments)
        with terminal(*command, environment=environment, columns=COLUMNS, rows=ROWS if words else 34) as shown:
            if words is not None:
                shown.wait_for(words)
                svg = svg_of(shown, arguments)
                shown.type(keys)
                shown.wait_for_end()
                return svg
            shown.wait_for_end()
            return svg_of(shown, arguments)


def svg_of(shown: Terminal, arguments: tuple[str, ...]) -> str:
    """Write a terminal's screen as SVG, its empty lines at the end left out."""
    said = " ".join(f'"{word}"' if " " in word else word for word in ("wyse", *arguments))
    lines = [Text(f"$ {said}", style="bold"), *map(_line, shown.cells)]
    while lines and not lines[-1].plain.strip():
        lines.pop()
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in lines:
        console.print(line, no_wrap=True, overflow="crop")
    svg = console.export_svg(title="wyse", unique_id=arguments[0])
    # Nothing from outside: the reader's own fixed font does.
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def _line(cells: list[Char]) -> Text:
    line = Text()
    for cell in cells:
        line.append(cell.data, Style(color=_colour(cell.fg), bold=cell.bold, italic=cell.italics))
    line.rstrip()
    return line


def _colour(name: str) -> str | None:
    told = _COLOURS.get(name, name)
    return f"#{told}" if told is not None and re.fullmatch(r"[0-9a-f]{6}", told) else told


def draw_pages(folder: Path) -> None:
    """Draw a page of each kind."""
    with Emulator(speed=0.5) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        done = client.run("Compare three solar lanterns", confirm="approve")
        other = client.run("Compare three camping stoves", confirm="approve")
        for result in (done, other):
            result.usage  # noqa: B018 - asked for, so that the batch has it
        pages = {
            "report": session_report(client, done.session_id),
            "product": product_report(client.product.create_and_wait("Solar lantern", poll_interval=0)),
            "batch": batch_report([("lantern", done), ("stove", other), ("tent", TimeoutError("no answer came"))]),
        }
    with browser(folder / "browser") as tab:
        for name, page in pages.items():
            place = page.save(folder / f"{name}.html")
            tab.open(place, width=900, height=760)
            _keep(name, tab.picture)
        tab.open(folder / "report.html", width=390, height=760, dark=True)
        _keep("report-phone", tab.picture)


def _keep(name: str, picture: Callable[[], bytes]) -> None:
    (FOLDER / f"{name}.png").write_bytes(picture())
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main()
