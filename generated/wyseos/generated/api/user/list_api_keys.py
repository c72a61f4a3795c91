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
    page_num: int | None = None,
    page_size: int | None = None,
) -> Call[APIKeyPage]:
    """List API keys.

    Returns a page of the user's API keys.

    Args:
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 10.

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
    page_num: int | None = None,
    page_size: int | None = None,
) -> APIKeyPage:
    """List API keys.

    Returns a page of the user's API keys.

    Args:
        client: Whom to ask.
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 10.

    Returns:
        APIKeyPage

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
            page_num=page_num,
            page_size=page_size,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    page_num: int | None = None,
    page_size: int | None = None,
) -> APIKeyPage:
    """List API keys.

    Args:
        client: Whom to ask.
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 10.

    Returns:
        APIKeyPage

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
                page_num=page_num,
                page_size=page_size,
            )
        )
    ).parsed
