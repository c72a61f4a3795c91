"""A file of 10 MB: `server side`. Memory is what it takes beyond the client before."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.programs.common import arguments, repeat, tell

SIZE = 10_000_000


def httpx_upload(server: str) -> Callable[[Path], Any]:
    import httpx

    client = httpx.Client(base_url=server)

    def upload(path: Path) -> None:
        with path.open("rb") as file:
            client.post("/upload", files={"files": (path.name, file, "text/plain")}).json()

    return upload


def wyseos_upload(server: str) -> Callable[[Path], Any]:
    from wyseos.mate import Client

    return Client(base_url=server, api_key="k").file_upload.upload_file


if __name__ == "__main__":
    server, side = arguments()
    with TemporaryDirectory() as folder:
        path = Path(folder, "large.txt")
        path.write_bytes(bytes(SIZE))
        upload = {"httpx": httpx_upload, "wyseos": wyseos_upload}[side](server)
        figures = repeat(lambda: upload(path), 3)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        upload(path)
        figures["memory"] = tracemalloc.get_traced_memory()[1] - before
    tell(**figures)
