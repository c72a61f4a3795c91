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

    Args:
        session_id: The session.

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
    """Get a session. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
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
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                session_id=session_id,
            )
        )
    ).parsed
