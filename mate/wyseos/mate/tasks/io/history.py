"""Asks the service by REST what happened in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.generated.api.session import get_marketing_data, get_session, list_messages
from wyseos.mate.tasks.protocol.catchup import Missed, PageRequest, missed_events

if TYPE_CHECKING:
    from wyseos.generated.models import MarketingData, MarketingDataType, MessagePage, SessionInfo
    from wyseos.mate.client import AsyncClient
    from wyseos.mate.tasks.protocol.delivery import Line


class History:
    """One session, seen by REST. Each method raises `WyseError` after the client's own retries.

    Args:
        rest: the client.
        session_id: the session.
    """

    def __init__(self, rest: AsyncClient, session_id: str) -> None:
        self._rest = rest
        self._session_id = session_id

    async def info(self) -> SessionInfo:
        """Returns what the service tells of the session."""
        return await self._rest._run(get_session.call(session_id=self._session_id))

    async def missed(self, line: Line) -> Missed:
        """Returns the messages that `line` has not passed on."""
        flow = missed_events(line)
        try:
            request = next(flow)
            while True:
                request = flow.send(await self._page(request))
        except StopIteration as end:
            missed: Missed = end.value
            return missed

    async def newest_id(self) -> str | None:
        """Returns the id of the newest message, None where there is none."""
        page = await self._page(PageRequest(page_num=1, page_size=1))
        return page.data[0].message_id if page.data else None

    async def marketing_data(self, kinds: tuple[MarketingDataType, ...]) -> MarketingData:
        """Returns the whole data of a stream: of one kind, or of all where it has more than one."""
        kind = kinds[0] if len(kinds) == 1 else None
        return await self._rest._run(get_marketing_data.call(session_id=self._session_id, type=kind))

    async def _page(self, request: PageRequest) -> MessagePage:
        call = list_messages.call(
            session_id=self._session_id, page_num=request.page_num, page_size=request.page_size, sort_order="DESC"
        )
        return await self._rest._run(call)
