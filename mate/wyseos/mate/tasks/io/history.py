"""Asks the service by REST what happened in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.generated.api.session import get_marketing_data, get_session, list_messages
from wyseos.generated.events import event_from_dict
from wyseos.mate.tasks.protocol.actions import ReadHistory, ReadSession, ReadStream, Request
from wyseos.mate.tasks.protocol.catchup import HistoryPage, PageRequest
from wyseos.runtime import records
from wyseos.runtime.reading import embedded, freeform, integer, listing, whole

if TYPE_CHECKING:
    from wyseos.generated.models import MarketingData, SessionInfo
    from wyseos.mate.rest.caller import AsyncCaller


class History:
    """One session, seen by REST: each request of the protocol, answered once. When to ask again is the protocol's.

    Args:
        rest: the client.
        session_id: the session.
    """

    def __init__(self, rest: AsyncCaller, session_id: str) -> None:
        self._rest = rest
        self._once = rest.untried
        self._session_id = session_id

    async def answer(self, request: Request) -> SessionInfo | HistoryPage | MarketingData:
        """Make a request.

        Raises:
            WyseError: it failed.
        """
        if isinstance(request, ReadSession):
            return await self._once.execute(get_session.call(session_id=self._session_id))
        if isinstance(request, ReadStream):
            # Of one kind, or of all where the stream has more than one.
            kind = request.kinds[0] if len(request.kinds) == 1 else None
            return await self._rest.execute(get_marketing_data.call(session_id=self._session_id, type=kind))
        return await self._page(request.page if isinstance(request, ReadHistory) else PageRequest(1, 1))

    async def _page(self, page: PageRequest) -> HistoryPage:
        call = list_messages.call(
            session_id=self._session_id, page_num=page.page_num, page_size=page.page_size, sort_order="DESC"
        )
        # Each row is read once, as an event, and not as a message before.
        answer = await self._once.execute(records.evolve(call, parse=_PAGE))
        sources = _ROWS(answer.get("data")) or []
        events = [event_from_dict(source) for source in sources]
        return HistoryPage(events, sum(map(_size_of, sources)), integer(answer.get("total")))


_PAGE = whole(embedded, "an object")
_ROWS = listing(freeform)


def _size_of(value: Any) -> int:
    """About the bytes of a decoded answer: its texts are what makes it large."""
    kind = type(value)
    if kind is str:
        return len(value)
    parts = value.values() if kind is dict else value if kind is list else ()
    return sum([len(part) if type(part) is str else _size_of(part) for part in parts]) if parts else 8
