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
from wyseos.runtime.validation import Rule, check_each, parts, query

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

    Takes one or more files and returns where each lies now, to be attached to a task or a product.

    Args:
        files: The files, each with its name and type.
        session_id: The session the files are for.

    Returns:
        The call, checked and not yet sent; whoever sends it gets list[UploadedFile].

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, files, session_id)
    return Call(
        OPERATION,
        "/session/upload",
        _PARSE,
        form=query(
            {
                "session_id": session_id,
            }
        ),
        files=parts(
            {
                "files": files,
            }
        ),
    )


_PARSE = whole_list(model(UploadedFile))
_RULES = (
    Rule("files", (list, tuple), "a list of FilePart", required=True, min_length=1),
    Rule("session_id", (str,), "a string"),
)


def sync(
    *,
    client: Client,
    files: Sequence[FilePart],
    session_id: str | None = None,
) -> list[UploadedFile]:
    """Upload files.

    Takes one or more files and returns where each lies now, to be attached to a task or a product.

    Args:
        client: Whom to ask.
        files: The files, each with its name and type.
        session_id: The session the files are for.

    Returns:
        list[UploadedFile]

    Raises:
        ValidationError: if an argument can't be sent.
        UnexpectedAnswer: if the service answers with an error.
            400: A parameter is missing or invalid (4000), or there are not enough credits (4600).
            401: The API key or the JWT is missing, wrong or expired.
            403: The user may not do this.
            404: There is no such thing (4203).
            429: The service is at capacity (4200), the rate limit is reached (4201), or too many tasks run
                (4202). Try again later.
            500: The service failed (5000). Try again later.
        DecodeError: if the answer can't be read.
        NoAnswer: if none comes.
    """
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
    """Upload files.

    Args:
        client: Whom to ask.
        files: The files, each with its name and type.
        session_id: The session the files are for.

    Returns:
        list[UploadedFile]

    Raises:
        ValidationError: if an argument can't be sent.
        UnexpectedAnswer: if the service answers with an error.
            400: A parameter is missing or invalid (4000), or there are not enough credits (4600).
            401: The API key or the JWT is missing, wrong or expired.
            403: The user may not do this.
            404: There is no such thing (4203).
            429: The service is at capacity (4200), the rate limit is reached (4201), or too many tasks run
                (4202). Try again later.
            500: The service failed (5000). Try again later.
        DecodeError: if the answer can't be read.
        NoAnswer: if none comes.
    """
    return (
        await client.asend(
            call(
                files=files,
                session_id=session_id,
            )
        )
    ).parsed
