"""The same services, awaited: many calls at once over one client."""

import asyncio

from wyseos.mate import AsyncClient


async def main() -> None:
    async with AsyncClient() as client:
        teams = [team async for team in client.team.iter_list()]
        details = await asyncio.gather(*(client.team.get_info(team.team_id) for team in teams))
        for team in details:
            print(f"{team.name}: {team.description}")


asyncio.run(main())
