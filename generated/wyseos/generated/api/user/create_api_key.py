# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Create an API key.

Creates an API key and returns it, the only time it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.model import made_of
from wyseos.runtime.reading import (
    model,
    whole,
)

from ...models.create_api_key_request import CreateAPIKeyRequest
from ...models.create_api_key_response import CreateAPIKeyResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("create_api_key", "user", "POST", "/user/apikey/new")


def call(
    body: CreateAPIKeyRequest | dict[str, Any],
) -> Call[CreateAPIKeyResponse]:
    """Create an API key.

    Args:
        body: A name for a new API key.

    Returns:
        The call, checked and not yet sent; whoever sends it gets CreateAPIKeyResponse.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    body = made_of(CreateAPIKeyRequest, body)
    return Call(
        OPERATION,
        "/user/apikey/new",
        _PARSE,
        json=body.to_dict(),
    )


_PARSE = whole(model(CreateAPIKeyResponse), "an object")


def sync(
    *,
    client: Client,
    body: CreateAPIKeyRequest | dict[str, Any],
) -> CreateAPIKeyResponse:
    """Create an API key. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            body=body,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    body: CreateAPIKeyRequest | dict[str, Any],
) -> CreateAPIKeyResponse:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                body=body,
            )
        )
    ).parsed
