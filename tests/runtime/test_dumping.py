"""What has `to_dict` is dumped and copied by pydantic's names, too."""

from __future__ import annotations

from typing import Any

import attrs

from wyseos.runtime.dumping import Dumping


@attrs.define
class Note(Dumping):
    title: str = ""
    tags: list[str] | None = None

    def to_dict(self) -> dict[str, Any]:
        return attrs.asdict(self)


def test_all_names_of_a_dump_tell_the_same() -> None:
    note = Note("灯", ["a"])
    assert note.model_dump() == note.dict() == {"title": "灯", "tags": ["a"]}
    assert note.model_dump_json() == note.json() == '{"title":"灯","tags":["a"]}'
    assert note.model_dump_json(indent=1) == '{\n "title": "灯",\n "tags": [\n  "a"\n ]\n}'


def test_fields_are_chosen() -> None:
    note = Note("x")
    assert note.model_dump(include=["title"]) == note.model_dump(exclude=["tags"]) == {"title": "x"}
    assert note.model_dump(exclude_none=True) == {"title": "x"}


def test_a_copy_is_changed_alone_and_a_deep_one_holds_its_own() -> None:
    note = Note("x", ["a"])
    changed, deep = note.model_copy(update={"title": "y"}), note.model_copy(deep=True)
    assert (note.title, changed.title) == ("x", "y")
    assert changed.tags is note.tags
    assert deep == note
    assert deep.tags is not note.tags
