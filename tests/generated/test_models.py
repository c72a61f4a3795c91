"""The models: forgiving when they read, strict when they write, and losing nothing between the two."""

from __future__ import annotations

import copy
import inspect
import itertools
import pickle
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wyseos.generated import models
from wyseos.generated.models import (
    CreateProductRequest,
    CreateSessionRequest,
    MessageResponse,
    PlanInputData,
    PlanStep,
    ProductAttachment,
    ProductReport,
    SessionInfo,
    StartData,
    StartMessage,
    StartTask,
    TeamPage,
    TextEvent,
    UpdateReportRequest,
    UpdateSessionNameRequest,
)
from wyseos.generated.models.session_status import SESSION_STATUS_VALUES, SessionStatus
from wyseos.runtime import codec
from wyseos.runtime.errors import ValidationError

from .documents import CLASSES, JUNK, READ, WRITTEN, document_of, hints, holds


def named(cls: Any) -> str:
    return str(cls.__name__)


# What a field may be sent instead of what it should hold: each kind of JSON, and what stands for a kind elsewhere.
ODD: list[Any] = [
    None, True, 0, -1, 2**40, 2**70, 1.5, "", "0", "word", "true", "null", "2025-06-01T12:00:00.5Z", "2025-06-01",
    "{}", '{"id": 1}', "[]", "[1]", [], [None], [1, "a", {}], [[]], [[1, None]], {}, {"id": 1},
    {"a": None}, {"a": {"b": [1]}},
]  # fmt: skip


@pytest.mark.parametrize("cls", CLASSES, ids=named)
def test_each_field_takes_each_kind_of_value_and_loses_none(cls: Any) -> None:
    for field, value in itertools.product(cls.FIELDS, ODD):
        document = {field.wire: value, "unknown": value}

        found = cls.from_dict(copy.deepcopy(document))

        assert holds(getattr(found, field.name), hints(cls)[field.name]), (field.wire, value)
        if cls in READ:
            assert (field.wire, document) == (field.wire, found.to_dict())


@pytest.mark.parametrize("cls", CLASSES, ids=named)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_whatever_comes_is_read_by_its_annotations_and_nothing_of_it_is_lost(cls: Any, data: st.DataObject) -> None:
    document = data.draw(document_of(cls))
    before = copy.deepcopy(document)

    found = cls.from_dict(document)

    assert [name for name, hint in hints(cls).items() if not holds(getattr(found, name), hint)] == []
    assert before == document
    if cls in READ:
        assert before == found.to_dict()


@pytest.mark.parametrize("cls", READ, ids=named)
@settings(max_examples=2, deadline=None)
@given(data=st.data())
def test_a_model_survives_pickling_copying_and_json(cls: Any, data: st.DataObject) -> None:
    found = cls.from_dict(data.draw(document_of(cls)))

    for again in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
        assert (found, found.to_dict()) == (again, again.to_dict())
    assert found == cls.from_dict(codec.loads(codec.dumps(found.to_dict())))


@pytest.mark.parametrize("cls", READ, ids=named)
def test_an_empty_object_is_read(cls: Any) -> None:
    assert cls.from_dict({}).to_dict() == {}


@pytest.mark.parametrize("cls", CLASSES, ids=named)
def test_what_is_no_object_is_refused_by_name(cls: Any) -> None:
    no_objects: list[Any] = [None, [], "{}", 5]
    for source in no_objects:
        with pytest.raises(ValidationError, match=f"{cls.__name__}.from_dict takes an object"):
            cls.from_dict(source)


@pytest.mark.parametrize("cls", CLASSES, ids=named)
def test_every_field_is_described(cls: Any) -> None:
    doc = inspect.cleandoc(cls.__doc__)  # Python 3.13 takes the indentation away by itself
    assert [name for name in hints(cls) if f"\n    {name}: " not in doc] == []
    assert "as on the wire" not in doc


SESSION = {
    "session_id": "s1",
    "status": "released",
    "created_at": "2025-06-01T12:00:00.5Z",
    "updated_at": "",
    "task": [{"role": "user", "content": "Hello"}, "junk"],
    "deleted_at": None,
}


def test_an_unknown_value_of_an_enumeration_stays_as_it_is() -> None:
    assert SessionInfo.from_dict(SESSION).status == "released"
    assert "released" not in SESSION_STATUS_VALUES
    assert set(get_args(SessionStatus)) == SESSION_STATUS_VALUES


def test_an_unreadable_timestamp_is_none_and_is_kept() -> None:
    found = SessionInfo.from_dict(SESSION)

    assert (datetime(2025, 6, 1, 12, 0, 0, 500_000, UTC), None) == (found.created_at, found.updated_at)
    assert (found.to_dict()["created_at"], found.to_dict()["updated_at"]) == ("2025-06-01T12:00:00.5Z", "")


def test_unknown_fields_are_kept_apart_and_written_back() -> None:
    found = SessionInfo.from_dict(SESSION)

    assert found.additional_properties == {"deleted_at": None}
    assert found.to_dict() == SESSION


def test_an_element_that_can_not_be_read_is_left_out_but_not_lost() -> None:
    found = SessionInfo.from_dict(SESSION)

    assert found.task is not None
    assert [message.content for message in found.task] == ["Hello"]
    assert SESSION["task"] == found.to_dict()["task"]


def test_ids_may_be_numbers_and_go_back_as_numbers() -> None:
    found = SessionInfo.from_dict({"session_id": 4711})

    assert found.session_id == "4711"
    assert found.to_dict() == {"session_id": 4711}


def test_a_changed_field_is_written_and_the_rest_goes_back_as_it_came() -> None:
    found = SessionInfo.from_dict(SESSION)
    found.name = "New"
    found.updated_at = datetime(2025, 6, 2, tzinfo=UTC)

    assert found.to_dict() == {**SESSION, "name": "New", "updated_at": "2025-06-02T00:00:00Z"}


def test_a_change_deep_inside_is_written() -> None:
    found = SessionInfo.from_dict(SESSION)
    assert found.task is not None
    found.task[0].content = "Bye"

    assert found.to_dict()["task"] == [{"role": "user", "content": "Bye"}]


def test_a_field_set_to_none_is_not_written() -> None:
    found = SessionInfo.from_dict({"session_id": "s1", "name": "Old"})
    found.name = None

    assert found.to_dict() == {"session_id": "s1"}


def test_an_added_field_is_written() -> None:
    found = SessionInfo.from_dict({"session_id": "s1"})
    found.additional_properties["starred"] = True

    assert found.to_dict() == {"session_id": "s1", "starred": True}


@pytest.mark.parametrize("cls", READ, ids=named)
@settings(max_examples=2, deadline=None)
@given(data=st.data())
def test_any_field_that_is_set_anew_is_written(cls: Any, data: st.DataObject) -> None:
    found = cls.from_dict(data.draw(document_of(cls)))
    field = data.draw(st.sampled_from(cls.FIELDS))
    value = data.draw(JUNK.filter(lambda junk: junk is not None))
    setattr(found, field.name, value)

    if value == field.empty and field.read(found._source.get(field.wire)) in (None, field.empty):
        assert found.to_dict().get(field.wire) == found._source.get(field.wire)  # it still reads as it did
        return
    written = found.to_dict()[field.wire]
    assert value in (written, field.read(written))


def test_what_is_written_shares_nothing_with_the_model() -> None:
    found = MessageResponse.from_dict({"message": {"data": [1]}})
    found.to_dict()["message"]["data"].append(2)

    assert found.to_dict() == {"message": {"data": [1]}}


def test_a_page_holds_its_rows_as_models() -> None:
    page = TeamPage.from_dict({"page_num": 1, "total": "7", "data": [{"team_id": 1, "agents": [{"agent_id": "a"}]}]})

    assert page.data is not None
    assert (page.total, page.data[0].team_id, (page.data[0].agents or [])[0].agent_id) == (7, "1", "a")


def test_a_plan_as_deep_as_json_may_be_is_read_and_written() -> None:
    step: dict[str, Any] = {"id": "last"}
    for depth in range(codec.MAX_DEPTH // 2 - 1):
        step = {"id": str(depth), "steps": [step]}
    found = PlanStep.from_dict(codec.loads(codec.dumps(step)))

    assert step == found.to_dict()


def test_a_constructor_takes_keywords_and_writes_only_what_was_given() -> None:
    request = CreateSessionRequest(task="Draft it", extra={"skills": [{"skill_id": "1"}]})

    assert request.to_dict() == {"task": "Draft it", "extra": {"skills": [{"skill_id": "1"}]}}


def test_a_const_needs_not_be_given() -> None:
    message = StartMessage(data=StartData(messages=[StartTask(content="Draft it")]))

    assert message.to_dict() == {"type": "start", "data": {"messages": [{"type": "task", "content": "Draft it"}]}}


def test_a_nested_object_may_be_given_as_a_dict() -> None:
    attachments: list[Any] = [ProductAttachment("a", "https://a"), {"file_name": "b", "file_url": "https://b"}]
    request = CreateProductRequest(product="it", attachments=attachments)

    assert request.attachments[1].file_name == "b"
    assert request.to_dict()["attachments"] == [
        {"file_name": "a", "file_url": "https://a"},
        {"file_name": "b", "file_url": "https://b"},
    ]


def test_a_nested_object_given_as_a_dict_is_checked_before_it_is_sent() -> None:
    attachments: list[Any] = [{"file_name": "b"}]
    request = CreateProductRequest(product="it", attachments=attachments)

    with pytest.raises(ValidationError, match="file_url is missing"):
        request.to_dict()


def test_what_a_report_lacks_reads_as_empty_and_stays_absent() -> None:
    report = ProductReport.from_dict({"report_id": "r", "keywords": None})

    assert "; ".join(report.related_links) == ""
    assert (report.keywords, report.competitors, report.target_description) == ([], [], "")
    assert report.to_dict() == {"report_id": "r", "keywords": None}
    report.related_links.append("https://example.com")
    assert report.to_dict()["related_links"] == ["https://example.com"]


def test_a_correction_tells_an_empty_list_from_an_absent_one() -> None:
    assert UpdateReportRequest(keywords=[]).to_dict() == {"keywords": []}
    assert UpdateReportRequest().to_dict() == {}


BLANK = "give a string with at least one visible character"


@pytest.mark.parametrize(
    ("cls", "given_", "message"),
    [
        (CreateSessionRequest, {"task": ""}, f"task is empty; {BLANK}"),
        (CreateSessionRequest, {"task": " \n"}, f"task is blank; {BLANK}"),
        (CreateSessionRequest, {"task": None}, f"task is missing; {BLANK}"),
        (CreateSessionRequest, {"task": "x", "extra": "y"}, "extra is a string; give a dict"),
        (UpdateSessionNameRequest, {"session_id": "s", "title": " "}, f"title is blank; {BLANK}"),
        (
            UpdateSessionNameRequest,
            {"session_id": "", "title": "x"},
            "session_id is empty; give a string of at least 1 character",
        ),
        (StartData, {"messages": []}, "messages is empty; give a list of at least 1 element"),
        (StartData, {"messages": ["x"]}, "messages[0] is a string; give a StartTask"),
        (PlanInputData, {"request_id": "r", "response": "yes"}, "response is a string; give an AcceptPlan"),
        (UpdateReportRequest, {"keywords": ["a", 5]}, "keywords[1] is a whole number; give a string"),
    ],
)
def test_a_request_is_refused_when_it_is_made_with_field_fault_and_remedy(
    cls: Any, given_: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        cls(**given_)

    assert message == str(caught.value)
    assert message.split(" ", 1)[0] == caught.value.field


def test_a_request_spoilt_after_it_was_made_is_refused_when_it_is_written() -> None:
    request = CreateSessionRequest(task="x")
    request.task = ""

    with pytest.raises(ValidationError, match="task is empty"):
        request.to_dict()


def test_a_value_that_holds_itself_is_refused_when_it_is_written() -> None:
    extra: dict[str, Any] = {}
    extra["self"] = extra

    with pytest.raises(ValidationError, match="CreateSessionRequest holds itself or nests too deeply; give a tree"):
        CreateSessionRequest(task="x", extra=extra).to_dict()


def test_only_requests_are_strict() -> None:
    assert {"CreateSessionRequest", "StartMessage", "PlanInputMessage"} <= {cls.__name__ for cls in WRITTEN}
    assert {"SessionInfo", "TextEvent", "PlanStep", "UploadedFile"} <= {cls.__name__ for cls in READ}
    assert TextEvent(content="").content == ""


def test_every_class_is_described_and_named_as_in_the_schema() -> None:
    assert [cls.__name__ for cls in CLASSES if not cls.__doc__.strip()] == []
    assert [cls.__name__ for cls in CLASSES if getattr(models, cls.__name__) is not cls] == []


@pytest.mark.parametrize("model", [models.APIKey, models.CreateAPIKeyResponse])
def test_security_01_a_models_repr_shows_no_key(model: Any) -> None:
    read = model.from_dict({"id": 1, "api_key": "canary-key"})
    assert "canary-key" not in repr(read)
    assert read.to_dict()["api_key"] == "canary-key"
