# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Delete an API key.

Deletes an API key. It is refused from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    whole_freeform,
)
from wyseos.runtime.validation import segment

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("delete_api_key", "user", "DELETE", "/user/apikey/delete/{id}")


def call(
    id: int,
) -> Call[dict[str, Any]]:
    """Delete an API key.

    Args:
        id: The key's number, as the list of keys tells it.

    Returns:
        The call, checked and not yet sent; whoever sends it gets dict[str, Any].

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/user/apikey/delete/" + segment("id", id),
        _PARSE,
    )


_PARSE = whole_freeform


def sync(
    *,
    client: Client,
    id: int,
) -> dict[str, Any]:
    """Delete an API key. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            id=id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    id: int,
) -> dict[str, Any]:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                id=id,
            )
        )
    ).parsed
