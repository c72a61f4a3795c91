"""Products, their reports, categories, and the tweets that a research found."""

from __future__ import annotations

from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.state.products import add_product, poll_product, status_of
from wyseos.mate.emulator.state.service_state import Requester, ServiceState


def create_product(state: ServiceState, requester: Requester, body: Json) -> Json:
    """Begin the analysis of a product."""
    product = add_product(state, body["product"], body.get("attachments", []))
    return _short(state, product)


def get_product(state: ServiceState, requester: Requester, product_id: str) -> Json:
    """Tell how far the analysis is; each question brings it one step on."""
    product = poll_product(state, product_id)
    told = _short(state, product) | {"description": f"What is known of {product['product_name']}.", "has_guided": False}
    return told | ({"analysis_result": {"report_id": product["report_id"]}} if product["report_id"] else {})


def _short(state: ServiceState, product: Json) -> Json:
    told = {name: product[name] for name in ("product_id", "product_name")}
    return told | {"status": status_of(state, product)}


def get_report(state: ServiceState, requester: Requester, report_id: str) -> Json:
    """Tell what an analysis found."""
    return state.find("report", report_id)


def update_report(state: ServiceState, requester: Requester, report_id: str, body: Json) -> Json:
    """Correct fields of a report; those left out stay."""
    fixed = {name: value for name, value in body.items() if name not in ("id", "report_id", "product_name")}
    state.shelves["report"].put(report_id, state.find("report", report_id) | fixed)
    return {"report_id": report_id}


def list_categories(state: ServiceState, requester: Requester) -> list[Json]:
    """List the industries and their parts."""
    return [{"category": whole, "subcategories": parts} for whole, parts in _CATEGORIES]


def list_research_tweets(state: ServiceState, requester: Requester, query_id: str) -> list[Json]:
    """List the tweets that a research found."""
    found: list[Json] = state.find("research", query_id)["tweets"]
    return found


def _category(number: int, zh: str, en: str, about: str) -> Json:
    return {"id": number, "zh": zh, "en": en, "en_desc": about, "level": 1 if number < 10 else 2}


_CATEGORIES = [
    (
        _category(1, "软件", "Software", "Programs of all kinds."),
        [
            _category(11, "开发工具", "Developer tools", "For those who write software."),
            _category(12, "效率工具", "Productivity", "For those who have much to do."),
        ],
    ),
    (
        _category(2, "零售", "Retail", "What is sold to everyone."),
        [_category(21, "服装", "Clothing", "What is worn."), _category(22, "食品", "Food", "What is eaten.")],
    ),
    (
        _category(3, "教育", "Education", "Learning and teaching."),
        [_category(31, "在线课程", "Online courses", "From home.")],
    ),
]

HANDLERS = {
    handler.__name__: handler
    for handler in (create_product, get_product, get_report, update_report, list_categories, list_research_tweets)
}
