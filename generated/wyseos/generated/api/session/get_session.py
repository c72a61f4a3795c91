# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get a session.

Returns a session with its status, its task and, once there is one, its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import segment

from ...models.session_info import SessionInfo

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("get_session", "session", "GET", "/session/info/{session_id}")


def call(
    session_id: str,
) -> Call[SessionInfo]:
    """Get a session.

    Returns a session with its status, its task and, once there is one, its result.

    Args:
        session_id: The session. Not empty.

    Returns:
        The call, checked and not yet sent; whoever sends it gets SessionInfo.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/session/info/" + segment("session_id", session_id),
        _PARSE,
    )


_PARSE = whole(model(SessionInfo), "an object")


def sync(
    *,
    client: Client,
    session_id: str,
) -> SessionInfo:
    """Get a session.

    Returns a session with its status, its task and, once there is one, its result.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.

    Returns:
        SessionInfo

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
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    session_id: str,
) -> SessionInfo:
    """Get a session.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.

    Returns:
        SessionInfo

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
            )
        )
    ).parsed
