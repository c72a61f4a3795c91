# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get a team.

Returns a team with its agents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import segment

from ...models.team_info import TeamInfo

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("get_team", "team", "GET", "/team/info/{team_id}")


def call(
    team_id: str,
) -> Call[TeamInfo]:
    """Get a team.

    Returns a team with its agents.

    Args:
        team_id: The team. Not empty.

    Returns:
        The call, checked and not yet sent; whoever sends it gets TeamInfo.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/team/info/" + segment("team_id", team_id),
        _PARSE,
    )


_PARSE = whole(model(TeamInfo), "an object")


def sync(
    *,
    client: Client,
    team_id: str,
) -> TeamInfo:
    """Get a team.

    Returns a team with its agents.

    Args:
        client: Whom to ask.
        team_id: The team. Not empty.

    Returns:
        TeamInfo

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
            team_id=team_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    team_id: str,
) -> TeamInfo:
    """Get a team.

    Args:
        client: Whom to ask.
        team_id: The team. Not empty.

    Returns:
        TeamInfo

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
                team_id=team_id,
            )
        )
    ).parsed
