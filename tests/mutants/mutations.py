"""What is changed in a module, one thing at a time.

The changes are mutmut's. It makes them in plain functions alone; here they are made in tables, constants, properties
and defaults, too: much of what the protocol decides stands there. Conditions that are forced either way, and calls that
are left out, are added: those are what a state machine forgets. None in the place of a value is tried only where the
type checker would let it pass; words that only people read, as those of an enumeration, are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import libcst as cst
import libcst.matchers as m
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper, PositionProvider
from mutmut.mutation import mutators


@dataclass(frozen=True)
class Mutation:
    """One change of a module's text."""

    lines: range
    """The lines of the statement, of a compound one those of its head."""
    function: str
    """The function or method around it, "" outside of any."""
    body: range
    """The lines of that function's body."""
    old: bytes
    new: bytes
    start: int
    """Where the old text stands, in bytes."""
    is_assigned: bool
    """Whether it changes what a module assigns to a name."""

    @property
    def is_at_import(self) -> bool:
        """Whether it changes what is done when the module is loaded: a table, a constant, a default."""
        return self.lines.start not in self.body

    @property
    def can_be_swapped(self) -> bool:
        """Whether it can be put into a module that is loaded."""
        return self.is_assigned or not self.is_at_import

    def apply(self, source: bytes) -> bytes:
        """Return the module's text with the change."""
        return source[: self.start] + self.new + source[self.start + len(self.old) :]

    def told(self, source: bytes) -> tuple[str, str]:
        """Return the lines that it changes, before and after, each as one line."""
        first = source.rfind(b"\n", 0, self.start) + 1
        last = source.find(b"\n", self.start + len(self.old))
        before = source[first:last]
        after = source[first : self.start] + self.new + source[self.start + len(self.old) : last]
        return _one_line(before), _one_line(after)


def _one_line(text: bytes) -> str:
    return " ".join(text.decode().split())


def mutations_of(source: bytes) -> list[Mutation]:
    """Return all changes of a module."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = _Visitor(wrapper, source)
    wrapper.module.visit(visitor)
    return visitor.found


def _forced(node: Any) -> Iterator[cst.BaseExpression]:
    """A condition that is always met, or never; it is still looked at, for what that does."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    for operator, constant in ((cst.Or(), "True"), (cst.And(), "False")):
        yield cst.BooleanOperation(test, operator, cst.Name(constant))


def _first_string(node: cst.BaseString) -> list[cst.BaseString]:
    return list(mutators.operator_string(node))[:1]


def _without_an_argument(node: cst.Call) -> Iterator[cst.Call]:
    """Of None in its place the type checker would tell."""
    if len(node.args) > 1:
        yield from (node.with_changes(args=[*node.args[:n], *node.args[n + 1 :]]) for n in range(len(node.args)))


_LITERAL = m.Name("None") | m.Name("True") | m.Name("False") | m.BaseNumber() | m.BaseString()


def _assigned_none(node: cst.Assign | cst.AnnAssign) -> Iterator[cst.CSTNode]:
    """Only of an attribute that may be None the type checker would not tell; it would of a literal's place, too."""
    target = node.target if isinstance(node, cst.AnnAssign) else node.targets[0].target
    if isinstance(target, cst.Attribute) and node.value is not None and not m.matches(node.value, _LITERAL):
        yield node.with_changes(value=cst.Name("None"))


_REPLACED: dict[Any, Any] = {
    mutators.operator_string: _first_string,
    mutators.operator_arg_removal: _without_an_argument,
    mutators.operator_assignment: _assigned_none,
}
_OPERATORS: list[tuple[Any, Any]] = [
    (kind, _REPLACED.get(operator, operator))
    for kind, operator in mutators.mutation_operators
    if operator is not mutators.operator_if_exp
]

_TYPE_NAME = re.compile(r"[A-Z]([a-z]\w*)?")
_DUNDERS = ("__all__", "__slots__")
_CALLS_FOR_TYPES = ("TypeVar", "cast", "isinstance", "len")
_TYPE_CHECKING = m.If(test=m.Name("TYPE_CHECKING"))
_WORDS_OF_A_TYPE = m.Subscript(m.Name("Literal"))
_IS_TEXT = m.Expr(m.SimpleString() | m.ConcatenatedString())
_ENUM = m.Arg(m.Name("Enum"))  # its values are words for people; those of a StrEnum are data
_IS_CALL = m.Expr(m.Call())


class _Visitor(cst.CSTVisitor):
    def __init__(self, wrapper: MetadataWrapper, source: bytes) -> None:
        super().__init__()
        self.found: list[Mutation] = []
        self._source = source
        self._spans = wrapper.resolve(ByteSpanPositionProvider)
        self._places = wrapper.resolve(PositionProvider)
        self._statements: list[range] = []
        self._names: list[str] = []
        self._functions: list[tuple[str, range]] = []
        self._assigned = {
            self._places[line].start.line
            for line in wrapper.module.body
            if isinstance(line, cst.SimpleStatementLine) and isinstance(line.body[0], cst.Assign | cst.AnnAssign)
        }

    def on_visit(self, node: cst.CSTNode) -> bool:
        if self._is_left_alone(node):
            return False
        if isinstance(node, cst.SimpleStatementLine):
            self._statements.append(self._lines(node))
        elif isinstance(node, cst.BaseCompoundStatement):
            first = self._lines(node).start
            self._statements.append(range(first, max(first + 1, self._lines(node.body).start)))
        if isinstance(node, cst.ClassDef | cst.FunctionDef):
            self._names.append(node.name.value)
        if isinstance(node, cst.FunctionDef):
            self._functions.append((".".join(self._names), self._lines(node.body)))
        if self._statements:
            for target, new in _changes(node):
                self._note(target, new)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if self._is_left_alone(original_node):
            return
        if isinstance(original_node, cst.SimpleStatementLine | cst.BaseCompoundStatement):
            self._statements.pop()
        if isinstance(original_node, cst.ClassDef | cst.FunctionDef):
            self._names.pop()
        if isinstance(original_node, cst.FunctionDef):
            self._functions.pop()

    def _is_left_alone(self, node: cst.CSTNode) -> bool:
        """What is no behaviour: types, imports, documentation."""
        if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom | cst.Decorator):
            return True
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in _CALLS_FOR_TYPES:
            return True
        if isinstance(node, cst.Assign) and isinstance(name := node.targets[0].target, cst.Name):
            is_type = not self._names and _TYPE_NAME.fullmatch(name.value) is not None
            return is_type or name.value in _DUNDERS
        if isinstance(node, cst.ClassDef) and any(m.matches(base, _ENUM) for base in node.bases):
            return True
        return any(m.matches(node, each) for each in (_TYPE_CHECKING, _IS_TEXT, _WORDS_OF_A_TYPE))

    def _lines(self, node: cst.CSTNode) -> range:
        place = self._places[node]
        return range(place.start.line, place.end.line + 1)

    def _note(self, node: cst.CSTNode, new: cst.CSTNode) -> None:
        span = self._spans[node]
        old = self._source[span.start : span.start + span.length]
        text = cst.Module([]).code_for_node(new).strip().encode()
        name, body = self._functions[-1] if self._functions else (".".join(self._names), range(0))
        if text != old:
            lines = self._statements[-1]
            is_assigned = not self._names and lines.start in self._assigned
            self.found.append(Mutation(lines, name, body, old, text, span.start, is_assigned))


def _changes(node: cst.CSTNode) -> Iterable[tuple[cst.CSTNode, cst.CSTNode]]:
    for kind, operator in _OPERATORS:
        if isinstance(node, kind):
            yield from ((node, new) for new in operator(node))
    if isinstance(node, cst.If | cst.IfExp):
        yield from ((node.test, new) for new in _forced(node))
    if m.matches(node, _IS_CALL):
        yield node, cst.Pass()
