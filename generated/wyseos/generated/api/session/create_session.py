# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Create a session.

Creates a session for one task. The work begins when `start` is sent over the session's WebSocket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.model import made_of
from wyseos.runtime.reading import (
    model,
    whole,
)

from ...models.create_session_request import CreateSessionRequest
from ...models.create_session_response import CreateSessionResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("create_session", "session", "POST", "/session/create")


def call(
    body: CreateSessionRequest | dict[str, Any],
) -> Call[CreateSessionResponse]:
    """Create a session.

    Creates a session for one task. The work begins when `start` is sent over the session's WebSocket.

    Args:
        body: A task to create a session for.

    Returns:
        The call, checked and not yet sent; whoever sends it gets CreateSessionResponse.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    body = made_of(CreateSessionRequest, body)
    return Call(
        OPERATION,
        "/session/create",
        _PARSE,
        json=body.to_dict(),
    )


_PARSE = whole(model(CreateSessionResponse), "an object")


def sync(
    *,
    client: Client,
    body: CreateSessionRequest | dict[str, Any],
) -> CreateSessionResponse:
    """Create a session.

    Creates a session for one task. The work begins when `start` is sent over the session's WebSocket.

    Args:
        client: Whom to ask.
        body: A task to create a session for.

    Returns:
        CreateSessionResponse

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
            body=body,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    body: CreateSessionRequest | dict[str, Any],
) -> CreateSessionResponse:
    """Create a session.

    Args:
        client: Whom to ask.
        body: A task to create a session for.

    Returns:
        CreateSessionResponse

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
                body=body,
            )
        )
    ).parsed
