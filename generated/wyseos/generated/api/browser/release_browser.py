# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Release a browser.

Gives a remote browser back. It costs nothing from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    nothing,
)
from wyseos.runtime.validation import segment

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("release_browser", "browser", "DELETE", "/browser/release/{browser_id}")


def call(
    browser_id: str,
) -> Call[None]:
    """Release a browser.

    Args:
        browser_id: The browser.

    Returns:
        The call, checked and not yet sent; whoever sends it gets None.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/browser/release/" + segment("browser_id", browser_id),
        _PARSE,
    )


_PARSE = nothing


def sync(
    *,
    client: Client,
    browser_id: str,
) -> None:
    """Release a browser. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            browser_id=browser_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    browser_id: str,
) -> None:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                browser_id=browser_id,
            )
        )
    ).parsed
