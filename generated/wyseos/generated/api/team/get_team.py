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

    Args:
        team_id: The team.

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
    """Get a team. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
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
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                team_id=team_id,
            )
        )
    ).parsed
