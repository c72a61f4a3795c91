# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get a browser.

Returns a remote browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import segment

from ...models.browser_info import BrowserInfo

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("get_browser", "browser", "GET", "/browser/info/{browser_id}")


def call(
    browser_id: str,
) -> Call[BrowserInfo]:
    """Get a browser.

    Returns a remote browser.

    Args:
        browser_id: The browser. Not empty.

    Returns:
        The call, checked and not yet sent; whoever sends it gets BrowserInfo.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/browser/info/" + segment("browser_id", browser_id),
        _PARSE,
    )


_PARSE = whole(model(BrowserInfo), "an object")


def sync(
    *,
    client: Client,
    browser_id: str,
) -> BrowserInfo:
    """Get a browser.

    Returns a remote browser.

    Args:
        client: Whom to ask.
        browser_id: The browser. Not empty.

    Returns:
        BrowserInfo

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
            browser_id=browser_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    browser_id: str,
) -> BrowserInfo:
    """Get a browser.

    Args:
        client: Whom to ask.
        browser_id: The browser. Not empty.

    Returns:
        BrowserInfo

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
                browser_id=browser_id,
            )
        )
    ).parsed
