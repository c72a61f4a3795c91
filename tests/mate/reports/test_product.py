"""A product's report as a page."""

from __future__ import annotations

import json
from pathlib import Path

from tests.mate.reports.sessions import HOSTILE
from wyseos.generated.models import ProductReport
from wyseos.mate.reports import product_report


def test_a_product_report_is_a_page(tmp_path: Path) -> None:
    source = {
        "report_id": "r1",
        "product_name": "Lantern <1>",
        "target_description": "For campers",
        "keywords": ["light", HOSTILE],
        "recommended_campaigns": [{"name": "Show it", "description": "At night"}],
        "related_links": ["https://example.com/x", "javascript:alert(1)"],
        "taxonomy": [{"level_1": {"id": 1, "name": {"en": "Retail"}}, "level_2": {"id": 2, "name": {"zh": "灯"}}}],
    }
    page = product_report(ProductReport.from_dict(source))
    html = page.to_html()
    for words in ("Lantern &lt;1&gt;", "For campers", "Show it", "Retail › 灯", 'href="https://example.com/x"'):
        assert words in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "## Industries\n\n- Retail › 灯" in page.to_markdown()
    assert json.loads(page.to_json()) == source
    assert "Lantern &lt;1&gt;" in page.to_fragment()
    assert "<h1>" in product_report(ProductReport.from_dict({"report_id": "r2"})).to_html()
