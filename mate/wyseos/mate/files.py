"""Files to upload: what may be sent, checked on the open descriptor, and read in small pieces.

A name can be made to mean another file between a check and its use; an open descriptor cannot. So a file is opened
once, without waiting for anybody (a FIFO does not hang), and all that matters is asked of the descriptor (security
row 10).
"""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from wyseos.runtime import records
from wyseos.runtime.call import FilePart
from wyseos.runtime.errors import ValidationError

__all__ = [
    "EXTENSIONS",
    "MAX_FILE_SIZE",
    "NamedFile",
    "Source",
    "base_name",
    "file_faults",
    "format_size",
    "mime_type",
    "open_parts",
    "path_of",
]

MAX_FILE_SIZE = 10 * 1024 * 1024

# Our own table: what a machine knows of types differs from one to the next.
_TYPES = {
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".html": "text/html",
    ".htm": "text/html",
    ".rss": "application/rss+xml",
    ".xml": "application/xml",
    ".gif": "image/gif",
    ".py": "text/x-python",
    ".json": "application/json",
}
EXTENSIONS = tuple(_TYPES)

Progress: TypeAlias = Callable[[int, int], None]


@records.frozen
class NamedFile:
    """Content under a name, for what is not a file on disk.

    Args:
        name: the file's name; only its last part is sent.
        content: bytes, or an open binary file that can be rewound.
    """

    name: str
    content: bytes | BinaryIO


Source: TypeAlias = str | os.PathLike[str] | NamedFile


class _Piece:
    """An open file as the transport reads it: so many bytes as were found at the check, no more and no fewer."""

    def __init__(self, file: BinaryIO, size: int, name: str, on_read: Callable[[], None]) -> None:
        self._file = file
        self.size = size
        self._name = name
        self._on_read = on_read
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        left = self.size - self._at
        wanted = left if size < 0 else min(size, left)
        data = self._read(wanted)
        self._at += len(data)
        is_cut = not data and left > 0 and size != 0
        has_grown = self._at == self.size and self._file.read(1)
        if is_cut or has_grown:
            raise ValidationError(f"{self._name} changed while it was read: upload it when it is whole", field="file")
        self._on_read()
        return data

    def _read(self, wanted: int) -> bytes:
        """Read so many bytes at most: one more would break the request, whose length was told before."""
        try:
            data = self._file.read(wanted)
        except OSError as error:
            reason = f"{self._name} could not be read: {error.strerror or type(error).__name__}"
        else:
            if isinstance(data, bytes) and len(data) <= wanted:
                return data
            reason = f"{self._name}: its read(n) must return at most n bytes"
        raise ValidationError(reason, field="file")

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        return self._file.seek(self._at)

    def tell(self) -> int:
        return self._at


@contextmanager
def open_parts(
    sources: Sequence[Source], on_progress: Progress | None = None, within: str | os.PathLike[str] | None = None
) -> Iterator[list[FilePart]]:
    """Open and check files, as parts of a multipart request; they are closed at the end of the `with` block.

    Args:
        sources: paths, or `NamedFile`s.
        on_progress: called with the bytes sent and the bytes in all, while they are sent; a second try begins anew.
        within: a folder that no file may lie outside of, also not behind a symbolic link.

    Raises:
        ValidationError: says all that is wrong with a file.
    """
    if isinstance(sources, str | bytes | os.PathLike | NamedFile):
        raise ValidationError("files must be a list; for one file there is upload_file", field="files")
    pieces: list[_Piece] = []

    def tell() -> None:
        if on_progress:
            on_progress(sum(piece.tell() for piece in pieces), sum(piece.size for piece in pieces))

    with ExitStack() as stack:
        parts = []
        for source in sources:
            name, file, size = _open(source, stack, within)
            pieces.append(_Piece(file, size, name, tell))
            parts.append(FilePart(name, pieces[-1], mime_type(name)))
        yield parts


def file_faults(path: str | os.PathLike[str], within: str | os.PathLike[str] | None = None) -> list[str]:
    """Say all that is wrong with a file, as ends of a sentence; nothing if it may be uploaded."""
    with ExitStack() as stack:
        return _open_path(path_of(path), stack, within)[1]


def mime_type(name: str) -> str:
    """Tell the MIME type of a file by its name."""
    return _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def base_name(path: str | os.PathLike[str]) -> str:
    """Return the last part of a path, of Windows too, as it is sent: what is no text in it is replaced."""
    last = _SEPARATORS.split(str(path_of(path)).rstrip("/\\"))[-1]
    return Path(last).name.encode("utf-8", "replace").decode()


# Also behind a drive: no server wants the folders of whoever sends a file.
_SEPARATORS = re.compile(r"[/\\]|\A[A-Za-z]:")


def path_of(path: str | os.PathLike[str]) -> Path:
    """Return a path as such, of bytes too; raises ValidationError where it is none."""
    try:
        return Path(os.fsdecode(path))
    except TypeError:
        kind = type(path).__name__
    raise ValidationError(f"a file's name must be text, or a path, not {kind}", field="file")


def format_size(size: float) -> str:
    """Write a size for people: `532 B`, `1.5 KB`, `10.0 MB`."""
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            break
        size /= 1024
    return f"{size:.0f} B" if unit == "B" else f"{size:.1f} {unit}"


def _open(source: Source, stack: ExitStack, within: str | os.PathLike[str] | None) -> tuple[str, BinaryIO, int]:
    if isinstance(source, NamedFile):
        name = base_name(source.name)
        file = _as_file(source.content, name)
        faults = [*_name_faults(name), *_size_faults(file.seek(0, os.SEEK_END))]
    elif isinstance(source, str | os.PathLike):
        name = base_name(source)
        file, faults = _open_path(path_of(source), stack, within)
    else:
        raise ValidationError(
            f"A file must be a path, or NamedFile(name, content), not {type(source).__name__}", field="file"
        )
    if faults:
        raise ValidationError(f"{name or 'The file'} cannot be uploaded: {'; '.join(faults)}", field="file")
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return name, file, size


def _as_file(content: bytes | BinaryIO, name: str) -> BinaryIO:
    if isinstance(content, bytes | bytearray | memoryview):
        return io.BytesIO(content)
    if getattr(content, "closed", False):
        raise ValidationError(f"{name}: content is a file that was closed; give one that is open", field="content")
    if not _can_be_sent(content):
        # A second try has to begin anew, and the size has to be known before.
        told = f"{name}: content must be bytes, or a binary file that can be rewound"
        raise ValidationError(told, field="content")
    return content


def _can_be_sent(content: Any) -> bool:
    try:
        is_binary = content.seekable() and isinstance(content.read(0), bytes) and not _is_device(content)
        return is_binary and isinstance(content.seek(0, os.SEEK_END), int)
    except (AttributeError, OSError):
        return False


def _is_device(file: Any) -> bool:
    try:
        descriptor = file.fileno()
    except (AttributeError, OSError):  # it lies in memory
        return False
    return not stat.S_ISREG(os.fstat(descriptor).st_mode)


def _open_path(path: Path, stack: ExitStack, within: str | os.PathLike[str] | None) -> tuple[BinaryIO, list[str]]:
    """Open a file and say all that is wrong with it; what cannot be opened is stood for by an empty one."""
    faults = _name_faults(base_name(path))
    try:
        file = stack.enter_context(io.FileIO(path, opener=_without_waiting))
    except IsADirectoryError:
        faults.append("it is a folder")
    except FileNotFoundError:
        faults.append("it does not exist")
    except OSError as error:
        faults.append(f"it cannot be opened ({error.strerror})")
    except ValueError:
        faults.append("its path holds a NUL")
    else:
        return file, [*faults, *_descriptor_faults(file, path, within)]
    return io.BytesIO(), faults


def _without_waiting(path: str, flags: int) -> int:
    # Opening a FIFO would wait for a writer; the flags exist on some systems only.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _descriptor_faults(file: BinaryIO, path: Path, within: str | os.PathLike[str] | None) -> list[str]:
    found = os.fstat(file.fileno())
    if not stat.S_ISREG(found.st_mode):
        return ["it is a device or a pipe, not a file"]
    faults = _size_faults(found.st_size)
    if within is not None and not _lies_within(path, Path(os.path.realpath(within)), found):
        faults.append(f"it lies outside {os.path.realpath(within)}")
    return faults


def _lies_within(path: Path, root: Path, found: os.stat_result) -> bool:
    # A place belongs to a name, so the name is looked up again: it must still be that of the open file.
    real = Path(os.path.realpath(path))
    try:
        return real.is_relative_to(root) and os.path.samestat(os.stat(real), found)
    except OSError:
        return False


def _name_faults(name: str) -> list[str]:
    if not name:
        return ["it has no name"]
    extension = Path(name).suffix.lower()
    if extension in EXTENSIONS:
        return []
    found = f"{extension} is not one of" if extension else "it has no extension, and needs one of"
    return [f"{found} {' '.join(EXTENSIONS)}"]


def _size_faults(size: int) -> list[str]:
    if size == 0:
        return ["it is empty"]
    return [f"it has {format_size(size)}, more than {format_size(MAX_FILE_SIZE)}"] if size > MAX_FILE_SIZE else []
