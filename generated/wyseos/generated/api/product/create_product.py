# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Create a product.

Hands in a product by its name or URL. The service then analyses it; poll the product's info for the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.model import made_of
from wyseos.runtime.reading import (
    model,
    whole,
)

from ...models.create_product_request import CreateProductRequest
from ...models.create_product_response import CreateProductResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("create_product", "product", "POST", "/dashboard/product/create")


def call(
    body: CreateProductRequest | dict[str, Any],
) -> Call[CreateProductResponse]:
    """Create a product.

    Args:
        body: A product to be analysed.

    Returns:
        The call, checked and not yet sent; whoever sends it gets CreateProductResponse.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    body = made_of(CreateProductRequest, body)
    return Call(
        OPERATION,
        "/dashboard/product/create",
        _PARSE,
        json=body.to_dict(),
    )


_PARSE = whole(model(CreateProductResponse), "an object")


def sync(
    *,
    client: Client,
    body: CreateProductRequest | dict[str, Any],
) -> CreateProductResponse:
    """Create a product. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            body=body,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    body: CreateProductRequest | dict[str, Any],
) -> CreateProductResponse:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                body=body,
            )
        )
    ).parsed
