# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List the tweets of a research.

Returns the tweets that matched a research query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole_list,
)
from wyseos.runtime.validation import segment

from ...models.tweet_in_message import TweetInMessage

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_research_tweets", "marketing", "GET", "/dashboard/product/query/results/{query_id}/lists")


def call(
    query_id: str,
) -> Call[list[TweetInMessage]]:
    """List the tweets of a research.

    Returns the tweets that matched a research query.

    Args:
        query_id: The query, as a `marketing_research_tweets` message names it. Not empty.

    Returns:
        The call, checked and not yet sent; whoever sends it gets list[TweetInMessage].

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/dashboard/product/query/results/" + segment("query_id", query_id) + "/lists",
        _PARSE,
    )


_PARSE = whole_list(model(TweetInMessage))


def sync(
    *,
    client: Client,
    query_id: str,
) -> list[TweetInMessage]:
    """List the tweets of a research.

    Returns the tweets that matched a research query.

    Args:
        client: Whom to ask.
        query_id: The query, as a `marketing_research_tweets` message names it. Not empty.

    Returns:
        list[TweetInMessage]

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
            query_id=query_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    query_id: str,
) -> list[TweetInMessage]:
    """List the tweets of a research.

    Args:
        client: Whom to ask.
        query_id: The query, as a `marketing_research_tweets` message names it. Not empty.

    Returns:
        list[TweetInMessage]

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
                query_id=query_id,
            )
        )
    ).parsed
