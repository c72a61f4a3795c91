"""`client.marketing`: marketing reports and research."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from wyseos.generated import models
from wyseos.generated.api import marketing as operations
from wyseos.generated.api import product as products
from wyseos.mate.rest.caller import AsyncCaller, Caller
from wyseos.mate.services import as_id, documented_as

__all__ = ["AsyncMarketingService", "MarketingService", "ReportUpdate"]


class ReportUpdate(TypedDict):
    """The answer to a correction."""

    report_id: str


class MarketingService:
    """Reports on products, and the tweets that research found."""

    def __init__(self, client: Caller) -> None:
        self._client = client

    def update_report(self, report_id: str | int, data: Mapping[str, Any]) -> ReportUpdate:
        """Correct a product report; what is left out stays as it is.

        Args:
            report_id: the report.
            data: fields of a `ProductReport`, but `report_id`, `product_name` and `id`.

        Returns:
            The answer: `report_id`.

        Raises:
            NotFoundError: there is no such report.
        """
        request = models.UpdateReportRequest.from_dict(data)
        return cast(
            ReportUpdate, self._client.execute(operations.update_report.call(as_id(report_id), request)).to_dict()
        )

    def get_research_tweets(self, query_id: str | int) -> list[models.TweetInMessage]:
        """Return the tweets that a research query matched.

        Args:
            query_id: the query, as a `marketing_research_tweets` message names it.
        """
        return self._client.execute(operations.list_research_tweets.call(as_id(query_id)))

    def get_product_info(self, product_id: str | int) -> models.ProductInfo:
        """Return a product and how far its analysis is; the same as `client.product.get_info`.

        Args:
            product_id: the product.
        """
        return self._client.execute(products.get_product.call(as_id(product_id)))

    def get_report_detail(self, report_id: str | int) -> models.ProductReport:
        """Return a product report; the same as `client.product.get_report`.

        Args:
            report_id: the report.
        """
        return self._client.execute(operations.get_report.call(as_id(report_id)))


@documented_as(MarketingService)
class AsyncMarketingService:
    def __init__(self, client: AsyncCaller) -> None:
        self._client = client

    async def update_report(self, report_id: str | int, data: Mapping[str, Any]) -> ReportUpdate:
        request = models.UpdateReportRequest.from_dict(data)
        return cast(
            ReportUpdate,
            (await self._client.execute(operations.update_report.call(as_id(report_id), request))).to_dict(),
        )

    async def get_research_tweets(self, query_id: str | int) -> list[models.TweetInMessage]:
        return await self._client.execute(operations.list_research_tweets.call(as_id(query_id)))

    async def get_product_info(self, product_id: str | int) -> models.ProductInfo:
        return await self._client.execute(products.get_product.call(as_id(product_id)))

    async def get_report_detail(self, report_id: str | int) -> models.ProductReport:
        return await self._client.execute(operations.get_report.call(as_id(report_id)))
