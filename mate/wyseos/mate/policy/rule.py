"""One rule of a policy: what it looks at, and what it decides. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs

from wyseos.mate.errors import ConfigError
from wyseos.mate.policy.check import first_fault
from wyseos.mate.policy.public_acts import actions_in, targets_in
from wyseos.mate.tasks.protocol.questions import QuestionKind

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.questions import Question

Then: TypeAlias = Literal["approve", "reject", "answer", "ask", "stop"]
Words: TypeAlias = str | Iterable[str]

MODES: Final = ("default", "deep_search", "marketing")
_PERMITS: Final = frozenset({QuestionKind.PLAN, QuestionKind.CONFIRMATION})
_TEXTS: Final = frozenset({QuestionKind.TEXT, QuestionKind.REPORT})
_FITS: Final[dict[str, frozenset[QuestionKind]]] = {
    "approve": _PERMITS,
    "reject": _PERMITS,
    "answer": _TEXTS,
    "ask": _PERMITS | _TEXTS,
    "stop": _PERMITS | _TEXTS,
}
"""Which kinds of question a decision can be said to. A rule passes the others by."""


def _words(given: Words) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _written(value: Any) -> Any:
    """Return a value as a person would write it: a list of one is a word."""
    if not isinstance(value, tuple):
        return value
    return value[0] if len(value) == 1 else list(value)


@attrs.frozen(kw_only=True)
class Rule:
    """A rule: where everything that it names is so, it decides.

    A word may stand for a list of one. Of a list one has to fit; but `approve` takes what `tools`, `action` and
    `target` name for all that is permitted: nothing else may be wanted.

    Args:
        then: "approve", "reject" (an action in the browser is refused by stopping the task), "answer" with text, "ask"
            a person, or "stop" the task.
        say: the answer's text, what is to be improved, or why it is stopped.
        name: how the decision names the rule; its number where it is empty.
        kind: of question: "plan", "confirmation", "report" or "text".
        mode: of the task: "default", "deep_search" or "marketing".
        text: stands in the question's text, in either case of letters.
        most_steps: the plan has so many steps at most, those within steps counted.
        least_steps: it has so many at least.
        words: stand in a step's title or description.
        tools: the agents that do its steps.
        action: of a confirmation, as its words tell: `post`, `follow`, …, `other` where they tell none.
        target: of a confirmation: `@name` and addresses; `*` and `?` stand for letters.

    Raises:
        ConfigError: names what can't be used.

    Example:
        Rule(then="approve", kind="plan", most_steps=8)
    """

    then: Then
    say: str = ""
    name: str = ""
    kind: tuple[str, ...] = attrs.field(default=(), converter=_words)
    mode: tuple[str, ...] = attrs.field(default=(), converter=_words)
    text: tuple[str, ...] = attrs.field(default=(), converter=_words)
    most_steps: int | None = None
    least_steps: int | None = None
    words: tuple[str, ...] = attrs.field(default=(), converter=_words)
    tools: tuple[str, ...] = attrs.field(default=(), converter=_words)
    action: tuple[str, ...] = attrs.field(default=(), converter=_words)
    target: tuple[str, ...] = attrs.field(default=(), converter=_words)

    def __attrs_post_init__(self) -> None:
        fault = first_fault(self.to_dict(), "rule")
        if fault is not None:
            field = ".".join(map(str, fault.path)) or "rule"
            raise ConfigError(f"{field} {fault.reason}", field=field)
        self._refuse_misfits()

    def _refuse_misfits(self) -> None:
        """Refuse a rule that nothing could ever meet."""
        fitting = {kind for kind in _FITS[self.then] if not self.kind or kind in self.kind}
        for field, kind in _ONLY_OF.items():
            if getattr(self, field) not in ((), None):
                fitting &= {kind}
        if not fitting:
            about = ", ".join(f"`{field}`" for field in ("kind", *_ONLY_OF) if getattr(self, field) not in ((), None))
            raise ConfigError(f"`then: {self.then}` and {about} never meet: no question is both", field="then")
        if self.most_steps is not None and (self.least_steps or 0) > self.most_steps:
            raise ConfigError("`least_steps` is above `most_steps`: no plan has so many steps", field="least_steps")

    def matches(self, question: Question, mode: str) -> bool:
        """Tell whether everything that the rule names is so.

        Args:
            question: what the task asks.
            mode: the kind of task: one of `MODES`.
        """
        if question.kind not in _FITS[self.then]:
            return False
        return all(meets(self, question, mode) for meets in _MEETS)

    def names(self, actions: frozenset[str]) -> bool:
        """Tell whether it names all of these acts."""
        return actions <= frozenset(self.action)

    def to_dict(self) -> dict[str, Any]:
        """Return what the rule names, as a file would, ready for JSON."""
        told = attrs.asdict(self)
        given = {name: value for name, value in told.items() if value not in ("", (), None)}
        return {name: _written(value) for name, value in given.items()}

    def _covers(self, wanted: Iterable[str], fits: Callable[[str], bool]) -> bool:
        """What permits has to cover all that is wanted; what refuses or asks needs to meet one."""
        found = [fits(each) for each in wanted]
        return bool(found) and (all(found) if self.then == "approve" else any(found))


_ONLY_OF: Final = {
    "most_steps": QuestionKind.PLAN,
    "least_steps": QuestionKind.PLAN,
    "words": QuestionKind.PLAN,
    "tools": QuestionKind.PLAN,
    "action": QuestionKind.CONFIRMATION,
    "target": QuestionKind.CONFIRMATION,
}


# ---- what a rule looks at, a function each


def _kind(rule: Rule, question: Question, mode: str) -> bool:
    return not rule.kind or question.kind in rule.kind


def _mode(rule: Rule, question: Question, mode: str) -> bool:
    return not rule.mode or mode in rule.mode


def _text(rule: Rule, question: Question, mode: str) -> bool:
    return not rule.text or _holds(question.text, rule.text)


def _steps(rule: Rule, question: Question, mode: str) -> bool:
    if rule.most_steps is None and rule.least_steps is None:
        return True
    if question.plan is None:
        return False
    count = sum(1 for _ in question.plan.walk())
    most = count if rule.most_steps is None else rule.most_steps
    return (rule.least_steps or 0) <= count <= most


def _plan_words(rule: Rule, question: Question, mode: str) -> bool:
    if not rule.words or question.plan is None:
        return not rule.words
    return any(_holds(f"{step.title or ''}\n{step.description or ''}", rule.words) for _, step in question.plan.walk())


def _tools(rule: Rule, question: Question, mode: str) -> bool:
    if not rule.tools or question.plan is None:
        return not rule.tools
    wanted = {tool for _, step in question.plan.walk() for tool in step.agents or ()}
    return rule._covers(sorted(wanted), lambda tool: tool in rule.tools)


def _action(rule: Rule, question: Question, mode: str) -> bool:
    if not rule.action:
        return True
    return question.kind is QuestionKind.CONFIRMATION and rule._covers(
        actions_in(question.text), lambda action: action in rule.action
    )


def _target(rule: Rule, question: Question, mode: str) -> bool:
    if not rule.target:
        return True
    patterns = [pattern.casefold() for pattern in rule.target]
    return question.kind is QuestionKind.CONFIRMATION and rule._covers(
        targets_in(question.text), lambda target: any(fnmatchcase(target.casefold(), each) for each in patterns)
    )


_MEETS: Final = (_kind, _mode, _text, _steps, _plan_words, _tools, _action, _target)


def _holds(text: str, phrases: Iterable[str]) -> bool:
    lowered = text.casefold()
    return any(phrase.casefold() in lowered for phrase in phrases)
