# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get the values that calls can be filtered by.

Returns the key names, platforms and states that occur in the user's calls."""

from __future__ import annotations

from ...call import Call, Operation
from ...client import Client, Response
from ...models.call_filter_values import CallFilterValues
from ...reading import (
    model,
    whole,
)

OPERATION = Operation("get_call_filter_values", "user", "GET", "/user/call/filter_values")


def call() -> Call[CallFilterValues]:
    """Get the values that calls can be filtered by.

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


def sync_detailed(
    *,
    client: Client,
) -> Response[CallFilterValues]:
    """Get the values that calls can be filtered by. Gives the whole answer; arguments as of `call`."""
    return client.send(call())


def sync(
    *,
    client: Client,
) -> CallFilterValues:
    """Get the values that calls can be filtered by. Arguments as of `call`."""
    return sync_detailed(
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: Client,
) -> Response[CallFilterValues]:
    """As `sync_detailed`, awaitable."""
    return await client.asend(call())


async def asyncio(
    *,
    client: Client,
) -> CallFilterValues:
    """As `sync`, awaitable."""
    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
