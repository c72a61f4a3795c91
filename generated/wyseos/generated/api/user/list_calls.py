# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""List calls and what they cost.

Returns a page of the user's past calls with their use of browsers, captchas and proxies, and their cost in credits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each, query

from ...models.call_order import CallOrder
from ...models.call_order_field import CallOrderField
from ...models.call_page import CallPage
from ...models.call_status import CallStatus

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("list_calls", "user", "GET", "/user/call/lists")


def call(
    *,
    page_num: int | None = None,
    page_size: int | None = None,
    platform: str | None = None,
    api_key_name: str | None = None,
    start_date: date | None = None,
    end_date: date | None = None,
    order_field: CallOrderField | None = None,
    order: CallOrder | None = None,
    status: CallStatus | None = None,
) -> Call[CallPage]:
    """List calls and what they cost.

    Returns a page of the user's past calls with their use of browsers, captchas and proxies, and their cost in
    credits.

    Args:
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 20.
        platform: Only calls from this platform, one of the filter values' `platforms`.
        api_key_name: Only calls made with the key of this name.
        start_date: The first day wanted.
        end_date: The last day wanted.
        order_field: What the calls are ordered by.
        order: The direction of the order.
        status: Only calls that ended so, one of the filter values' `states`.

    Returns:
        The call, checked and not yet sent; whoever sends it gets CallPage.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, page_num, page_size, platform, api_key_name, start_date, end_date, order_field, order, status)
    return Call(
        OPERATION,
        "/user/call/lists",
        _PARSE,
        query=query(
            {
                "page_num": page_num,
                "page_size": page_size,
                "platform": platform,
                "api_key_name": api_key_name,
                "start_date": start_date,
                "end_date": end_date,
                "order_field": order_field,
                "order": order,
                "status": status,
            }
        ),
    )


_PARSE = whole(model(CallPage), "an object")
_RULES = (
    Rule("page_num", (int,), "a whole number", minimum=1),
    Rule("page_size", (int,), "a whole number", minimum=1, maximum=100),
    Rule("platform", (str,), "a string"),
    Rule("api_key_name", (str,), "a string"),
    Rule("start_date", (date,), "a date"),
    Rule("end_date", (date,), "a date"),
    Rule("order_field", (str,), "a string", values=("created_at", "total_cost")),
    Rule("order", (str,), "a string", values=("asc", "desc")),
    Rule("status", (str,), "a string", values=("fail", "success")),
)


def sync(
    *,
    client: Client,
    page_num: int | None = None,
    page_size: int | None = None,
    platform: str | None = None,
    api_key_name: str | None = None,
    start_date: date | None = None,
    end_date: date | None = None,
    order_field: CallOrderField | None = None,
    order: CallOrder | None = None,
    status: CallStatus | None = None,
) -> CallPage:
    """List calls and what they cost.

    Returns a page of the user's past calls with their use of browsers, captchas and proxies, and their cost in
    credits.

    Args:
        client: Whom to ask.
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 20.
        platform: Only calls from this platform, one of the filter values' `platforms`.
        api_key_name: Only calls made with the key of this name.
        start_date: The first day wanted.
        end_date: The last day wanted.
        order_field: What the calls are ordered by.
        order: The direction of the order.
        status: Only calls that ended so, one of the filter values' `states`.

    Returns:
        CallPage

    Raises:
        ValidationError: if an argument can't be sent.
        UnexpectedAnswer: if the service answers with an error.
            400: A parameter is missing or invalid (4000), or there are not enough credits (4600).
            401: The API key or the JWT is missing, wrong or expired.
            403: The user may not do this.
            404: There is no such thing (4203).
            429: The service is at capacity (4200), the rate limit is reached (4201), or too many tasks run
                (4202). Try again later.
            500: The service failed (5000). Try again later.
        DecodeError: if the answer can't be read.
        NoAnswer: if none comes.
    """
    return client.send(
        call(
            page_num=page_num,
            page_size=page_size,
            platform=platform,
            api_key_name=api_key_name,
            start_date=start_date,
            end_date=end_date,
            order_field=order_field,
            order=order,
            status=status,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    page_num: int | None = None,
    page_size: int | None = None,
    platform: str | None = None,
    api_key_name: str | None = None,
    start_date: date | None = None,
    end_date: date | None = None,
    order_field: CallOrderField | None = None,
    order: CallOrder | None = None,
    status: CallStatus | None = None,
) -> CallPage:
    """List calls and what they cost.

    Args:
        client: Whom to ask.
        page_num: The page wanted, counted from 1. At least 1. Without it, the service takes 1.
        page_size: How many rows a page has. From 1 to 100. Without it, the service takes 20.
        platform: Only calls from this platform, one of the filter values' `platforms`.
        api_key_name: Only calls made with the key of this name.
        start_date: The first day wanted.
        end_date: The last day wanted.
        order_field: What the calls are ordered by.
        order: The direction of the order.
        status: Only calls that ended so, one of the filter values' `states`.

    Returns:
        CallPage

    Raises:
        ValidationError: if an argument can't be sent.
        UnexpectedAnswer: if the service answers with an error.
            400: A parameter is missing or invalid (4000), or there are not enough credits (4600).
            401: The API key or the JWT is missing, wrong or expired.
            403: The user may not do this.
            404: There is no such thing (4203).
            429: The service is at capacity (4200), the rate limit is reached (4201), or too many tasks run
                (4202). Try again later.
            500: The service failed (5000). Try again later.
        DecodeError: if the answer can't be read.
        NoAnswer: if none comes.
    """
    return (
        await client.asend(
            call(
                page_num=page_num,
                page_size=page_size,
                platform=platform,
                api_key_name=api_key_name,
                start_date=start_date,
                end_date=end_date,
                order_field=order_field,
                order=order,
                status=status,
            )
        )
    ).parsed
