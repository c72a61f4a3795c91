# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get the values that calls can be filtered by.

Returns the key names, platforms and states that occur in the user's calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)

from ...models.call_filter_values import CallFilterValues

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("get_call_filter_values", "user", "GET", "/user/call/filter_values")


def call() -> Call[CallFilterValues]:
    """Get the values that calls can be filtered by.

    Returns the key names, platforms and states that occur in the user's calls.

    Args:

    Returns:
        The call, checked and not yet sent; whoever sends it gets CallFilterValues.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/user/call/filter_values",
        _PARSE,
    )


_PARSE = whole(model(CallFilterValues), "an object")


def sync(
    *,
    client: Client,
) -> CallFilterValues:
    """Get the values that calls can be filtered by.

    Returns the key names, platforms and states that occur in the user's calls.

    Args:
        client: Whom to ask.

    Returns:
        CallFilterValues

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
    return client.send(call()).parsed


async def asyncio(
    *,
    client: Client,
) -> CallFilterValues:
    """Get the values that calls can be filtered by.

    Args:
        client: Whom to ask.

    Returns:
        CallFilterValues

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
    return (await client.asend(call())).parsed
