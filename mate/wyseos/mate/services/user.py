"""`client.user`: API keys, and what was spent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any, TypedDict, Unpack

from wyseos.generated import models
from wyseos.generated.api import user as operations
from wyseos.mate.pages import ListOptions, Pages, PaginatedResponse, asked_for, page_of, walk, walk_async
from wyseos.mate.rest.caller import AsyncCaller, Caller
from wyseos.mate.services import documented_as

__all__ = ["AsyncUserService", "CallFilters", "UserService"]


class CallFilters(TypedDict, total=False):
    """Which records of the credit history are wanted, and in which order; see `UserService.list_calls`."""

    platform: str | None
    api_key_name: str | None
    start_date: date | None
    end_date: date | None
    order_field: models.CallOrderField | None
    order: models.CallOrder | None
    status: models.CallStatus | None


def _all_keys(limit: int | None, page_size: int) -> Pages[models.APIKey]:
    return Pages(
        lambda num, size: operations.list_api_keys.call(page_num=num, page_size=size),
        rows=lambda page: page.data,
        key=lambda key: key.id,
        limit=limit,
        page_size=page_size,
    )


def _all_calls(filters: CallFilters, limit: int | None, page_size: int) -> Pages[models.CallRecord]:
    return Pages(
        lambda num, size: operations.list_calls.call(page_num=num, page_size=size, **filters),
        rows=lambda page: page.data,
        # A record has no id of its own; two of one session differ by their time.
        key=lambda call: (call.session_id, call.browser_id, call.created_at) if call.session_id else None,
        limit=limit,
        page_size=page_size,
    )


class UserService:
    """API keys of the account, and what its sessions cost."""

    def __init__(self, client: Caller) -> None:
        self._client = client

    def list_api_keys(
        self,
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
    ) -> PaginatedResponse[models.APIKey]:
        """Return one page of API keys; the keys themselves are shortened by the service.

        Args:
            options: which page, also as a dict; the first one of 20 if None.
            page_num: the page, counted from 1; instead of `options`.
            page_size: how many rows a page has, 1 to 100; instead of `options`.
        """
        asked = asked_for(options, page_num, page_size)
        call = operations.list_api_keys.call(page_num=asked.page_num, page_size=asked.page_size)
        return page_of(self._client.execute(call), asked)

    def iter_api_keys(self, *, limit: int | None = None, page_size: int = 20) -> Iterator[models.APIKey]:
        """Give all API keys, each once, fetching pages as they are consumed.

        Args:
            limit: the most to give; None for all.
            page_size: how many to fetch at a time, 1 to 100.
        """
        return walk(self._client.execute, _all_keys(limit, page_size))

    def create_api_key(self, name: str) -> models.CreateAPIKeyResponse:
        """Make an API key; the answer is the only time it is shown.

        Args:
            name: what to call it.

        Raises:
            ValidationError: the name is empty.
        """
        return self._client.execute(operations.create_api_key.call(models.CreateAPIKeyRequest(name=name)))

    def delete_api_key(self, key_id: int) -> None:
        """Delete an API key; programs that use it are refused from then on.

        Args:
            key_id: its number, `APIKey.id`.

        Raises:
            NotFoundError: there is none with this number.
        """
        self._client.execute(operations.delete_api_key.call(key_id))

    def list_calls(
        self,
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
        platform: str | None = None,
        api_key_name: str | None = None,
        start_date: date | None = None,
        end_date: date | None = None,
        order_field: models.CallOrderField | None = None,
        order: models.CallOrder | None = None,
        status: models.CallStatus | None = None,
    ) -> PaginatedResponse[models.CallRecord]:
        """Return one page of the credit history: what each session used and cost.

        Args:
            options: which page, also as a dict; the first one of 20 if None.
            page_num: the page, counted from 1; instead of `options`.
            page_size: how many rows a page has, 1 to 100; instead of `options`.
            platform: only sessions from there; `get_call_filter_values` tells the values.
            api_key_name: only sessions of this key.
            start_date: the first day.
            end_date: the last day.
            order_field: `created_at` or `total_cost`.
            order: `asc` or `desc`.
            status: `success` or `fail`.

        Raises:
            ValidationError: a filter has a value that the service does not know.
        """
        asked = asked_for(options, page_num, page_size)
        call = operations.list_calls.call(
            page_num=asked.page_num,
            page_size=asked.page_size,
            platform=platform,
            api_key_name=api_key_name,
            start_date=start_date,
            end_date=end_date,
            order_field=order_field,
            order=order,
            status=status,
        )
        return page_of(self._client.execute(call), asked)

    def iter_calls(
        self, *, limit: int | None = None, page_size: int = 20, **filters: Unpack[CallFilters]
    ) -> Iterator[models.CallRecord]:
        """Give the whole credit history, each record once, fetching pages as they are consumed.

        Args:
            limit: the most to give; None for all.
            page_size: how many to fetch at a time, 1 to 100.
            filters: as of `list_calls`, by name.
        """
        return walk(self._client.execute, _all_calls(filters, limit, page_size))

    def get_call_filter_values(self) -> models.CallFilterValues:
        """Return the values that the filters of `list_calls` can have."""
        return self._client.execute(operations.get_call_filter_values.call())


@documented_as(UserService)
class AsyncUserService:
    def __init__(self, client: AsyncCaller) -> None:
        self._client = client

    async def list_api_keys(
        self,
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
    ) -> PaginatedResponse[models.APIKey]:
        asked = asked_for(options, page_num, page_size)
        call = operations.list_api_keys.call(page_num=asked.page_num, page_size=asked.page_size)
        return page_of(await self._client.execute(call), asked)

    def iter_api_keys(self, *, limit: int | None = None, page_size: int = 20) -> AsyncIterator[models.APIKey]:
        return walk_async(self._client.execute, _all_keys(limit, page_size))

    async def create_api_key(self, name: str) -> models.CreateAPIKeyResponse:
        return await self._client.execute(operations.create_api_key.call(models.CreateAPIKeyRequest(name=name)))

    async def delete_api_key(self, key_id: int) -> None:
        await self._client.execute(operations.delete_api_key.call(key_id))

    async def list_calls(
        self,
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
        platform: str | None = None,
        api_key_name: str | None = None,
        start_date: date | None = None,
        end_date: date | None = None,
        order_field: models.CallOrderField | None = None,
        order: models.CallOrder | None = None,
        status: models.CallStatus | None = None,
    ) -> PaginatedResponse[models.CallRecord]:
        asked = asked_for(options, page_num, page_size)
        call = operations.list_calls.call(
            page_num=asked.page_num,
            page_size=asked.page_size,
            platform=platform,
            api_key_name=api_key_name,
            start_date=start_date,
            end_date=end_date,
            order_field=order_field,
            order=order,
            status=status,
        )
        return page_of(await self._client.execute(call), asked)

    def iter_calls(
        self, *, limit: int | None = None, page_size: int = 20, **filters: Unpack[CallFilters]
    ) -> AsyncIterator[models.CallRecord]:
        return walk_async(self._client.execute, _all_calls(filters, limit, page_size))

    async def get_call_filter_values(self) -> models.CallFilterValues:
        return await self._client.execute(operations.get_call_filter_values.call())
