# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get an agent.

Returns an agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import segment

from ...models.agent_info import AgentInfo

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("get_agent", "agent", "GET", "/agent/info/{agent_id}")


def call(
    agent_id: str,
) -> Call[AgentInfo]:
    """Get an agent.

    Args:
        agent_id: The agent.

    Returns:
        The call, checked and not yet sent; whoever sends it gets AgentInfo.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/agent/info/" + segment("agent_id", agent_id),
        _PARSE,
    )


_PARSE = whole(model(AgentInfo), "an object")


def sync(
    *,
    client: Client,
    agent_id: str,
) -> AgentInfo:
    """Get an agent. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
    return client.send(
        call(
            agent_id=agent_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    agent_id: str,
) -> AgentInfo:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                agent_id=agent_id,
            )
        )
    ).parsed
