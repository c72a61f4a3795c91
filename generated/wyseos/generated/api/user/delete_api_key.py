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

    Deletes an API key. It is refused from then on.

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
    """Delete an API key.

    Deletes an API key. It is refused from then on.

    Args:
        client: Whom to ask.
        id: The key's number, as the list of keys tells it.

    Returns:
        dict[str, Any]

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
            id=id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    id: int,
) -> dict[str, Any]:
    """Delete an API key.

    Args:
        client: Whom to ask.
        id: The key's number, as the list of keys tells it.

    Returns:
        dict[str, Any]

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
                id=id,
            )
        )
    ).parsed
