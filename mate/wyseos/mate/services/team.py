"""`client.team`: Teams of agents."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from wyseos.generated import models
from wyseos.generated.api import team as operations
from wyseos.mate.pages import ListOptions, Pages, PaginatedResponse, asked_for, page_of, walk, walk_async
from wyseos.mate.rest.caller import AsyncCaller, Caller
from wyseos.mate.services import documented_as

__all__ = ["AsyncTeamService", "TeamService"]


def _all(team_type: str, limit: int | None, page_size: int) -> Pages[models.TeamInfo]:
    return Pages(
        lambda num, size: operations.list_teams.call(team_type=team_type or None, page_num=num, page_size=size),
        rows=lambda page: page.data,
        key=lambda team: team.team_id,
        limit=limit,
        page_size=page_size,
    )


class TeamService:
    """Teams of agents."""

    def __init__(self, client: Caller) -> None:
        self._client = client

    def get_list(
        self,
        team_type: str = "",
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
    ) -> PaginatedResponse[models.TeamInfo]:
        """Return one page of teams.

        Args:
            team_type: `all`, `system`, `user`, or what else the service names; empty for all.
            options: which page, also as a dict; the first one of 20 if None.
            page_num: the page, counted from 1; instead of `options`.
            page_size: how many rows a page has, 1 to 100; instead of `options`.

        Raises:
            WyseError: see `wyseos.mate.errors`.
        """
        asked = asked_for(options, page_num, page_size)
        call = operations.list_teams.call(
            team_type=team_type or None, page_num=asked.page_num, page_size=asked.page_size
        )
        return page_of(self._client.execute(call), asked)

    def iter_list(
        self, team_type: str = "", *, limit: int | None = None, page_size: int = 20
    ) -> Iterator[models.TeamInfo]:
        """Give all teams, each once, fetching pages as they are consumed.

        Args:
            team_type: as of `get_list`.
            limit: the most to give; None for all.
            page_size: how many to fetch at a time, 1 to 100.

        Example:
            `for team in client.team.iter_list(): print(team.name)`
        """
        return walk(self._client.execute, _all(team_type, limit, page_size))

    def get_info(self, team_id: str) -> models.TeamInfo:
        """Return one team.

        Args:
            team_id: its id.

        Raises:
            ValidationError: the id cannot be one.
            NotFoundError: there is none with this id.
        """
        return self._client.execute(operations.get_team.call(team_id))


@documented_as(TeamService)
class AsyncTeamService:
    def __init__(self, client: AsyncCaller) -> None:
        self._client = client

    async def get_list(
        self,
        team_type: str = "",
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
    ) -> PaginatedResponse[models.TeamInfo]:
        asked = asked_for(options, page_num, page_size)
        call = operations.list_teams.call(
            team_type=team_type or None, page_num=asked.page_num, page_size=asked.page_size
        )
        return page_of(await self._client.execute(call), asked)

    def iter_list(
        self, team_type: str = "", *, limit: int | None = None, page_size: int = 20
    ) -> AsyncIterator[models.TeamInfo]:
        return walk_async(self._client.execute, _all(team_type, limit, page_size))

    async def get_info(self, team_id: str) -> models.TeamInfo:
        return await self._client.execute(operations.get_team.call(team_id))
