# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List the messages between two.

Returns the messages from one to another, both ends included. Serves to fetch what a cut connection missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole_list,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.message_response import MessageResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_messages_between", "session", "GET", "/session/message/between")


def call(
    *,
    session_id: str,
    from_message_id: str,
    to_message_id: str,
) -> Call[list[MessageResponse]]:
    """List the messages between two.

    Returns the messages from one to another, both ends included. Serves to fetch what a cut connection missed.

    Args:
        session_id: The session. Not empty.
        from_message_id: The first message wanted. Not empty.
        to_message_id: The last message wanted. Not empty.

    Returns:
        The call, checked and not yet sent; whoever sends it gets list[MessageResponse].

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, session_id, from_message_id, to_message_id)
    return Call(
        OPERATION,
        "/session/message/between",
        _PARSE,
        query=query({"session_id": session_id, "from_message_id": from_message_id, "to_message_id": to_message_id}),
    )


_PARSE = whole_list(model(MessageResponse))
_RULES = (
    Rule("session_id", (str,), "a string", required=True, min_length=1),
    Rule("from_message_id", (str,), "a string", required=True, min_length=1),
    Rule("to_message_id", (str,), "a string", required=True, min_length=1),
)


def sync(
    *,
    client: Client,
    session_id: str,
    from_message_id: str,
    to_message_id: str,
) -> list[MessageResponse]:
    """List the messages between two.

    Returns the messages from one to another, both ends included. Serves to fetch what a cut connection missed.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.
        from_message_id: The first message wanted. Not empty.
        to_message_id: The last message wanted. Not empty.

    Returns:
        list[MessageResponse]

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
            from_message_id=from_message_id,
            to_message_id=to_message_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    session_id: str,
    from_message_id: str,
    to_message_id: str,
) -> list[MessageResponse]:
    """List the messages between two.

    Args:
        client: Whom to ask.
        session_id: The session. Not empty.
        from_message_id: The first message wanted. Not empty.
        to_message_id: The last message wanted. Not empty.

    Returns:
        list[MessageResponse]

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
                from_message_id=from_message_id,
                to_message_id=to_message_id,
            )
        )
    ).parsed
