"""One target under atheris, in a process of its own: `python -m tests.fuzz.led TARGET SECONDS`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # Installed by who has a system that it is built for. Only what it sees being imported leads its search.
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["wyseos"]):
        from tests.fuzz.targets import CORPUS, TARGETS

    name, seconds = sys.argv[1], float(sys.argv[2])
    kept, own = CORPUS / name, Path(".hypothesis/fuzz") / name
    own.mkdir(parents=True, exist_ok=True)
    # What it finds on its way goes into the first folder; of the kept corpus it only reads, but what fails is kept.
    arguments = [str(own), str(kept), f"-max_total_time={seconds:.0f}", f"-artifact_prefix={kept}/", "-close_fd_mask=1"]
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()
