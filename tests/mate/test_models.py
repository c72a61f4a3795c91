"""Models: importable by their documented names, forgiving, and losing nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wyseos.mate import ValidationError, models
from wyseos.mate.models import AgentInfo, CreateProductResponse, GetMessagesResponse, MessageFilter, SessionInfo

DOCUMENTED = [
    "ListOptions",
    "PaginatedResponse",
    "APIResponse",
    "ModelInfo",
    "AgentParameters",
    "TeamParameters",
    "AgentInfo",
    "TeamInfo",
    "Attachments",
    "UserTaskMessage",
    "MessageResponse",
    "SessionInfo",
    "BrowserPageInfo",
    "BrowserInfo",
    "APIKey",
    "CreateSessionRequest",
    "CreateSessionResponse",
    "GetMessagesResponse",
    "MessageFilter",
    "UpdateSessionNameRequest",
    "ListBrowsersResponse",
    "ListBrowserPagesResponse",
    "ProductAttachment",
    "CreateProductRequest",
    "CreateProductResponse",
    "AnalysisResult",
    "ProductInfo",
    "Campaign",
    "IndustryLevel1",
    "IndustryCondition",
    "ProductReport",
    "Category",
    "Industry",
    "TweetMedia",
    "TweetWithReply",
    "TweetInMessage",
    "TweetWriterData",
]

READ = [
    model
    for name in DOCUMENTED
    if hasattr(model := getattr(models, name), "FIELDS") and not hasattr(model, "__post_init__")
]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_each_documented_model_can_be_imported(name: str) -> None:
    assert getattr(models, name).__name__ == name
    assert name in models.__all__
    assert name in dir(models)


def test_a_name_that_is_none_is_told() -> None:
    name = "Nothing"
    with pytest.raises(AttributeError, match=name):
        getattr(models, name)


@pytest.mark.parametrize("model", READ, ids=lambda model: model.__name__)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_nothing_that_was_sent_is_lost_and_nothing_is_too_odd_to_read(model: Any, data: st.DataObject) -> None:
    """Known and unknown fields, each with any JSON value at all."""
    names = st.sampled_from([field.wire for field in model.FIELDS]) | st.text(max_size=8)
    sent = data.draw(st.dictionaries(names, json_values, max_size=8))
    assert model.from_dict(sent).to_dict() == sent


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"created_at": ""}, None),
        ({"created_at": "yesterday"}, None),
        ({"created_at": None}, None),
        ({}, None),
        ({"created_at": "2026-01-02T03:04:05Z"}, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ({"created_at": "2026-01-02T03:04:05.123456Z"}, datetime(2026, 1, 2, 3, 4, 5, 123456, tzinfo=UTC)),
        ({"created_at": "2026-01-02T03:04:05.5Z"}, datetime(2026, 1, 2, 3, 4, 5, 500000, tzinfo=UTC)),
    ],
)
def test_timestamps_as_they_were_recorded(sent: dict[str, Any], expected: datetime | None) -> None:
    assert SessionInfo.from_dict(sent).created_at == expected


def test_the_recorded_departures_from_the_documents() -> None:
    assert AgentInfo.from_dict({"agent_id": "a", "parameters": {"temperature": 0}}).avatar is None
    assert CreateProductResponse.from_dict({"product_id": 7}).product_id == "7"
    assert SessionInfo.from_dict({"status": "released"}).status == "released"
    assert SessionInfo.from_dict({"deleted_at": 1}).additional_properties == {"deleted_at": 1}


def test_what_was_changed_is_written_as_it_is_now() -> None:
    session = SessionInfo.from_dict({"session_id": "s", "name": "old", "new": 1})
    session.name = "new"
    assert session.to_dict() == {"session_id": "s", "name": "new", "new": 1}


def test_a_filter_is_checked_when_it_is_made() -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    assert MessageFilter(from_timestamp=early, to_timestamp=late).role is None
    with pytest.raises(ValidationError, match="from_timestamp"):
        MessageFilter(from_timestamp=late, to_timestamp=early)


def test_messages_are_plain_to_make() -> None:
    assert GetMessagesResponse() == GetMessagesResponse(messages=[], total_count=0, has_next=False, has_prev=False)


IMPORTS = """
import sys
import wyseos.mate
heavy = {"httpx", "httpcore", "websockets", "yaml", "rich", "click", "asyncio", "orjson", "attr", "ssl", "logging"}
print(*sorted(heavy & set(sys.modules)))
for name in wyseos.mate.__all__:
    getattr(wyseos.mate, name)
"""


def test_importing_the_package_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout == "\n"
