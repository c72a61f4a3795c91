"""The services by the names that a client has for them."""

from __future__ import annotations

__all__ = ["SERVICES"]

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
