# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List API keys.

Returns a page of the user's API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.api_key_page import APIKeyPage

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_api_keys", "user", "GET", "/user/apikey/lists")


def call(
    *,
    page_num: int = 1,
    page_size: int = 10,
) -> Call[APIKeyPage]:
    """List API keys.

    Args:
        page_num: The page wanted, counted from 1.
        page_size: How many rows a page has.

    Returns:
        The call, checked and not yet sent; whoever sends it gets APIKeyPage.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, page_num, page_size)
    return Call(
        OPERATION,
        "/user/apikey/lists",
        _PARSE,
        query=query({"page_num": page_num, "page_size": page_size}),
    )


_PARSE = whole(model(APIKeyPage), "an object")
_RULES = (
    Rule("page_num", (int,), "a whole number", minimum=1),
    Rule("page_size", (int,), "a whole number", minimum=1, maximum=100),
)


def sync(
    *,
    client: Client,
    page_num: int = 1,
    page_size: int = 10,
) -> APIKeyPage:
    """List API keys. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            page_num=page_num,
            page_size=page_size,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    page_num: int = 1,
    page_size: int = 10,
) -> APIKeyPage:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                page_num=page_num,
                page_size=page_size,
            )
        )
    ).parsed
