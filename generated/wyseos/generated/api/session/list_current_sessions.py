# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List the sessions in progress.

Returns the user's sessions that are in progress now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole_list,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.platform import Platform
from ...models.session_info import SessionInfo

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_current_sessions", "session", "GET", "/session/current")


def call(
    *,
    platform: Platform | None = None,
) -> Call[list[SessionInfo]]:
    """List the sessions in progress.

    Args:
        platform: Where a session was started from.

    Returns:
        The call, checked and not yet sent; whoever sends it gets list[SessionInfo].

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, platform)
    return Call(
        OPERATION,
        "/session/current",
        _PARSE,
        query=query({"platform": platform}),
    )


_PARSE = whole_list(model(SessionInfo))
_RULES = (Rule("platform", (str,), "a string", values=("api", "extension", "web")),)


def sync(
    *,
    client: Client,
    platform: Platform | None = None,
) -> list[SessionInfo]:
    """List the sessions in progress. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            platform=platform,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    platform: Platform | None = None,
) -> list[SessionInfo]:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                platform=platform,
            )
        )
    ).parsed
