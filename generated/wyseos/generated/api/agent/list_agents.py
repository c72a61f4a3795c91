# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List agents.

Returns a page of the agents that the user may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.agent_page import AgentPage

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_agents", "agent", "GET", "/agent/lists")


def call(
    *,
    agent_type: str | None = None,
    page_num: int = 1,
    page_size: int = 10,
) -> Call[AgentPage]:
    """List agents.

    Args:
        agent_type: Only agents of this type. Known: `all`, `system`, `user`; the service may name more.
        page_num: The page wanted, counted from 1.
        page_size: How many rows a page has.

    Returns:
        The call, checked and not yet sent; whoever sends it gets AgentPage.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, agent_type, page_num, page_size)
    return Call(
        OPERATION,
        "/agent/lists",
        _PARSE,
        query=query({"agent_type": agent_type, "page_num": page_num, "page_size": page_size}),
    )


_PARSE = whole(model(AgentPage), "an object")
_RULES = (
    Rule("agent_type", (str,), "a string"),
    Rule("page_num", (int,), "a whole number", minimum=1),
    Rule("page_size", (int,), "a whole number", minimum=1, maximum=100),
)


def sync(
    *,
    client: Client,
    agent_type: str | None = None,
    page_num: int = 1,
    page_size: int = 10,
) -> AgentPage:
    """List agents. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            agent_type=agent_type,
            page_num=page_num,
            page_size=page_size,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    agent_type: str | None = None,
    page_num: int = 1,
    page_size: int = 10,
) -> AgentPage:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                agent_type=agent_type,
                page_num=page_num,
                page_size=page_size,
            )
        )
    ).parsed
