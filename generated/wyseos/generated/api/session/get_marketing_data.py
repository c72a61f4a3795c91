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

    Args:
        session_id: The session.
        type: A kind of marketing data.

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
    """Get a session's marketing data. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
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
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                session_id=session_id,
                type=type,
            )
        )
    ).parsed
