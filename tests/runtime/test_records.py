"""Classes of named fields: they behave as those of attrs do, and are made at next to no cost."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing
from collections.abc import Callable
from typing import Any, ClassVar

import attrs
import pytest

from wyseos.runtime import records


@records.frozen
class Point:
    x: int
    y: int = 0
    _note: str = records.field(default="", repr=False, eq=False, alias="note")
    KIND: ClassVar[str] = "point"

    @property
    def sum(self) -> int:
        return self.x + self.y


@records.define(kw_only=True)
class Shape:
    name: str
    points: list[Point] = records.field(factory=list, repr=lambda points: f"[{len(points)}]")
    seen: int = records.field(default=0, init=False)

    def __post_init__(self) -> None:
        self.seen = len(self.points)


class _Base:
    __slots__ = ()

    def told(self) -> str:
        return "base"


@records.frozen
class Derived(_Base):
    x: int

    def told(self) -> str:
        return f"{super().told()} {self.x}"


def test_a_constructor_takes_what_the_fields_say() -> None:
    assert (Point(1).x, Point(1, 2).sum, Point(1, note="n")._note) == (1, 3, "n")
    assert Shape(name="s", points=[Point(1)]).seen == 1
    first, second = Shape(name="a"), Shape(name="b")
    assert first.points is not second.points
    with pytest.raises(TypeError, match=r"Point.__init__\(\) missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'seen'"):
        Shape(name="s", seen=1)  # type: ignore[call-arg]


def test_its_signature_and_types_can_be_looked_up() -> None:
    assert str(inspect.signature(Point)) == "(x: 'int', y: 'int' = 0, note: 'str' = '') -> 'None'"
    assert str(inspect.signature(Shape)) == "(*, name: 'str', points: 'list[Point]' = NOTHING) -> 'None'"
    assert typing.get_type_hints(Shape.__init__) == {"name": str, "points": list[Point], "return": type(None)}


def test_a_constructor_is_compiled_when_it_is_needed() -> None:
    @records.define
    class Unused:
        x: int

    stands_for_it = vars(Unused)["__init__"]
    assert not inspect.isfunction(stands_for_it)
    assert Unused(1).x == 1
    assert inspect.isfunction(vars(Unused)["__init__"])


def test_objects_are_equal_by_class_and_values() -> None:
    @records.frozen
    class Other:
        x: int
        y: int = 0

    assert Point(1, note="a") == Point(1, note="b")
    assert len({Point(1), Point(1), Point(2)}) == 2
    assert Point(1) not in (Point(2), Other(1), (1, 0, ""))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Shape(name="s"))


def test_a_repr_shows_what_the_fields_allow_and_ends_where_it_meets_itself() -> None:
    shape = Shape(name="s", points=[Point(1)])
    assert (repr(Point(1, note="n")), repr(shape)) == ("Point(x=1, y=0)", "Shape(name='s', points=[1], seen=1)")

    @records.define
    class Node:
        next: Any = None

    node = Node()
    node.next = node
    assert repr(node).endswith("Node(next=...)")


def test_what_is_frozen_never_changes_and_nothing_takes_other_attributes() -> None:
    point, refusal = Point(1), r"Point.x can't be set: it never changes"
    with pytest.raises(AttributeError, match=refusal):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match=refusal):
        del point.x
    with pytest.raises(AttributeError):
        Shape(name="s").colour = "red"  # type: ignore[attr-defined]
    assert not hasattr(Shape(name="s"), "__dict__")


COPIES: tuple[Callable[[Any], Any], ...] = (copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it)))


def test_they_are_copied_pickled_and_evolved() -> None:
    point, shape = Point(1, 2, note="n"), Shape(name="s", points=[Point(1)])
    for made in COPIES:
        assert (made(point), made(point)._note, made(shape)) == (point, "n", shape)
    assert records.evolve(point, y=5, note="m") == Point(1, 5)
    assert records.asdict(shape) == {"name": "s", "points": [{"x": 1, "y": 0, "_note": ""}], "seen": 1}
    assert records.asdict(point, leave=lambda name: name.startswith("_")) == {"x": 1, "y": 2}


def test_methods_of_its_own_win() -> None:
    @records.frozen
    class Quiet:
        x: int

        def __repr__(self) -> str:
            return "quiet"

        def __getstate__(self) -> dict[str, int]:
            return {"x": 7}

    assert (repr(Quiet(1)), copy.copy(Quiet(1)).x) == ("quiet", 7)


def test_methods_may_say_super_and_match_takes_fields_by_place() -> None:
    assert Derived(2).told() == "base 2"
    match Point(3, 4):
        case Point(x, y):
            assert (x, y) == (3, 4)


def test_the_functions_of_attrs_take_them_as_their_own() -> None:
    anything: Any = Point
    assert attrs.has(anything)
    assert [(each.name, each.alias, each.default) for each in attrs.fields(anything)] == [
        ("x", "x", attrs.NOTHING),
        ("y", "y", 0),
        ("_note", "note", ""),
    ]
    made: Any = Point(1, note="n")
    assert attrs.evolve(made, y=2) == Point(1, 2)
    assert attrs.asdict(made) == {"x": 1, "y": 0, "_note": "n"}
