# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Rename a session.

Gives a session another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.model import made_of
from wyseos.runtime.reading import (
    nothing,
)
from wyseos.runtime.validation import segment

from ...models.update_session_name_request import UpdateSessionNameRequest

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("update_session_name", "session", "PUT", "/session/info/{session_id}")


def call(
    session_id: str,
    body: UpdateSessionNameRequest | dict[str, Any],
) -> Call[None]:
    """Rename a session.

    Gives a session another name.

    Args:
        session_id: The session. Not empty.
        body: Another name for a session.

    Returns:
        The call, checked and not yet sent; whoever sends it gets None.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    body = made_of(UpdateSessionNameRequest, body)
    return Call(
        OPERATION,
        "/session/info/" + segment("session_id", session_id),
        _PARSE,
        json=body.to_dict(),
    )


_PARSE = nothing


def sync(
    *,
    client: Client,
    session_id: str,
    body: UpdateSessionNameRequest | dict[str, Any],
) -> None:
    """Rename a session.

    Gives a session another name.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.
        body: Another name for a session.

    Returns:
        None

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
            session_id=session_id,
            body=body,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    session_id: str,
    body: UpdateSessionNameRequest | dict[str, Any],
) -> None:
    """Rename a session.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.
        body: Another name for a session.

    Returns:
        None

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
                session_id=session_id,
                body=body,
            )
        )
    ).parsed
