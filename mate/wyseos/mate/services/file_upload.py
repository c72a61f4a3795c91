"""`client.file_upload`: files for tasks and products."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypedDict, cast

from wyseos.generated.api.session import upload_files
from wyseos.generated.models import UploadedFile
from wyseos.mate.errors import APIError
from wyseos.mate.files import (
    EXTENSIONS,
    MAX_FILE_SIZE,
    Source,
    file_faults,
    format_size,
    mime_type,
    open_parts,
    path_of,
)
from wyseos.mate.services import documented_as
from wyseos.runtime.call import Call, FilePart

if TYPE_CHECKING:
    from wyseos.mate.rest.caller import AsyncCaller, Caller

__all__ = ["MAX_FILE_SIZE", "SUPPORTED_EXTENSIONS", "AsyncFileUploadService", "FileInfo", "FileUploadService", "Upload"]


class Upload(TypedDict):
    """A file that was uploaded: give it to a task or a product as it is."""

    file_name: str
    file_url: str


class FileInfo(TypedDict):
    """What is known of a file on this machine; `size` in bytes."""

    name: str
    size: int
    extension: str
    mime_type: str
    path: str


def _call(parts: list[FilePart], session_id: str | None) -> Call[list[UploadedFile]]:
    return upload_files.call(files=parts, session_id=session_id)


def _one_each(uploaded: list[UploadedFile], count: int) -> list[Upload]:
    if len(uploaded) != count:
        raise APIError(
            f"{upload_files.OPERATION} succeeded, but names {len(uploaded)} files instead of {count}", status_code=200
        )
    return [cast(Upload, file.to_dict()) for file in uploaded]


SUPPORTED_EXTENSIONS = EXTENSIONS
_LEAVING = ("", "q", "quit", "exit")


def _typed(prompt: str) -> str:
    try:
        return input(prompt).strip().strip("'\"")
    except EOFError:
        return ""


class _Files:
    """What needs no client: the same for both services."""

    def validate_file(self, file_path: str | os.PathLike[str]) -> tuple[bool, str]:
        """Tell whether a file may be uploaded, and all that is wrong with it if not.

        Args:
            file_path: the file.

        Returns:
            True and an empty text, or False and the reasons.
        """
        faults = file_faults(file_path)
        return not faults, "; ".join(faults)

    def get_file_info(self, file_path: str | os.PathLike[str]) -> FileInfo:
        """Return `name`, `size` (bytes), `extension`, `mime_type` and `path` of a file.

        Args:
            file_path: the file.

        Raises:
            ValidationError: it is no path.
            OSError: there is no such file.
        """
        path = path_of(file_path)
        return {
            "name": path.name,
            "size": path.stat().st_size,
            "extension": path.suffix.lower(),
            "mime_type": mime_type(path.name),
            "path": str(path.absolute()),
        }

    def list_supported_extensions(self) -> list[str]:
        """Return the extensions that the service takes, each with its dot."""
        return list(EXTENSIONS)

    def format_file_size(self, size: float) -> str:
        """Write a size in bytes for people, such as `1.5 MB`."""
        return format_size(size)

    def select_file(self, prompt: str = "File to upload (empty for none): ") -> str | None:
        """Ask on the terminal for a file until one is named that may be uploaded.

        Args:
            prompt: what to ask.

        Returns:
            Its path, or None if nothing or `q` was typed, or nothing can be read.
        """
        while (typed := _typed(prompt)) not in _LEAVING:
            path = os.path.expanduser(typed)
            good, reasons = self.validate_file(path)
            if good:
                return path
            print(f"{path}: {reasons}")
        return None


class FileUploadService(_Files):
    """Uploads files, so that a task or a product can name them."""

    def __init__(self, client: Caller) -> None:
        self._client = client

    def upload_file(
        self,
        file_path: Source,
        session_id: str | None = None,
        *,
        on_progress: Callable[[int, int], None] | None = None,
        within: str | os.PathLike[str] | None = None,
    ) -> Upload:
        """Upload a file; it is read in small pieces while it is sent.

        Args:
            file_path: the file, or a `NamedFile` for content that is none.
            session_id: the session that it is for.
            on_progress: called with the bytes sent and the bytes in all; a second try begins anew.
            within: a folder that the file must lie in, also behind symbolic links.

        Returns:
            `file_name` and `file_url`, to be given as an attachment.

        Raises:
            ValidationError: the file may not be uploaded; says all that is wrong with it (security row 10).
            NetworkError: no answer came; an upload is not sent again if it may have been taken (fault row 5).

        Example:
            `client.file_upload.upload_file("notes.pdf")["file_url"]`
        """
        return self.upload_files([file_path], session_id, on_progress=on_progress, within=within)[0]

    def upload_files(
        self,
        file_paths: Sequence[Source],
        session_id: str | None = None,
        *,
        on_progress: Callable[[int, int], None] | None = None,
        within: str | os.PathLike[str] | None = None,
    ) -> list[Upload]:
        """Upload several files in one request; see `upload_file`.

        Args:
            file_paths: the files, or `NamedFile`s.
            session_id: the session that they are for.
            on_progress: called with the bytes sent and the bytes in all.
            within: a folder that all must lie in.

        Returns:
            For each file, in this order, `file_name` and `file_url`.
        """
        with open_parts(file_paths, on_progress, within) as parts:
            uploaded = self._client.execute(_call(parts, session_id))
        return _one_each(uploaded, len(parts))


@documented_as(FileUploadService)
class AsyncFileUploadService(_Files):
    def __init__(self, client: AsyncCaller) -> None:
        self._client = client

    async def upload_file(
        self,
        file_path: Source,
        session_id: str | None = None,
        *,
        on_progress: Callable[[int, int], None] | None = None,
        within: str | os.PathLike[str] | None = None,
    ) -> Upload:
        return (await self.upload_files([file_path], session_id, on_progress=on_progress, within=within))[0]

    async def upload_files(
        self,
        file_paths: Sequence[Source],
        session_id: str | None = None,
        *,
        on_progress: Callable[[int, int], None] | None = None,
        within: str | os.PathLike[str] | None = None,
    ) -> list[Upload]:
        with open_parts(file_paths, on_progress, within) as parts:
            uploaded = await self._client.execute(_call(parts, session_id))
        return _one_each(uploaded, len(parts))
