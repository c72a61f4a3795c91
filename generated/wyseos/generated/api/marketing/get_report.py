# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Get a product report.

Returns the report that the analysis of a product ended in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import segment

from ...models.product_report import ProductReport

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("get_report", "marketing", "GET", "/dashboard/report/info/{report_id}")


def call(
    report_id: str,
) -> Call[ProductReport]:
    """Get a product report.

    Returns the report that the analysis of a product ended in.

    Args:
        report_id: The report. Not empty.

    Returns:
        The call, checked and not yet sent; whoever sends it gets ProductReport.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    return Call(
        OPERATION,
        "/dashboard/report/info/" + segment("report_id", report_id),
        _PARSE,
    )


_PARSE = whole(model(ProductReport), "an object")


def sync(
    *,
    client: Client,
    report_id: str,
) -> ProductReport:
    """Get a product report.

    Returns the report that the analysis of a product ended in.

    Args:
        client: Whom to ask.
        report_id: The report. Not empty.

    Returns:
        ProductReport

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
            report_id=report_id,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    report_id: str,
) -> ProductReport:
    """Get a product report.

    Args:
        client: Whom to ask.
        report_id: The report. Not empty.

    Returns:
        ProductReport

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
                report_id=report_id,
            )
        )
    ).parsed
