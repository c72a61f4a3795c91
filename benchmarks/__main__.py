"""`make bench`: measure what the SDK costs beside the bare libraries and beside other SDKs.

python -m benchmarks --quick --rows GET,client
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measure import ROOT, measure, service
from benchmarks.report import Told, draw, in_unit, machine, results
from benchmarks.rows import ROWS, STOCK, Row

RESULTS = ROOT / "benchmarks/results.md"
CHARTS = ROOT / "docs/charts"
_QUICK = 2


def chosen(words: str) -> list[Row]:
    """The rows whose name or heading begins with any of these words."""
    wanted = tuple(word.strip().lower() for word in words.split(",") if word.strip()) or ("",)
    rows = [row for row in ROWS if row.name.lower().startswith(wanted) or row.group.lower().startswith(wanted)]
    if not rows:
        raise SystemExit(f"No row is called {words!r}: {', '.join(dict.fromkeys(row.name for row in ROWS))}")
    return rows


def make_stock_client() -> None:
    """Generate the stock client of our own schema, once."""
    if (STOCK / "stock_client").is_dir():
        return
    STOCK.mkdir(parents=True, exist_ok=True)
    command = [str(Path(sys.executable).parent / "openapi-python-client"), "generate", "--meta", "none"]
    more = ["--path", str(ROOT / "schema/openapi.yaml"), "--output-path", str(STOCK / "stock_client")]
    subprocess.run([*command, *more], check=True, capture_output=True)


def show(told: Told) -> None:
    """Print a row as soon as it is measured."""
    for name, each in told.measured.items():
        first = next(iter(told.measured.values())).median
        holds = {True: "holds", False: "DOES NOT HOLD", None: ""}[told.verdicts.get(name)]
        ratio = f"{each.median / first:6.2f} ×" if first else ""
        figure = f"{each.median:12,.2f} {told.row.unit}"
        print(f"{told.row.name:40} {name:28} {figure} {ratio}  {holds}", flush=True)
    for name, reason in told.failed.items():
        print(f"{told.row.name:40} {name:28} {reason}", flush=True)


def main() -> int:
    """Measure, print, and where all was measured at full length, write the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", default="", help="how names or headings of rows begin, with commas; all by default")
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK} runs a side at most")
    parser.add_argument("--write", action="store_true", help="write results and charts even so")
    options = parser.parse_args()
    conditions, began, rows = machine(), time.monotonic(), list[Told]()
    make_stock_client()
    with service() as server:
        for row in chosen(options.rows):
            measured, failed = measure(row, server, min(_QUICK, row.repeats) if options.quick else row.repeats)
            rows.append(Told(row, in_unit(row, measured), failed))
            show(rows[-1])
    print(f"{time.monotonic() - began:.0f} s")
    if options.write or not (options.quick or options.rows):
        RESULTS.write_text(results(rows, conditions), "utf-8")
        print(f"Written: {RESULTS.relative_to(ROOT)}, {', '.join(draw(rows, CHARTS))}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
