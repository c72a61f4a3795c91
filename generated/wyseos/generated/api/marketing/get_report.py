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

    Args:
        report_id: The report.

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
    """Get a product report. Arguments as of `call`; `client.send(call(…))` gives the whole answer."""
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
    """As `sync`, awaitable."""
    return (
        await client.asend(
            call(
                report_id=report_id,
            )
        )
    ).parsed
