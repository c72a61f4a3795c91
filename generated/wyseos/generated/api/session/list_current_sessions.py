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

    Returns the user's sessions that are in progress now.

    Args:
        platform: Only the sessions that were started from here.

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
    """List the sessions in progress.

    Returns the user's sessions that are in progress now.

    Args:
        client: Whom to ask.
        platform: Only the sessions that were started from here.

    Returns:
        list[SessionInfo]

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
            platform=platform,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    platform: Platform | None = None,
) -> list[SessionInfo]:
    """List the sessions in progress.

    Args:
        client: Whom to ask.
        platform: Only the sessions that were started from here.

    Returns:
        list[SessionInfo]

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
                platform=platform,
            )
        )
    ).parsed
