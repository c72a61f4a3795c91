# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Correct a product report.

Changes the given fields of a product report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import (
    model,
    whole,
)
from wyseos.runtime.validation import Rule, check_each, segment

from ...models.update_report_request import UpdateReportRequest
from ...models.update_report_response import UpdateReportResponse

if TYPE_CHECKING:
    from wyseos.runtime.client import Client

OPERATION = Operation("update_report", "marketing", "POST", "/dashboard/report/update/{report_id}")


def call(
    report_id: str,
    body: UpdateReportRequest,
) -> Call[UpdateReportResponse]:
    """Correct a product report.

    Args:
        report_id: The report.
        body: The fields of a product report that can be corrected. Those left out stay as they are.

    Returns:
        The call, checked and not yet sent; whoever sends it gets UpdateReportResponse.

    Raises:
        ValidationError: if an argument can't be sent.
    """
    check_each(_RULES, body)
    return Call(
        OPERATION,
        f"/dashboard/report/update/{segment('report_id', report_id)}",
        _PARSE,
        json=body.to_dict(),
    )


_PARSE = whole(model(UpdateReportResponse), "an object")
_RULES = (Rule("body", (UpdateReportRequest,), "an UpdateReportRequest", required=True),)


def sync(
    *,
    client: Client,
    report_id: str,
    body: UpdateReportRequest,
) -> UpdateReportResponse:
    """Correct a product report. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
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
    body: UpdateReportRequest,
) -> UpdateReportResponse:
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                report_id=report_id,
                body=body,
            )
        )
    ).parsed
