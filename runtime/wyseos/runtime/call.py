"""A REST call as a value: made and checked by an endpoint's `call(…)`, sent by whatever client one likes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from wyseos.runtime import records

T = TypeVar("T")


@records.frozen
class Operation:
    """One operation of the OpenAPI document."""

    name: str
    """Its operationId."""
    tag: str
    method: str
    path: str
    """The template, such as `/session/info/{session_id}`: safe to log, unlike a real path."""

    @property
    def is_read(self) -> bool:
        """Whether sending it twice does no harm (RFC 9110's safe methods)."""
        return self.method in ("GET", "HEAD")

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@records.frozen
class FilePart:
    """One file of a multipart request.

    Args:
        file_name: the name the service is told.
        content: bytes, or a binary file object that is read as it is sent.
        content_type: its MIME type.
    """

    file_name: str
    content: Any = records.field(repr=False)
    content_type: str = "application/octet-stream"


@records.frozen
class Call(Generic[T]):
    """A checked request and the way to read its answer."""

    operation: Operation
    path: str
    """The path with its ids quoted, below the base URL."""
    parse: Callable[[Any], T] = records.field(repr=False, eq=False)
    """Reads the envelope's `data`; raises DecodeError for another shape."""
    query: dict[str, str] = records.field(factory=dict)
    repeated: dict[str, list[str]] = records.field(factory=dict)
    """Query parameters that are lists, each element told by itself: `?id=a&id=b`."""
    headers: dict[str, str] = records.field(factory=dict, repr=False)
    """Headers that the operation takes, cookies among them."""
    json: Any = None
    """The JSON body, or None."""
    content: bytes | None = records.field(default=None, repr=False)
    """The body as it is, where it is neither JSON nor multipart; None for no such body."""
    content_type: str = ""
    """The MIME type of `content`, or of `json` where it is another one than JSON's own."""
    form: dict[str, str] | None = None
    """The text fields of a multipart body, or None where the body is not multipart."""
    files: list[tuple[str, FilePart]] | None = None
    """The files of a multipart body, each with its part's name."""
    bare: bool = False
    """Whether the answer is in no envelope: the body is the data, and the status alone tells of errors."""
    raw: bool = False
    """Whether the answer is no JSON: `parse` takes its bytes. Its errors are as `bare` tells."""
