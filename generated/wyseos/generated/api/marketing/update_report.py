# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Correct a product report.

Changes the given fields of a product report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.model import made_of
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import segment

from ...models.update_report_request import UpdateReportRequest
from ...models.update_report_response import UpdateReportResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("update_report", "marketing", "POST", "/dashboard/report/update/{report_id}")


def call(
    report_id: str,
    body: UpdateReportRequest | dict[str, Any],
) -> Call[UpdateReportResponse]:
    """Correct a product report.

    Changes the given fields of a product report.

    Args:
        report_id: The report. Not empty.
        body: The fields of a product report that can be corrected. Those left out stay as they are.

    Returns:
        The call, checked and not yet sent; whoever sends it gets UpdateReportResponse.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    body = made_of(UpdateReportRequest, body)
    return Call(
        OPERATION,
        "/dashboard/report/update/" + segment("report_id", report_id),
        _PARSE,
        json=body.to_dict(),
    )


_PARSE = whole(model(UpdateReportResponse), "an object")


def sync(
    *,
    client: Client,
    report_id: str,
    body: UpdateReportRequest | dict[str, Any],
) -> UpdateReportResponse:
    """Correct a product report.

    Changes the given fields of a product report.

    Args:
        client: Whom to ask.
        report_id: The report. Not empty.
        body: The fields of a product report that can be corrected. Those left out stay as they are.

    Returns:
        UpdateReportResponse

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
            body=body,
        )
    ).parsed


async def asyncio(
    *,
    client: Client,
    report_id: str,
    body: UpdateReportRequest | dict[str, Any],
) -> UpdateReportResponse:
    """Correct a product report.

    Args:
        client: Whom to ask.
        report_id: The report. Not empty.
        body: The fields of a product report that can be corrected. Those left out stay as they are.

    Returns:
        UpdateReportResponse

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
                body=body,
            )
        )
    ).parsed
