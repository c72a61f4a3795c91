# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get a product.

Returns a product and how far its analysis is. Polling ends well at `completed` with a report id; `completed` without
one, or `failed`, is a failure. The service asks for 20 seconds between polls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import segment

from ...models.product_info import ProductInfo

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("get_product", "product", "GET", "/dashboard/product/candidates/{product_id}/info")


def call(
    product_id: str,
) -> Call[ProductInfo]:
    """Get a product.

    Args:
        product_id: The product.

    Returns:
        The call, checked and not yet sent; whoever sends it gets ProductInfo.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/dashboard/product/candidates/" + segment("product_id", product_id) + "/info",
        _PARSE,
    )


_PARSE = whole(model(ProductInfo), "an object")


def sync(
    *,
    client: Client,
    product_id: str,
) -> ProductInfo:
    """Get a product. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            product_id=product_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    product_id: str,
) -> ProductInfo:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                product_id=product_id,
            )
        )
    ).parsed
