"""`client.product`: products and their analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wyseos.generated import models
from wyseos.generated.api import marketing
from wyseos.generated.api import product as operations
from wyseos.mate.rest.caller import AsyncCaller, Caller
from wyseos.mate.rest.polling import Polling, create_and_wait, wait_for_report
from wyseos.mate.services import as_id, demand, documented_as

__all__ = ["AsyncProductService", "ProductService"]


class ProductService:
    """Products, their analysis and the reports on them."""

    def __init__(self, client: Caller) -> None:
        self._client = client

    def create(self, req: models.CreateProductRequest | dict[str, Any]) -> models.CreateProductResponse:
        """Have a product analysed; `create_and_wait` also waits for the report.

        Args:
            req: the product's name or URL, and files that tell of it; also as a dict.

        Raises:
            APIError: the service refused, or its answer names no product.
            NetworkError: no answer came; `may_have_been_taken` tells whether the product may exist all the same.
        """
        return demand(
            self._client.execute(operations.create_product.call(req)), "product_id", operations.create_product.OPERATION
        )

    def get_info(self, product_id: str | int) -> models.ProductInfo:
        """Return a product and how far its analysis is.

        Args:
            product_id: the product.
        """
        return self._client.execute(operations.get_product.call(as_id(product_id)))

    def get_report(self, report_id: str | int) -> models.ProductReport:
        """Return the report on a product.

        Args:
            report_id: the report, `ProductInfo.analysis_result.report_id`.
        """
        return self._client.execute(marketing.get_report.call(as_id(report_id)))

    def get_categories(self) -> list[models.Industry]:
        """Return all categories of products, each with its subcategories."""
        return self._client.execute(operations.list_categories.call())

    def create_and_wait(
        self,
        product: str,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        poll_interval: float = 20,
        max_attempts: int = 30,
        on_poll: Callable[[int, str], None] | None = None,
        *,
        deadline: float | None = None,
    ) -> models.ProductReport:
        """Have a product analysed, wait until that is done, and return the report.

        Args:
            product: the product's name or URL.
            attachments: files that tell of it, each with `file_name` and `file_url`.
            poll_interval: seconds between two polls; the service asks for 20. Up to a tenth is added by chance.
            max_attempts: how often to poll.
            on_poll: called after each poll with its number, counted from 1, and the status.
            deadline: seconds to wait in all; None for as long as `max_attempts` allows.

        Raises:
            AnalysisFailedError: the analysis ended without a report; `product_id` tells which product.
            AnalysisTimeoutError: it is not done in time; `wait_for_report(product_id)` goes on waiting.

        Example:
            `client.product.create_and_wait("https://example.com", on_poll=print).keywords`
        """
        polling = Polling(poll_interval, max_attempts, on_poll, deadline)
        return self._client.drive(create_and_wait(self._client.exchange, product, attachments or (), polling))

    def wait_for_report(
        self,
        product_id: str | int,
        poll_interval: float = 20,
        max_attempts: int = 30,
        on_poll: Callable[[int, str], None] | None = None,
        *,
        deadline: float | None = None,
    ) -> models.ProductReport:
        """Wait until a product is analysed, and return the report.

        Args:
            product_id: the product.
            poll_interval: as of `create_and_wait`, like all that follow.
            max_attempts: how often to poll.
            on_poll: called after each poll.
            deadline: seconds to wait in all.

        Raises:
            AnalysisFailedError: the analysis ended without a report.
            AnalysisTimeoutError: it is not done in time.
        """
        polling = Polling(poll_interval, max_attempts, on_poll, deadline)
        return self._client.drive(wait_for_report(self._client.exchange, as_id(product_id), polling))


@documented_as(ProductService)
class AsyncProductService:
    def __init__(self, client: AsyncCaller) -> None:
        self._client = client

    async def create(self, req: models.CreateProductRequest | dict[str, Any]) -> models.CreateProductResponse:
        return demand(
            await self._client.execute(operations.create_product.call(req)),
            "product_id",
            operations.create_product.OPERATION,
        )

    async def get_info(self, product_id: str | int) -> models.ProductInfo:
        return await self._client.execute(operations.get_product.call(as_id(product_id)))

    async def get_report(self, report_id: str | int) -> models.ProductReport:
        return await self._client.execute(marketing.get_report.call(as_id(report_id)))

    async def get_categories(self) -> list[models.Industry]:
        return await self._client.execute(operations.list_categories.call())

    async def create_and_wait(
        self,
        product: str,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        poll_interval: float = 20,
        max_attempts: int = 30,
        on_poll: Callable[[int, str], None] | None = None,
        *,
        deadline: float | None = None,
    ) -> models.ProductReport:
        polling = Polling(poll_interval, max_attempts, on_poll, deadline)
        return await self._client.drive(create_and_wait(self._client.exchange, product, attachments or (), polling))

    async def wait_for_report(
        self,
        product_id: str | int,
        poll_interval: float = 20,
        max_attempts: int = 30,
        on_poll: Callable[[int, str], None] | None = None,
        *,
        deadline: float | None = None,
    ) -> models.ProductReport:
        polling = Polling(poll_interval, max_attempts, on_poll, deadline)
        return await self._client.drive(wait_for_report(self._client.exchange, as_id(product_id), polling))
