"""How single values are read: what is harmless is converted, what can't be read is None, nothing raises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given

from tests.generated.documents import JUNK
from wyseos.generated.models import PlanStep, Skill
from wyseos.runtime import reading
from wyseos.runtime.errors import DecodeError, ValidationError

STEP = reading.model(PlanStep)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (reading.anything, [1], [1]),
        (reading.nothing, [1], None),
        (reading.text, "a", "a"),
        (reading.text, 5, "5"),
        (reading.text, 0.5, "0.5"),
        (reading.text, True, None),
        (reading.text, {}, None),
        (reading.integer, 5, 5),
        (reading.integer, "5", 5),
        (reading.integer, 5.0, 5),
        (reading.integer, 5.5, None),
        (reading.integer, float("inf"), None),
        (reading.integer, "five", None),
        (reading.integer, "9" * 5000, None),
        (reading.integer, True, None),
        (reading.integer, [], None),
        (reading.number, 0, 0),
        (reading.number, 0.5, 0.5),
        (reading.number, "0.5", 0.5),
        (reading.number, "half", None),
        (reading.number, "nan", None),
        (reading.number, "1e999", None),
        (reading.number, False, None),
        (reading.number, {}, None),
        (reading.flag, True, True),
        (reading.flag, False, False),
        (reading.flag, 1, True),
        (reading.flag, "0", False),
        (reading.flag, "True", True),
        (reading.flag, "False", False),
        (reading.flag, "yes", None),
        (reading.flag, 2, None),
        (reading.flag, 1.0, None),
        (reading.flag, [1], None),
        (reading.moment, "2025-06-01T12:00:00Z", datetime(2025, 6, 1, 12, tzinfo=UTC)),
        (reading.moment, "2025-06-01T12:00:00.123456Z", datetime(2025, 6, 1, 12, 0, 0, 123456, UTC)),
        (reading.moment, "2025-06-01T14:00:00+02:00", datetime(2025, 6, 1, 12, tzinfo=UTC)),
        (reading.moment, "2025-06-01T12:00:00", datetime(2025, 6, 1, 12, tzinfo=UTC)),
        (reading.moment, "", None),
        (reading.moment, "2025-13-01T12:00:00Z", None),
        (reading.moment, "\ud800", None),
        (reading.moment, 1748779200, None),
        (reading.day, "2025-06-01", date(2025, 6, 1)),
        (reading.day, "yesterday", None),
        (reading.day, 5, None),
        (reading.freeform, {"a": 1}, {"a": 1}),
        (reading.freeform, [], None),
        (reading.listing(reading.integer), [1, "2", "x", None], [1, 2]),
        (reading.listing(reading.integer), {"0": 1}, None),
        (reading.mapping(reading.integer), {"a": 1, "b": "x"}, {"a": 1}),
        (reading.mapping(reading.integer), [1], None),
        (reading.one_of(dict, str), "a", "a"),
        (reading.one_of(dict, str), {"a": 1}, {"a": 1}),
        (reading.one_of(int), True, None),
        (reading.either(reading.one_of(int), reading.day), 0, 0),
        (reading.either(reading.one_of(int), reading.day), "2025-06-01", date(2025, 6, 1)),
        (reading.either(reading.one_of(int), reading.day), "", None),
        (STEP, {"id": 1}, PlanStep.from_dict({"id": "1"})),
        (STEP, '{"id": 1}', PlanStep.from_dict({"id": "1"})),
        (STEP, ' {"id": 1}', PlanStep.from_dict({"id": "1"})),
        (STEP, '{"id": 1', None),
        (STEP, "[1]", None),
        (STEP, "text", None),
        (STEP, 5, None),
        (reading.element(PlanStep), {"id": 1}, PlanStep.from_dict({"id": "1"})),
        (reading.element(PlanStep), '{"id": 1}', None),
    ],
)
def test_a_value_is_read_as_far_as_it_can_be(read: Callable[[Any], Any], value: Any, expected: Any) -> None:
    found = read(value)

    assert (expected, type(expected)) == (found, type(found))


READERS = [
    reading.anything, reading.text, reading.integer, reading.number, reading.flag, reading.moment, reading.day,
    reading.freeform, reading.nothing, reading.embedded, STEP, reading.listing(STEP), reading.mapping(STEP),
]  # fmt: skip


@given(JUNK)
def test_no_reader_raises_and_none_is_always_none(value: Any) -> None:
    for read in READERS:
        read(value)
        assert read(None) is None


def test_an_answer_of_another_shape_is_a_decode_error_that_tells_both() -> None:
    parse = reading.whole(STEP, "an object")

    assert parse({"id": "1"}).id == "1"
    for value, kind in (([], "a list"), (None, "null"), (5, "a number"), (True, "a boolean"), ("x", "a string")):
        with pytest.raises(DecodeError) as caught:
            parse(value)
        assert f"the answer's data should be an object, but is {kind}" == str(caught.value)


def test_an_answer_without_rows_is_an_empty_list() -> None:
    parse = reading.whole_list(reading.integer)

    assert [parse(None), parse([]), parse([1, "x"])] == [[], [], [1]]
    with pytest.raises(DecodeError, match="should be a list, but is an object"):
        parse({})


def test_an_answer_without_fixed_shape_is_a_dict() -> None:
    assert [reading.whole_freeform(None), reading.whole_freeform({"a": 1})] == [{}, {"a": 1}]
    with pytest.raises(DecodeError, match="should be an object, but is a list"):
        reading.whole_freeform([])


def test_a_kind_that_json_has_not_is_told_by_its_type() -> None:
    assert [reading.kind(object()), reading.kind({1})] == ["object", "set"]


def test_another_mapping_than_a_dict_is_read_too() -> None:
    found = Skill.from_dict(MappingProxyType({"skill_id": "1", "other": 2}))

    assert {"skill_id": found.skill_id, **found.additional_properties} == {"skill_id": "1", "other": 2}


def test_what_is_no_object_is_refused_by_its_kind() -> None:
    with pytest.raises(ValidationError) as caught:
        reading.source_object(Skill, [])

    assert str(caught.value) == "Skill.from_dict takes an object, but was given a list; decode the JSON first"
    assert caught.value.field == "Skill"


def test_moments_are_written_in_utc_and_days_as_they_are() -> None:
    east = timezone(timedelta(hours=2))

    assert reading.plain(datetime(2025, 6, 1, 14, tzinfo=east)) == "2025-06-01T12:00:00Z"
    assert reading.plain((date(2025, 6, 1), [Skill("1", skill_name="x")])) == [
        "2025-06-01",
        [{"skill_id": "1", "skill_name": "x"}],
    ]


def test_a_moment_without_a_zone_is_written_as_local_time() -> None:
    naive = datetime(2025, 6, 1, 14)

    assert datetime.fromisoformat(reading.plain(naive)) == naive.astimezone()


def test_what_must_be_given_and_may_be_null_is_sent_as_null() -> None:
    class Note:
        _source: dict[str, Any] = {}  # noqa: RUF012 - read alone
        text = None

    kept = reading.Field("text", "text", reading.text, required=True, null=True)
    assert reading.written(Note(), kept) is None
    assert reading.written(Note(), kept._replace(null=False)) is reading.ABSENT


def test_what_was_set_anew_is_written_in_place_of_what_came_and_what_was_emptied_is_left_out() -> None:
    step = PlanStep.from_dict({"id": "1", "title": "Old", "status": "done"})
    step.title, step.status = "New", None
    assert step.to_dict() == {"id": "1", "title": "New"}


def test_what_holds_itself_is_refused_when_it_is_written() -> None:
    step = PlanStep(id="1")
    step.additional_properties["self"] = step.additional_properties
    with pytest.raises(ValidationError, match="PlanStep holds itself or nests too deeply; give a tree") as refused:
        reading.write(step)
    assert refused.value.field == "PlanStep"


def test_an_object_of_a_union_is_of_the_class_that_one_field_tells() -> None:
    read = reading.told_by("kind", {"skill": Skill, "step": PlanStep})

    assert read({"kind": "skill", "skill_id": "1"}) == Skill.from_dict({"kind": "skill", "skill_id": "1"})
    assert type(read({"kind": "step"})) is PlanStep
    for unknown in ({"kind": "other"}, {"kind": ["skill"]}, {"kind": None}, {}):
        assert read(unknown) is unknown
    assert (read("skill"), read(None), read([])) == (None, None, None)


def test_an_answer_may_be_null_where_the_schema_says_so() -> None:
    parse = reading.or_none(reading.whole(reading.text, "a string"))

    assert (parse(None), parse("a")) == (None, "a")
    with pytest.raises(DecodeError):
        parse([])


def test_an_answer_that_is_no_json_is_its_bytes_or_its_text() -> None:
    assert reading.whole_bytes(b"\xff") == b"\xff"
    assert (reading.whole_text(b""), reading.whole_text("\ufeffé".encode())) == ("", "é")
    with pytest.raises(DecodeError, match="text in UTF-8, and is none from byte 1 on"):
        reading.whole_text(b"a\xff")


def test_where_places_count_what_can_not_be_read_keeps_its_own() -> None:
    read = reading.whole_list(reading.integer, nulls=True)
    assert read([1, None, "two"]) == [1, None, None]


def test_a_fraction_is_told_as_a_number() -> None:
    assert reading.kind(0.5) == "a number"


def test_a_model_gives_what_it_was_read_from_and_one_of_our_own_what_it_is_written_as() -> None:
    read = PlanStep.from_dict({"id": "1", "title": "Old"})
    read.title = "New"
    assert reading.source_of(read) == {"id": "1", "title": "Old"}
    assert reading.source_of(PlanStep(id="1")) == {"id": "1"}
