"""Write the lowest version of each dependency as a constraint: `python -m tests.support.lowest > constraints.txt`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_BOUND = re.compile(r"^([A-Za-z0-9-]+)(?:\[[a-z]+\])?>=([\d.]+)")


def lowest() -> list[str]:
    """The lower bounds of what the package needs, its extras included, exactly."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [
        *project["dependencies"],
        *(need for extra in project["optional-dependencies"].values() for need in extra),
    ]
    return sorted({f"{match[1]}=={match[2]}" for need in needed if (match := _BOUND.match(need)) is not None})


if __name__ == "__main__":
    print("\n".join(lowest()))
