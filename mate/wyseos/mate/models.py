"""All objects of the API. The generated ones are loaded when first used; what the schema cannot say is here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from wyseos.mate.pages import ListOptions, PaginatedResponse, Rows, page_of
from wyseos.runtime import records
from wyseos.runtime.errors import ValidationError
from wyseos.runtime.model import Dumping
from wyseos.runtime.reading import plain

if TYPE_CHECKING:
    from wyseos.generated.models import (
        AgentInfo,
        AgentParameters,
        AnalysisResult,
        APIKey,
        APIResponse,
        Attachments,
        BrowserInfo,
        BrowserPageInfo,
        CallCost,
        CallFilterValues,
        CallRecord,
        Campaign,
        CaptchaUse,
        Category,
        CreateAPIKeyRequest,
        CreateAPIKeyResponse,
        CreateProductRequest,
        CreateProductResponse,
        CreateSessionRequest,
        CreateSessionResponse,
        FollowUpSuggestion,
        Industry,
        IndustryCondition,
        IndustryLevel1,
        IndustryTaxonomy,
        ListBrowserPagesResponse,
        ListBrowsersResponse,
        LocalizedName,
        MarketingData,
        MessageMetadata,
        MessageResponse,
        ModelInfo,
        ProductAttachment,
        ProductInfo,
        ProductReport,
        SessionInfo,
        SessionMessage,
        SessionTaskResult,
        SessionTokens,
        Skill,
        TaxonomyLevel,
        TeamInfo,
        TeamParameters,
        TweetInMessage,
        TweetMedia,
        TweetUserProfile,
        TweetWithReply,
        TweetWriterData,
        UpdateReportRequest,
        UpdateReportResponse,
        UpdateSessionNameRequest,
        UploadedFile,
        UserTaskMessage,
    )
    from wyseos.generated.models.message_page import MessagePage

__all__ = [
    "APIKey",
    "APIResponse",
    "AgentInfo",
    "AgentParameters",
    "AnalysisResult",
    "Attachments",
    "BrowserInfo",
    "BrowserPageInfo",
    "CallCost",
    "CallFilterValues",
    "CallRecord",
    "Campaign",
    "CaptchaUse",
    "Category",
    "CreateAPIKeyRequest",
    "CreateAPIKeyResponse",
    "CreateProductRequest",
    "CreateProductResponse",
    "CreateSessionRequest",
    "CreateSessionResponse",
    "FollowUpSuggestion",
    "GetMessagesResponse",
    "Industry",
    "IndustryCondition",
    "IndustryLevel1",
    "IndustryTaxonomy",
    "ListBrowserPagesResponse",
    "ListBrowsersResponse",
    "ListOptions",
    "LocalizedName",
    "MarketingData",
    "MessageFilter",
    "MessageMetadata",
    "MessageResponse",
    "ModelInfo",
    "PaginatedResponse",
    "ProductAttachment",
    "ProductInfo",
    "ProductReport",
    "SessionInfo",
    "SessionMessage",
    "SessionTaskResult",
    "SessionTokens",
    "Skill",
    "TaxonomyLevel",
    "TeamInfo",
    "TeamParameters",
    "TweetInMessage",
    "TweetMedia",
    "TweetUserProfile",
    "TweetWithReply",
    "TweetWriterData",
    "UpdateReportRequest",
    "UpdateReportResponse",
    "UpdateSessionNameRequest",
    "UploadedFile",
    "UserTaskMessage",
]


@records.define
class MessageFilter(Dumping):
    """Which messages of a session are asked for; what is None does not matter.

    Args:
        role: who speaks.
        content: text that the message contains.
        from_timestamp: the earliest time; one without a zone is taken as local time.
        to_timestamp: the latest time.

    Raises:
        ValidationError: the earliest time is after the latest.
    """

    role: str | None = None
    content: str | None = None
    from_timestamp: datetime | None = None
    to_timestamp: datetime | None = None

    def __post_init__(self) -> None:
        first, last = self.from_timestamp, self.to_timestamp
        if first and last and first.timestamp() > last.timestamp():
            raise ValidationError("from_timestamp must not be after to_timestamp", field="from_timestamp")

    def to_dict(self) -> dict[str, Any]:
        """Return it as a plain, JSON-ready dict."""
        return {name: plain(value) for name, value in records.asdict(self, recurse=False).items()}


@records.define
class GetMessagesResponse(Rows["MessageResponse"]):
    """Messages of a session: iterate over it, index it or measure it, or read its `messages`.

    Args:
        messages: the messages.
        total_count: how many there are in all.
        has_next: whether a page follows.
        has_prev: whether a page lies before.
    """

    messages: list[MessageResponse] = records.field(factory=list)
    total_count: int = 0
    has_next: bool = False
    has_prev: bool = False

    @property
    def _rows(self) -> list[MessageResponse]:
        return self.messages

    @classmethod
    def from_page(cls, page: MessagePage, asked: ListOptions) -> GetMessagesResponse:
        """Make it of a page as the service sends it."""
        known = page_of(page, asked)
        return cls(known.data, known.total, known.page_num < known.total_page, known.page_num > 1)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from wyseos.generated import models

    value = getattr(models, name)
    globals()[name] = value  # found at once the next time
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
