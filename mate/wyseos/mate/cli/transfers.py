"""Files on their way, with a bar in a terminal: for every command that uploads or saves some."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wyseos.mate.terminal.progress import progress_bar

if TYPE_CHECKING:
    from wyseos.mate.client import Client
    from wyseos.mate.services.file_upload import Upload
    from wyseos.mate.tasks.result import ResultFile


def upload(client: Client, paths: Sequence[Path]) -> list[Upload]:
    """Upload files in one request; none where there are none."""
    if not paths:
        return []
    with progress_bar(f"Uploading {len(paths)} files" if len(paths) > 1 else f"Uploading {paths[0].name}") as told:
        return client.file_upload.upload_files([str(path) for path in paths], on_progress=told)


def save(file: ResultFile, folder: Path) -> str:
    """Save a file that a task made, and return where it is."""
    with progress_bar(f"Saving {file.name}") as told:
        return str(file.save(folder, on_progress=told))
