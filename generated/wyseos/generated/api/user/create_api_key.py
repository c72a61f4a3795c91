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

    Creates an API key and returns it, the only time it is shown.

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
    """Create an API key.

    Creates an API key and returns it, the only time it is shown.

    Args:
        client: Whom to ask.
        body: A name for a new API key.

    Returns:
        CreateAPIKeyResponse

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
    body: CreateAPIKeyRequest | dict[str, Any],
) -> CreateAPIKeyResponse:
    """Create an API key.

    Args:
        client: Whom to ask.
        body: A name for a new API key.

    Returns:
        CreateAPIKeyResponse

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
