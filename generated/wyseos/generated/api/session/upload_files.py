# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Upload files.

Takes one or more files and returns where each lies now, to be attached to a task or a product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, FilePart, Operation
from wyseos.runtime.reading import (
    model,
    whole_list,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.uploaded_file import UploadedFile

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("upload_files", "session", "POST", "/session/upload")


def call(
    *,
    files: Sequence[FilePart],
    session_id: str | None = None,
) -> Call[list[UploadedFile]]:
    """Upload files.

    Args:
        files: the files, each with its name and type.
        session_id: The session the files are for.

    Returns:
        The call, checked and not yet sent; whoever sends it gets list[UploadedFile].

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, files)
    return Call(
        OPERATION,
        "/session/upload",
        _PARSE,
        form=query(
            {
                "session_id": session_id,
            }
        ),
        files=[("files", part) for part in files],
    )


_PARSE = whole_list(model(UploadedFile))
_RULES = (Rule("files", (list, tuple), "a list of FilePart", required=True, min_length=1),)


def sync(
    *,
    client: Client,
    files: Sequence[FilePart],
    session_id: str | None = None,
) -> list[UploadedFile]:
    """Upload files. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            files=files,
            session_id=session_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    files: Sequence[FilePart],
    session_id: str | None = None,
) -> list[UploadedFile]:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                files=files,
                session_id=session_id,
            )
        )
    ).parsed
