"""Products and their analysis: pending, processing, completed with a report, or failed."""

from __future__ import annotations

from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.state.service_state import ServiceState

# A product whose name holds one of these words shows how an analysis goes wrong.
FAILING_WORD = "unanalysable"
REPORTLESS_WORD = "reportless"


def add_product(state: ServiceState, name: str, attachments: list[Json], product_id: str | None = None) -> Json:
    """Make a product whose analysis has begun."""
    product_id = product_id or str(state.new_number())
    told = {"product_id": product_id, "product_name": name, "attachments": attachments, "polls": 0, "report_id": ""}
    return state.shelves["product"].put(product_id, told)


def poll_product(state: ServiceState, product_id: str) -> Json:
    """Ask how far the analysis is; each question brings it on, so that no one must wait for it."""
    product = state.find("product", product_id)
    product["polls"] += 1
    if product["polls"] > state.product_polls and REPORTLESS_WORD not in product["product_name"]:
        finish_product(state, product)
    state.shelves["product"].put(product_id, product)
    return product


def finish_product(state: ServiceState, product: Json) -> None:
    """Bring the analysis to its end at once: there is a report now, unless it fails."""
    product["polls"] = max(product["polls"], state.product_polls + 1)
    if not product["report_id"] and status_of(state, product) == "completed":
        product["report_id"] = state.new_id("report")
        state.shelves["report"].put(product["report_id"], _report(product, len(state.shelves["report"]) + 1))
    state.shelves["product"].put(product["product_id"], product)


def status_of(state: ServiceState, product: Json) -> str:
    """Tell how far the analysis is: pending at first, processing, and at last completed or failed."""
    if product["polls"] <= state.product_polls:
        return "processing" if product["polls"] > 1 else "pending"
    return "failed" if FAILING_WORD in product["product_name"] else "completed"


def _report(product: Json, number: int) -> Json:
    name = product["product_name"]
    software = {"id": 1, "name": {"zh": "软件", "en": "Software"}}
    tools = {"id": 11, "name": {"zh": "开发工具", "en": "Developer tools"}}
    return {
        "id": number,
        "report_id": product["report_id"],
        "product_name": name,
        "target_description": f"People who would gladly spend less time on what {name} does.",
        "keywords": [name, "automation", "time saved"],
        "user_personas": ["The founder who does everything alone", "The engineer who answers for a team's tools"],
        "user_profiles": ["Works in a team of up to twenty", "Decides within a week"],
        "competitors": ["Doing it by hand", "A spreadsheet"],
        "recommended_campaigns": [
            {"name": "Answer the questions", "description": f"Find who asks for what {name} does, and answer."},
            {"name": "Show, do not tell", "description": "One short film a week."},
        ],
        "related_links": ["https://example.com/overview"],
        "related_industries": [{"level1": {"id": 1}, "level2": [11]}],
        "taxonomy": [{"level_1": software, "level_2": tools}],
        "status": "completed",
    }
