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
    """Create a session. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
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
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                body=body,
            )
        )
    ).parsed
