# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Create a session.

Creates a session for one task. The work begins when `start` is sent over the session's WebSocket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each

from ...models.create_session_request import CreateSessionRequest
from ...models.create_session_response import CreateSessionResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("create_session", "session", "POST", "/session/create")


def call(
    body: CreateSessionRequest,
) -> Call[CreateSessionResponse]:
    """Create a session.

    Args:
        body: A task to create a session for.

    Returns:
        The call, checked and not yet sent; whoever sends it gets CreateSessionResponse.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, body)
    return Call(
        OPERATION,
        "/session/create",
        _PARSE,
        json=body.to_dict(),
    )


_PARSE = whole(model(CreateSessionResponse), "an object")
_RULES = (Rule("body", (CreateSessionRequest,), "a CreateSessionRequest", required=True),)


def sync(
    *,
    client: Client,
    body: CreateSessionRequest,
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
    body: CreateSessionRequest,
) -> CreateSessionResponse:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                body=body,
            )
        )
    ).parsed
