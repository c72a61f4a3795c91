"""`client.session`: sessions, their messages and what they made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from wyseos.generated import models
from wyseos.generated.api import session as operations
from wyseos.mate.models import GetMessagesResponse, MessageFilter
from wyseos.mate.pages import ListOptions, Pages, walk, walk_async
from wyseos.mate.rest.caller import AsyncCaller, Caller
from wyseos.mate.services import demand, documented_as
from wyseos.runtime.call import Call
from wyseos.runtime.model import made_of

__all__ = ["AsyncSessionService", "SessionService"]


def _page(
    session_id: str, num: int, size: int, filter: MessageFilter | None, order: models.SortOrder | None
) -> Call[models.MessagePage]:
    wanted = filter or MessageFilter()
    return operations.list_messages.call(
        session_id=session_id,
        page_num=num,
        page_size=size,
        sort_order=order,
        role=wanted.role,
        content=wanted.content,
        from_timestamp=wanted.from_timestamp,
        to_timestamp=wanted.to_timestamp,
    )


def _all(
    session_id: str, filter: MessageFilter | None, order: models.SortOrder | None, limit: int | None, page_size: int
) -> Pages[models.MessageResponse]:
    return Pages(
        lambda num, size: _page(session_id, num, size, filter, order),
        rows=lambda page: page.data,
        key=lambda message: message.message_id,
        limit=limit,
        page_size=page_size,
    )


def _by_kind(data: models.MarketingData) -> dict[str, Any]:
    found = data.to_dict()
    return found | {kind: found.get(kind) or [] for kind in ("reply", "like", "retweet", "tweet")}


class SessionService:
    """Sessions: each is one conversation with a team about a task."""

    def __init__(self, client: Caller) -> None:
        self._client = client

    def create(self, request: models.CreateSessionRequest | dict[str, Any]) -> models.CreateSessionResponse:
        """Create a session for a task; the task begins when it is started over the session's live connection.

        Args:
            request: what is to be done, and how; also as a dict.

        Returns:
            The answer; `session_id` names the session.

        Raises:
            APIError: the service refused, or its answer names no session.
            NetworkError: no answer came; `may_have_been_taken` tells whether a session may exist all the same.

        Example:
            `client.session.create(CreateSessionRequest(task="…")).session_id`
        """
        return demand(
            self._client.execute(operations.create_session.call(request)),
            "session_id",
            operations.create_session.OPERATION,
        )

    def get_info(self, session_id: str) -> models.SessionInfo:
        """Return one session.

        Args:
            session_id: its id.

        Raises:
            ValidationError: the id cannot be one.
            NotFoundError: there is none with this id.
        """
        return self._client.execute(operations.get_session.call(session_id))

    def list_current(self, platform: models.Platform | None = None) -> list[models.SessionInfo]:
        """Return the sessions in progress.

        Args:
            platform: only those from `web`, `api` or `extension`.
        """
        return self._client.execute(operations.list_current_sessions.call(platform=platform))

    def get_messages(
        self,
        session_id: str,
        page_num: int = 1,
        page_size: int = 20,
        filter: MessageFilter | None = None,
        *,
        sort_order: models.SortOrder | None = None,
    ) -> GetMessagesResponse:
        """Return one page of a session's messages.

        Args:
            session_id: the session.
            page_num: the page, counted from 1.
            page_size: how many messages a page has, 1 to 100.
            filter: only messages that fit it.
            sort_order: `ASC` or `DESC` by time; the service's own order if None.

        Raises:
            ValidationError: an argument is out of its range.
            NotFoundError: there is no such session.
        """
        asked = ListOptions(page_num, page_size)
        page = self._client.execute(_page(session_id, page_num, page_size, filter, sort_order))
        return GetMessagesResponse.from_page(page, asked)

    def iter_messages(
        self,
        session_id: str,
        filter: MessageFilter | None = None,
        *,
        sort_order: models.SortOrder | None = "ASC",
        limit: int | None = None,
        page_size: int = 20,
    ) -> Iterator[models.MessageResponse]:
        """Give all messages of a session, each once, fetching pages as they are consumed.

        Args:
            session_id: the session.
            filter: only messages that fit it.
            sort_order: `ASC`, the oldest first, or `DESC`.
            limit: the most to give; None for all.
            page_size: how many to fetch at a time, 1 to 100.
        """
        return walk(self._client.execute, _all(session_id, filter, sort_order, limit, page_size))

    def get_between_messages(self, session_id: str, from_message_id: str, to_message_id: str) -> GetMessagesResponse:
        """Return the messages between two, both included.

        Args:
            session_id: the session.
            from_message_id: the first message.
            to_message_id: the last message.
        """
        messages = self._client.execute(
            operations.list_messages_between.call(
                session_id=session_id, from_message_id=from_message_id, to_message_id=to_message_id
            )
        )
        return GetMessagesResponse(messages, len(messages))

    def get_marketing_data(self, session_id: str, type: models.MarketingDataType | None = None) -> dict[str, Any]:
        """Return the tweets that a marketing session made.

        Args:
            session_id: the session.
            type: `reply`, `like`, `retweet` or `tweet` for one kind; None for all.

        Returns:
            A list for each kind, under its name; with a type, the other lists are empty.

        Raises:
            ValidationError: there is no such type.
        """
        return _by_kind(self._client.execute(operations.get_marketing_data.call(session_id, type=type)))

    def update_session_name(self, request: models.UpdateSessionNameRequest | dict[str, Any]) -> None:
        """Rename a session.

        Args:
            request: its id, and the new title; also as a dict.

        Raises:
            NotFoundError: there is no such session.
        """
        wanted = made_of(models.UpdateSessionNameRequest, request)
        self._client.execute(operations.update_session_name.call(wanted.session_id, wanted))


@documented_as(SessionService)
class AsyncSessionService:
    def __init__(self, client: AsyncCaller) -> None:
        self._client = client

    async def create(self, request: models.CreateSessionRequest | dict[str, Any]) -> models.CreateSessionResponse:
        return demand(
            await self._client.execute(operations.create_session.call(request)),
            "session_id",
            operations.create_session.OPERATION,
        )

    async def get_info(self, session_id: str) -> models.SessionInfo:
        return await self._client.execute(operations.get_session.call(session_id))

    async def list_current(self, platform: models.Platform | None = None) -> list[models.SessionInfo]:
        return await self._client.execute(operations.list_current_sessions.call(platform=platform))

    async def get_messages(
        self,
        session_id: str,
        page_num: int = 1,
        page_size: int = 20,
        filter: MessageFilter | None = None,
        *,
        sort_order: models.SortOrder | None = None,
    ) -> GetMessagesResponse:
        asked = ListOptions(page_num, page_size)
        page = await self._client.execute(_page(session_id, page_num, page_size, filter, sort_order))
        return GetMessagesResponse.from_page(page, asked)

    def iter_messages(
        self,
        session_id: str,
        filter: MessageFilter | None = None,
        *,
        sort_order: models.SortOrder | None = "ASC",
        limit: int | None = None,
        page_size: int = 20,
    ) -> AsyncIterator[models.MessageResponse]:
        return walk_async(self._client.execute, _all(session_id, filter, sort_order, limit, page_size))

    async def get_between_messages(
        self, session_id: str, from_message_id: str, to_message_id: str
    ) -> GetMessagesResponse:
        messages = await self._client.execute(
            operations.list_messages_between.call(
                session_id=session_id, from_message_id=from_message_id, to_message_id=to_message_id
            )
        )
        return GetMessagesResponse(messages, len(messages))

    async def get_marketing_data(self, session_id: str, type: models.MarketingDataType | None = None) -> dict[str, Any]:
        return _by_kind(await self._client.execute(operations.get_marketing_data.call(session_id, type=type)))

    async def update_session_name(self, request: models.UpdateSessionNameRequest | dict[str, Any]) -> None:
        wanted = made_of(models.UpdateSessionNameRequest, request)
        await self._client.execute(operations.update_session_name.call(wanted.session_id, wanted))
