"""The endpoints of the service, by what one needs to call them."""

from __future__ import annotations

import pytest

from codegen.documents import Json, operations

from .schemas import DOCUMENTS

ENDPOINTS = {
    ("POST", "/session/create"): "create_session",
    ("GET", "/session/info/{session_id}"): "get_session",
    ("PUT", "/session/info/{session_id}"): "update_session_name",
    ("GET", "/session/message/lists"): "list_messages",
    ("GET", "/session/message/between"): "list_messages_between",
    ("GET", "/session/marketing/data/{session_id}"): "get_marketing_data",
    ("POST", "/session/upload"): "upload_files",
    ("GET", "/session/current"): "list_current_sessions",
    ("GET", "/team/lists"): "list_teams",
    ("GET", "/team/info/{team_id}"): "get_team",
    ("GET", "/agent/lists"): "list_agents",
    ("GET", "/agent/info/{agent_id}"): "get_agent",
    ("POST", "/user/apikey/new"): "create_api_key",
    ("DELETE", "/user/apikey/delete/{id}"): "delete_api_key",
    ("GET", "/user/apikey/lists"): "list_api_keys",
    ("GET", "/user/call/lists"): "list_calls",
    ("GET", "/user/call/filter_values"): "get_call_filter_values",
    ("GET", "/browser/info/{browser_id}"): "get_browser",
    ("GET", "/browser/lists"): "list_browsers",
    ("GET", "/browser/page/lists"): "list_browser_pages",
    ("DELETE", "/browser/release/{browser_id}"): "release_browser",
    ("POST", "/dashboard/product/create"): "create_product",
    ("GET", "/dashboard/product/candidates/{product_id}/info"): "get_product",
    ("GET", "/dashboard/report/info/{report_id}"): "get_report",
    ("POST", "/dashboard/report/update/{report_id}"): "update_report",
    ("GET", "/dashboard/product/query/results/{query_id}/lists"): "list_research_tweets",
    ("GET", "/dashboard/categories"): "list_categories",
}
ERRORS = {"400", "401", "403", "404", "429", "500"}
OPERATIONS = list(operations(DOCUMENTS.openapi))


def test_the_document_has_exactly_the_endpoints_of_the_service() -> None:
    assert {(method.upper(), path): operation["operationId"] for path, method, operation in OPERATIONS} == ENDPOINTS


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_each_endpoint_documents_its_errors_and_both_ways_to_authenticate(
    path: str, method: str, operation: Json
) -> None:
    assert set(operation["responses"]) == {"200"} | ERRORS, f"{method} {path}"
    assert operation["security"] == [{"ApiKeyAuth": []}, {"TokenAuth": []}], f"{method} {path}"
