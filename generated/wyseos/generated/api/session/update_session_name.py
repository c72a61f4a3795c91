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

    Args:
        session_id: The session.
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
    """Rename a session. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
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
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                session_id=session_id,
                body=body,
            )
        )
    ).parsed
