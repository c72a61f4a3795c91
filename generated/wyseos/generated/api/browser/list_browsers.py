# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List a session's browsers.

Returns a page of the browsers of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.list_browsers_response import ListBrowsersResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_browsers", "browser", "GET", "/browser/lists")


def call(
    *,
    session_id: str,
    page_num: int = 1,
    page_size: int = 20,
) -> Call[ListBrowsersResponse]:
    """List a session's browsers.

    Args:
        session_id: The session.
        page_num: The page wanted, counted from 1.
        page_size: How many rows a page has.

    Returns:
        The call, checked and not yet sent; whoever sends it gets ListBrowsersResponse.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, session_id, page_num, page_size)
    return Call(
        OPERATION,
        "/browser/lists",
        _PARSE,
        query=query({"session_id": session_id, "page_num": page_num, "page_size": page_size}),
    )


_PARSE = whole(model(ListBrowsersResponse), "an object")
_RULES = (
    Rule("session_id", (str,), "a string", required=True, min_length=1),
    Rule("page_num", (int,), "a whole number", minimum=1),
    Rule("page_size", (int,), "a whole number", minimum=1, maximum=100),
)


def sync(
    *,
    client: Client,
    session_id: str,
    page_num: int = 1,
    page_size: int = 20,
) -> ListBrowsersResponse:
    """List a session's browsers. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            session_id=session_id,
            page_num=page_num,
            page_size=page_size,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    session_id: str,
    page_num: int = 1,
    page_size: int = 20,
) -> ListBrowsersResponse:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                session_id=session_id,
                page_num=page_num,
                page_size=page_size,
            )
        )
    ).parsed
