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
    """Get the values that calls can be filtered by. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(call()).parsed


async def asyncio(
    *,
    client: Client,
) -> CallFilterValues:
    """As `sync`, awaitable."""
    return (await client.asend(call())).parsed
