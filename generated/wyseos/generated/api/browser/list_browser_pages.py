# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List a browser's pages.

Returns a page of the tabs that a browser has open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.list_browser_pages_response import ListBrowserPagesResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_browser_pages", "browser", "GET", "/browser/page/lists")


def call(
    *,
    browser_id: str,
    page_num: int = 1,
    page_size: int = 20,
) -> Call[ListBrowserPagesResponse]:
    """List a browser's pages.

    Args:
        browser_id: The browser.
        page_num: The page wanted, counted from 1.
        page_size: How many rows a page has.

    Returns:
        The call, checked and not yet sent; whoever sends it gets ListBrowserPagesResponse.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, browser_id, page_num, page_size)
    return Call(
        OPERATION,
        "/browser/page/lists",
        _PARSE,
        query=query({"browser_id": browser_id, "page_num": page_num, "page_size": page_size}),
    )


_PARSE = whole(model(ListBrowserPagesResponse), "an object")
_RULES = (
    Rule("browser_id", (str,), "a string", required=True, min_length=1),
    Rule("page_num", (int,), "a whole number", minimum=1),
    Rule("page_size", (int,), "a whole number", minimum=1, maximum=100),
)


def sync(
    *,
    client: Client,
    browser_id: str,
    page_num: int = 1,
    page_size: int = 20,
) -> ListBrowserPagesResponse:
    """List a browser's pages. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            browser_id=browser_id,
            page_num=page_num,
            page_size=page_size,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    browser_id: str,
    page_num: int = 1,
    page_size: int = 20,
) -> ListBrowserPagesResponse:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                browser_id=browser_id,
                page_num=page_num,
                page_size=page_size,
            )
        )
    ).parsed
