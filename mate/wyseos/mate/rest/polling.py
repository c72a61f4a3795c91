"""Waiting for the analysis of a product: a flow, written once for both clients."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wyseos.generated import models
from wyseos.generated.api import marketing
from wyseos.generated.api import product as products
from wyseos.mate.errors import AnalysisFailedError, AnalysisTimeoutError, APIError, ValidationError, WyseError
from wyseos.mate.rest.exchange import Exchange
from wyseos.mate.rest.flow import Flow, Sleep
from wyseos.runtime import records

__all__ = ["Polling", "create_and_wait", "wait_for_report"]

# Clients that were started together should not poll together: up to this part of the interval is added.
_JITTER = 0.1


@records.frozen
class Polling:
    """How often and how long to poll.

    Args:
        interval: seconds between two polls.
        attempts: how often to poll.
        on_poll: called after each poll with its number and the status.
        deadline: seconds in all, None for no limit but `attempts`.

    Raises:
        ValidationError: a number is out of its range.
    """

    interval: float
    attempts: int
    on_poll: Callable[[int, str], None] | None
    deadline: float | None

    def __post_init__(self) -> None:
        for field, value, low in (("poll_interval", self.interval, 0), ("max_attempts", self.attempts, 1)):
            if not value >= low:
                raise ValidationError(f"{field} must be at least {low}, not {value}", field=field)
        if self.deadline is not None and not self.deadline > 0:
            raise ValidationError(f"deadline must be more than 0 seconds, not {self.deadline}", field="deadline")


def create_and_wait(
    exchange: Exchange, product: str, attachments: Sequence[Mapping[str, Any]], polling: Polling
) -> Flow[models.ProductReport]:
    """Create a product, then wait for its report."""
    # What is missing is told by the model; what an upload told besides is left out.
    told: list[dict[str, Any]] = [{name: file.get(name) for name in ("file_name", "file_url")} for file in attachments]
    request = models.CreateProductRequest(product, attachments=[models.ProductAttachment(**file) for file in told])
    created = yield from exchange.data(products.create_product.call(request))
    if not created.product_id:
        raise APIError(
            f"{products.create_product.OPERATION} succeeded, but its answer has no product_id", status_code=200
        )
    try:
        return (yield from wait_for_report(exchange, created.product_id, polling))
    except WyseError as error:
        # Whatever broke off the wait: without the id, nobody could go on with it.
        error.details = {**error.details, "product_id": created.product_id}
        raise


def wait_for_report(exchange: Exchange, product_id: str, polling: Polling) -> Flow[models.ProductReport]:
    """Poll a product until its analysis ended, then fetch the report."""
    until = None if polling.deadline is None else exchange.clock() + polling.deadline
    status = "unknown"
    for attempt in range(1, polling.attempts + 1):
        if attempt > 1:
            wait = polling.interval * (1 + _JITTER * exchange.draw())
            if until is not None and exchange.clock() + wait >= until:
                break
            yield Sleep(wait)
        info = yield from _look(exchange, product_id)
        status = (info.status if info else None) or status
        if polling.on_poll:
            polling.on_poll(attempt, status)
        if info and _is_over(product_id, info):
            return (yield from exchange.data(marketing.get_report.call(_report_id(info))))
    raise AnalysisTimeoutError(
        f"The analysis of product {product_id} is not done in time (status {status})",
        product_id=product_id,
        retryable=True,
        hint=f"client.product.wait_for_report({product_id!r}) goes on waiting.",
    )


def _look(exchange: Exchange, product_id: str) -> Flow[models.ProductInfo | None]:
    """Fetch the product; a failure that may pass costs one poll, not the whole wait."""
    try:
        info: models.ProductInfo = yield from exchange.data(products.get_product.call(product_id))
    except WyseError as error:
        if not error.retryable:
            raise
        return None
    return info


def _report_id(info: models.ProductInfo) -> str:
    return (info.analysis_result.report_id if info.analysis_result else None) or ""


def _is_over(product_id: str, info: models.ProductInfo) -> bool:
    """Whether the report can be fetched; raises where there will never be one."""
    if info.status == "completed" and _report_id(info):
        return True
    if info.status in ("completed", "failed"):
        reason = "failed" if info.status == "failed" else "ended without a report"
        raise AnalysisFailedError(f"The analysis of product {product_id} {reason}", product_id=product_id)
    return False
