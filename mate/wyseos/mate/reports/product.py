"""A product's report as a page: whom it is for, in which words, against whom, and how to speak of it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from wyseos.mate.reports.pages import ReportPage
from wyseos.mate.terminal.text import plain
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.generated.models import ProductReport


def product_report(report: ProductReport) -> ProductPage:
    """Return the page of a product's report.

    Example:
        product_report(client.product.get_report(report_id)).save("product.html")
    """
    return ProductPage(report)


@records.frozen
class ProductPage(ReportPage):
    """The page of a report."""

    template = "product.html"

    report: ProductReport

    @property
    def title(self) -> str:
        """The product's name."""
        return plain(self.report.product_name or self.report.report_id)

    @property
    def keywords(self) -> list[str]:
        """Words that people use for it."""
        return [plain(str(word)) for word in self.report.keywords or ()]

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """The lists of words, each with its title; empty ones are left out."""
        report = self.report
        told = (
            ("User personas", report.user_personas),
            ("User profiles", report.user_profiles),
            ("Competitors", report.competitors),
        )
        return [(title, [plain(str(row)) for row in rows]) for title, rows in told if rows]

    @property
    def campaigns(self) -> list[tuple[str, str]]:
        """The campaigns that are recommended: name and description."""
        return [
            (plain(row.name or ""), plain(row.description or "")) for row in self.report.recommended_campaigns or ()
        ]

    @property
    def taxonomy(self) -> list[str]:
        """The industries it belongs to, from the wide to the narrow."""
        rows = self.report.taxonomy or ()
        return [" › ".join(filter(None, (_name(row.level_1), _name(row.level_2)))) for row in rows]

    @property
    def links(self) -> list[str]:
        """Where more stands."""
        return list(self.report.related_links or ())

    def to_dict(self) -> dict[str, Any]:
        """Return the report as it came."""
        return self.report.to_dict()

    def to_fragment(self) -> str:
        """Return whom the product is for, as HTML."""
        return f"<p><strong>{escape(self.title)}</strong>: {escape(plain(self.report.target_description or ''))}</p>"

    def to_markdown(self) -> str:
        """Return it as Markdown."""
        parts = [f"# {self.title}", self.report.target_description or ""]
        if self.keywords:
            parts.append("## Keywords\n\n" + ", ".join(self.keywords))
        parts += [f"## {title}\n\n" + "\n".join(f"- {row}" for row in rows) for title, rows in self.lists]
        if self.campaigns:
            parts.append("## Campaigns\n\n" + "\n".join(f"- **{name}**: {text}" for name, text in self.campaigns))
        if self.taxonomy:
            parts.append("## Industries\n\n" + "\n".join(f"- {row}" for row in self.taxonomy))
        if self.links:
            parts.append("## Links\n\n" + "\n".join(f"- <{row}>" for row in self.links))
        return "\n\n".join(part for part in parts if part) + "\n"


def _name(level: Any) -> str:
    name = None if level is None else level.name
    return plain((name.en or name.zh or "") if name is not None else "")
