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

    Args:
        browser_id: The browser.

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
    """Get a browser. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
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
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                browser_id=browser_id,
            )
        )
    ).parsed
