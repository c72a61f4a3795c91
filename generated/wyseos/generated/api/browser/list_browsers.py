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
    page_num: int | None = None,
    page_size: int | None = None,
) -> Call[ListBrowsersResponse]:
    """List a session's browsers.

    Returns a page of the browsers of a session.

    Args:
        session_id: The session. Not empty.
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 20.

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
    page_num: int | None = None,
    page_size: int | None = None,
) -> ListBrowsersResponse:
    """List a session's browsers.

    Returns a page of the browsers of a session.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 20.

    Returns:
        ListBrowsersResponse

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
            session_id=session_id,
            page_num=page_num,
            page_size=page_size,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    session_id: str,
    page_num: int | None = None,
    page_size: int | None = None,
) -> ListBrowsersResponse:
    """List a session's browsers.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 20.

    Returns:
        ListBrowsersResponse

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
                session_id=session_id,
                page_num=page_num,
                page_size=page_size,
            )
        )
    ).parsed
