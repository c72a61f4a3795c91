# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get a session's marketing data.

Returns the tweets that a marketing session answered, liked, shared or drafted. With a `type`, the other lists are empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each, query, segment

from ...models.marketing_data import MarketingData
from ...models.marketing_data_type import MarketingDataType

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("get_marketing_data", "session", "GET", "/session/marketing/data/{session_id}")


def call(
    session_id: str,
    *,
    type: MarketingDataType | None = None,
) -> Call[MarketingData]:
    """Get a session's marketing data.

    Returns the tweets that a marketing session answered, liked, shared or drafted. With a `type`, the other
    lists are empty.

    Args:
        session_id: The session. Not empty.
        type: The one kind wanted. Absent, all four come.

    Returns:
        The call, checked and not yet sent; whoever sends it gets MarketingData.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, type)
    return Call(
        OPERATION,
        "/session/marketing/data/" + segment("session_id", session_id),
        _PARSE,
        query=query({"type": type}),
    )


_PARSE = whole(model(MarketingData), "an object")
_RULES = (Rule("type", (str,), "a string", values=("like", "reply", "retweet", "tweet")),)


def sync(
    *,
    client: Client,
    session_id: str,
    type: MarketingDataType | None = None,
) -> MarketingData:
    """Get a session's marketing data.

    Returns the tweets that a marketing session answered, liked, shared or drafted. With a `type`, the other
    lists are empty.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.
        type: The one kind wanted. Absent, all four come.

    Returns:
        MarketingData

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
            type=type,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    session_id: str,
    type: MarketingDataType | None = None,
) -> MarketingData:
    """Get a session's marketing data.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.
        type: The one kind wanted. Absent, all four come.

    Returns:
        MarketingData

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
                type=type,
            )
        )
    ).parsed
