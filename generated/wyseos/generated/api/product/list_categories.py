# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List the industries.

Returns the industries a product can belong to, each with its subcategories."""

from __future__ import annotations

from ...call import Call, Operation
from ...client import Client, Response
from ...models.industry import Industry
from ...reading import (
    model,
    whole_list,
)

OPERATION = Operation("list_categories", "product", "GET", "/dashboard/categories")


def call() -> Call[list[Industry]]:
    """List the industries.

    Returns:
        The call, checked and not yet sent; whoever sends it gets list[Industry].

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/dashboard/categories",
        _PARSE,
    )


_PARSE = whole_list(model(Industry))


def sync_detailed(
    *,
    client: Client,
) -> Response[list[Industry]]:
    """List the industries. Gives the whole answer; arguments as of `call`."""
    return client.send(call())


def sync(
    *,
    client: Client,
) -> list[Industry]:
    """List the industries. Arguments as of `call`."""
    return sync_detailed(
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: Client,
) -> Response[list[Industry]]:
    """As `sync_detailed`, awaitable."""
    return await client.asend(call())


async def asyncio(
    *,
    client: Client,
) -> list[Industry]:
    """As `sync`, awaitable."""
    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
