"""Charts as SVG, by hand: bars for comparisons, lines for growth. They show in light and in dark pages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from benchmarks.measure import Measured

_STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #57606a } .name { fill: #24292f } .ours { fill: #0969da }
.other { fill: #afb8c1 } .axis { stroke: #d0d7de } .spread { stroke: #57606a }
.title { font-weight: 600; fill: #24292f }
@media (prefers-color-scheme: dark) { text { fill: #8b949e } .name, .title { fill: #e6edf3 } .ours { fill: #2f81f7 }
.other { fill: #484f58 } .axis { stroke: #30363d } .spread { stroke: #8b949e } }
polyline { fill: none; stroke-width: 2 } polyline.ours, circle.ours { stroke: #0969da }
polyline.other, circle.other { stroke: #8c959f } polyline.own { stroke-dasharray: 4 4; stroke: #afb8c1 }
</style>"""
_WIDTH, _LEFT, _BAR, _STEP = 720, 190, 16, 26


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img">'
    name = f"<title>{escape(title)}</title>"
    return "\n".join([head, name, _STYLE, _text(12, 22, title, "title"), *parts, "</svg>", ""])


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{style}>{escape(words)}</text>'


def bars(title: str, unit: str, measured: Mapping[str, Measured], ours: frozenset[str]) -> str:
    """Draw a bar a side, with its quartiles."""
    scale = (_WIDTH - _LEFT - 110) / max(each.high for each in measured.values())
    parts = list[str]()
    for row, (name, each) in enumerate(measured.items()):
        y = 40 + row * _STEP
        kind, middle, width = "ours" if name in ours else "other", y + _BAR / 2, each.median * scale
        parts += [
            _text(_LEFT - 8, y + 13, name, "name", "end"),
            f'<rect class="{kind}" x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR}" rx="2"/>',
            f'<line class="spread" x1="{_LEFT + each.low * scale:.1f}" x2="{_LEFT + each.high * scale:.1f}" '
            f'y1="{middle}" y2="{middle}"/>',
            _text(_LEFT + each.high * scale + 8, y + 13, f"{each.median:,.3g} {unit}" if each.median < 1000
                  else f"{each.median:,.0f} {unit}"),
        ]  # fmt: skip
    return _svg(52 + len(measured) * _STEP, title, parts)


def growth(title: str, work: str, unit: str, lines: Mapping[str, Sequence[tuple[int, float]]], ours: str) -> str:
    """Draw a line a side on axes whose steps are factors of ten, and dashed what grows as the work does."""
    points = [point for line in lines.values() for point in line]
    low_x, high_x = (math.log10(pick(x for x, _ in points)) for pick in (min, max))
    low_y, high_y = (math.log10(pick(y for _, y in points)) for pick in (min, max))
    high_y = max(high_y, low_y + (high_x - low_x))
    width, height = _WIDTH - 180, 240

    def place(x: float, y: float) -> tuple[float, float]:
        right = 70 + (math.log10(x) - low_x) / (high_x - low_x or 1) * width
        return right, 50 + height - (math.log10(y) - low_y) / (high_y - low_y or 1) * height

    parts = [f'<line class="axis" x1="70" x2="{70 + width}" y1="{50 + height}" y2="{50 + height}"/>']
    for x in sorted({x for x, _ in points}):
        parts.append(_text(place(x, 10**low_y)[0], 70 + height, f"{x:,}", anchor="middle"))
    for exponent in range(math.ceil(low_y), math.floor(high_y) + 1):
        y = place(10**low_x, 10**exponent)[1]
        parts += [f'<line class="axis" x1="70" x2="{70 + width}" y1="{y:.1f}" y2="{y:.1f}"/>']
        parts.append(_text(62, y + 4, f"{10**exponent:,g}", anchor="end"))
    for name, line in lines.items():
        kind = "ours" if name == ours else "other"
        drawn = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in line)
        parts.append(f'<polyline class="{kind}" points="{drawn}"/>')
        parts.append(_text(place(*line[-1])[0] + 8, place(*line[-1])[1] + (4 if name == ours else 18), name, "name"))
    (first, cost), last = lines[ours][0], lines[ours][-1][0]
    ends = " ".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y in ((first, cost), (last, cost * last / first)))
    parts += [
        f'<polyline class="own" points="{ends}"/>',
        _text(70, 92 + height, f"{work}; {unit}; dashed: as the work"),
    ]
    return _svg(105 + height, title, parts)
