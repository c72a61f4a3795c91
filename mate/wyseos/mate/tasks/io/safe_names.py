"""Names of files that come from the service, made safe to write (security row 11)."""

from __future__ import annotations

import re
from pathlib import Path

# What no file system of the usual ones takes, and what moves the cursor or the order of letters when it is printed.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff<>:"|?*]')
# Devices of Windows, with any extension.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# Bytes; most file systems take 255, and a number may be added.
_LONGEST = 200


def safe_name(name: str) -> str:
    """Return a base name that can be written on any system: no folder, no dot file, no device, not too long."""
    base = re.split(r"[/\\]", name)[-1].encode("utf-8", "replace").decode()
    base = _UNSAFE.sub("_", base).strip(" .") or "file"
    if _DEVICE.fullmatch(base):
        base = f"_{base}"
    stem, dot, extension = base.rpartition(".")
    if not dot or len(extension) > 20:
        stem, dot, extension = base, "", ""
    room = _LONGEST - len(f"{dot}{extension}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + extension


def moved(part: Path, name: str) -> Path:
    """Give a file its name, within its folder; where that is taken, a number is added.

    Args:
        part: the file, whole.
        name: the name as it came.
    """
    place = _claimed(part.parent, name)
    try:
        part.chmod(place.stat().st_mode)  # as any new file there, not as a temporary one
        return part.replace(place)
    except BaseException:
        place.unlink()
        raise


def written(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into a folder, which is made if it is not there; where the name is taken, a number is added."""
    folder.mkdir(parents=True, exist_ok=True)
    place = _claimed(folder, name)
    place.write_bytes(content)
    return place


def _claimed(folder: Path, name: str) -> Path:
    """Claim a place: an empty file that was not there before."""
    safe = safe_name(name)
    stem, dot, extension = safe.rpartition(".") if "." in safe else (safe, "", "")
    number = 1
    while True:
        place = folder / (safe if number == 1 else f"{stem} ({number}){dot}{extension}")
        try:
            place.touch(exist_ok=False)  # O_EXCL: follows no link, and two processes never claim the same
        except FileExistsError:
            number += 1
        else:
            return place
