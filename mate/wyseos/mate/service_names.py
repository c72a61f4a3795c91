"""The services by the names that a client has for them, and how they are loaded: as far as a call needs, or whole."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

__all__ = ["ASKING", "SERVICES", "is_ready", "load_blocking", "load_whole"]

_PACKAGE = "wyseos.mate.services"

SERVICES = {
    "agent": "AgentService",
    "browser": "BrowserService",
    "file_upload": "FileUploadService",
    "marketing": "MarketingService",
    "product": "ProductService",
    "session": "SessionService",
    "team": "TeamService",
    "user": "UserService",
}
"""Each one's module and class; an `AsyncClient`'s class has `Async` before it."""

ASKING = {
    "agent": ("get_info", "get_list", "iter_list"),
    "browser": (
        "get_info",
        "iter_browser_pages",
        "iter_browsers",
        "list_browser_pages",
        "list_browsers",
        "release_browser",
    ),
    "file_upload": ("upload_file", "upload_files"),
    "marketing": ("get_product_info", "get_report_detail", "get_research_tweets", "update_report"),
    "product": ("create", "create_and_wait", "get_categories", "get_info", "get_report", "wait_for_report"),
    "session": (
        "create",
        "get_between_messages",
        "get_info",
        "get_marketing_data",
        "get_messages",
        "iter_messages",
        "list_current",
        "update_session_name",
    ),
    "team": ("get_info", "get_list", "iter_list"),
    "user": (
        "create_api_key",
        "delete_api_key",
        "get_call_filter_values",
        "iter_api_keys",
        "iter_calls",
        "list_api_keys",
        "list_calls",
    ),
}
"""Their methods that ask, known before they are loaded. Those named `iter_…` are iterated over, the others awaited."""

# Those that were begun to be loaded here, and those of them that are whole.
_begun = set[str]()
_whole = set[str]()


def load_blocking(home: str) -> ModuleType:
    """Load a service; each method then loads the operation that it calls, and no other.

    Args:
        home: the service's name.
    """
    _begun.add(home)
    return import_module(f"{_PACKAGE}.{home}")


def load_whole(home: str) -> ModuleType:
    """Load a service with all operations that it may call, so that no method of it loads anything on a loop.

    Args:
        home: the service's name.
    """
    service = load_blocking(home)
    for held in tuple(vars(service).values()):
        if isinstance(held, ModuleType) and held.__name__.startswith("wyseos.generated.api."):
            for operation in getattr(held, "__all__", ()):  # a tag's; an operation has none
                getattr(held, operation)
    _whole.add(home)
    return service


def is_ready(home: str) -> bool:
    """Whether a service is given on a running loop as it is: it is whole, or the program itself has imported it."""
    return home in _whole or (home not in _begun and f"{_PACKAGE}.{home}" in sys.modules)
