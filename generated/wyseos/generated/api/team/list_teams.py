# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List teams.

Returns a page of the teams that the user may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.team_page import TeamPage

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_teams", "team", "GET", "/team/lists")


def call(
    *,
    team_type: str | None = None,
    page_num: int = 1,
    page_size: int = 10,
) -> Call[TeamPage]:
    """List teams.

    Args:
        team_type: Only teams of this type. Known: `all`, `system`, `user`; the service may name more.
        page_num: The page wanted, counted from 1.
        page_size: How many rows a page has.

    Returns:
        The call, checked and not yet sent; whoever sends it gets TeamPage.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, team_type, page_num, page_size)
    return Call(
        OPERATION,
        "/team/lists",
        _PARSE,
        query=query({"team_type": team_type, "page_num": page_num, "page_size": page_size}),
    )


_PARSE = whole(model(TeamPage), "an object")
_RULES = (
    Rule("team_type", (str,), "a string"),
    Rule("page_num", (int,), "a whole number", minimum=1),
    Rule("page_size", (int,), "a whole number", minimum=1, maximum=100),
)


def sync(
    *,
    client: Client,
    team_type: str | None = None,
    page_num: int = 1,
    page_size: int = 10,
) -> TeamPage:
    """List teams. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            team_type=team_type,
            page_num=page_num,
            page_size=page_size,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    team_type: str | None = None,
    page_num: int = 1,
    page_size: int = 10,
) -> TeamPage:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                team_type=team_type,
                page_num=page_num,
                page_size=page_size,
            )
        )
    ).parsed
