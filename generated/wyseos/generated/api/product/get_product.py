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

    Returns a product and how far its analysis is. Polling ends well at `completed` with a report id;
    `completed` without
    one, or `failed`, is a failure. The service asks for 20 seconds between polls.

    Args:
        product_id: The product. Not empty.

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
    """Get a product.

    Returns a product and how far its analysis is. Polling ends well at `completed` with a report id;
    `completed` without
    one, or `failed`, is a failure. The service asks for 20 seconds between polls.

    Args:
        client: Whom to ask.
        product_id: The product. Not empty.

    Returns:
        ProductInfo

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
            product_id=product_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    product_id: str,
) -> ProductInfo:
    """Get a product.

    Args:
        client: Whom to ask.
        product_id: The product. Not empty.

    Returns:
        ProductInfo

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
                product_id=product_id,
            )
        )
    ).parsed
