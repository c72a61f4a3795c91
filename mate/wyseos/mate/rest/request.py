"""A request as the hooks see it, before it is bytes on a socket."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any

from wyseos.mate.version import __version__
from wyseos.runtime import codec, records
from wyseos.runtime.call import Call, FilePart, Operation
from wyseos.runtime.errors import ValidationError
from wyseos.runtime.reading import anything
from wyseos.runtime.validation import query as write_query
from wyseos.runtime.validation import repeated

__all__ = ["USER_AGENT", "Request", "bare_call", "make_request"]

USER_AGENT = f"wyseos-sdk/{__version__} python/{platform.python_version()}"


@records.define
class Request:
    """One request, before its credential is added.

    A hook may change `headers` and `query`; the credential is never among them.

    Args:
        operation: which operation it is; prints as `GET /session/info/{session_id}`.
        path: the path below the base URL, its ids quoted.
        query: query parameters.
        repeated: query parameters that are lists, each element told by itself.
        headers: headers beside those of HTTP itself and the credential.
        content: the body, if it is not multipart.
        form: text fields of a multipart body.
        files: files of a multipart body, each with its part's name.
        attempt: which try it is, counted from 1.
    """

    operation: Operation
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    content: bytes | None = records.field(default=None, repr=False)
    form: dict[str, str] | None = records.field(default=None, repr=False)
    files: list[tuple[str, FilePart]] | None = None
    attempt: int = 1
    repeated: dict[str, list[str]] = records.field(factory=dict)

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.operation.method


def make_request(call: Call[Any], headers: Mapping[str, str], query: Mapping[str, str]) -> Request:
    """Make the request of a call.

    Args:
        call: the call, already checked.
        headers: headers to send besides; they win over ours, and the call's own over them.
        query: query parameters to send besides; the call's own win.

    Raises:
        ValidationError: the body cannot be written as JSON.
    """
    # Only what we can unpack within a limit is asked for (security row 8).
    ours = {"accept": "application/json", "accept-encoding": "gzip, deflate", "user-agent": USER_AGENT}
    content = call.content
    if call.raw:
        ours["accept"] = "*/*"
    if content is not None:
        ours["content-type"] = call.content_type
    if call.json is not None:
        content = codec.dumps_bytes(call.json)
        ours["content-type"] = call.content_type or "application/json"
    extra = {name.lower(): value for name, value in (*headers.items(), *call.headers.items())}
    return Request(
        call.operation, call.path, {**query, **call.query}, ours | extra, content, form=call.form, files=call.files,
        repeated=call.repeated,
    )  # fmt: skip


def bare_call(method: str, path: str, query: Mapping[str, Any] | None, json: Any) -> Call[Any]:
    """Make a call to a path that no schema names; its data comes back as decoded JSON.

    Raises:
        ValidationError: the path could lead elsewhere than below the base URL, or the method is no word.
    """
    if not method.isascii() or not method.isalpha():
        raise ValidationError("method must be one word, such as GET", field="method")
    segments = path.split("/")
    if (
        not path.startswith("/")
        or not path.isascii()
        or not path.isprintable()
        or {".", ".."} & set(segments)
        or set(path) & _ODD
    ):
        raise ValidationError(
            "path must begin with / and hold no query, no dot segments, no spaces: quote what goes into it",
            field="path",
        )
    if path.startswith("//"):
        raise ValidationError("path must begin with one /, for // would name another server", field="path")
    given = dict(query or {})
    lists = {name: value for name, value in given.items() if isinstance(value, list | tuple)}
    written = write_query({name: value for name, value in given.items() if name not in lists})
    operation = Operation("request", "raw", method.upper(), path)
    return Call(operation, path, anything, query=written, repeated=repeated(lists), json=json)


_ODD = frozenset(" ?#\\")
