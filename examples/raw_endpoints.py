"""Below the SDK: generated endpoints with the generated client, and a raw event, with no line of `wyseos.mate`.

Set WYSEOS_BASE_URL and WYSEOS_API_KEY; `python -m wyseos.mate.emulator` prints both for a service on this machine.
"""

from __future__ import annotations

import asyncio
import os

from wyseos.generated.api.session import create_session, get_session
from wyseos.generated.api.team import list_teams
from wyseos.generated.client import Client
from wyseos.generated.events import decode_event
from wyseos.generated.models import CreateSessionRequest, PlanEvent

FRAME = '{"type": "plan", "message": {"type": "create_plan", "data": [{"id": "1", "title": "Read the brief"}]}}'


def new_client() -> Client:
    """A client of the service that the environment names; it serves both sync and async."""
    return Client(os.environ["WYSEOS_BASE_URL"], api_key=os.environ["WYSEOS_API_KEY"])


def in_sync() -> str:
    """Call endpoints one after another."""
    with new_client() as client:
        teams = list_teams.sync(client=client, page_size=2)
        print("teams:", ", ".join(team.name or "?" for team in teams.data))
        session = create_session.sync(client=client, body=CreateSessionRequest(task="Draft a launch plan"))
        print("created a session")
        return session.session_id


async def in_async(session_id: str) -> None:
    """Call two endpoints at once, with the same client class."""
    async with new_client() as client:
        session, answer = await asyncio.gather(
            get_session.asyncio(client=client, session_id=session_id),
            client.asend(list_teams.call(page_size=1)),  # the whole answer, where its data alone is not enough
        )
    print("session is", session.status)
    print("teams answered with HTTP", answer.status_code)


def main() -> None:
    """Run all three."""
    asyncio.run(in_async(in_sync()))
    event = decode_event(FRAME)
    if isinstance(event, PlanEvent):
        print("plan:", [step.title for step in event.message.data or []])


if __name__ == "__main__":
    main()
