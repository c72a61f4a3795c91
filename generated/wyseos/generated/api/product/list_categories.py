# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List the industries.

Returns the industries a product can belong to, each with its subcategories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole_list,
)

from ...models.industry import Industry

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

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


def sync(
    *,
    client: Client,
) -> list[Industry]:
    """List the industries. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(call()).parsed


async def asyncio(
    *,
    client: Client,
) -> list[Industry]:
    """As `sync`, awaitable."""
    return (await client.asend(call())).parsed
