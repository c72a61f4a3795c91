"""A policy: rules in their order, from a file or made in Python. It decides, and asks nobody. Pure but for `load`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import attrs

from wyseos.mate.errors import ConfigError
from wyseos.mate.policy.check import first_fault
from wyseos.mate.policy.public_acts import actions_in
from wyseos.mate.policy.rule import Rule
from wyseos.mate.tasks.protocol.local_events import PolicyDecision
from wyseos.mate.tasks.protocol.questions import QuestionKind

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.questions import Question


def _in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rules)


@attrs.frozen
class Policy:
    """Rules that answer a task's questions; the first one that fits decides.

    What would become public or cannot be undone is never approved unless the deciding rule names it by `action`: a
    person is asked instead.

    Args:
        rules: in their order.
        default: what is done where none fits: "ask" a person, or "stop" the task.

    Raises:
        ConfigError: names what can't be used.

    Example:
        policy = Policy([Rule(then="approve", kind="plan", most_steps=8)])
        client.run("Prepare a launch", policy=policy)
    """

    rules: tuple[Rule, ...] = attrs.field(default=(), converter=_in_order)
    default: Literal["ask", "stop"] = "ask"

    def __attrs_post_init__(self) -> None:
        for number, rule in enumerate(self.rules):
            if not isinstance(rule, Rule):
                raise ConfigError(f"rules[{number}] is a {type(rule).__name__}; give Rule(then=…)", field="rules")
        _refuse(self.to_dict(), "The policy", {})

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Read a policy from a file of YAML or JSON.

        Args:
            path: the file.

        Raises:
            ConfigError: it can't be read or used; names the line and why.

        Example:
            policy = Policy.load("policy.yaml")
        """
        from wyseos.mate.settings.safe_yaml import YamlFault, lines_of, load_yaml

        try:
            text = Path(path).read_text("utf-8")
            given = load_yaml(text)
        except FileNotFoundError:
            raise ConfigError(f"The policy {path} does not exist: write it, or name another one.") from None
        except OSError as error:
            raise ConfigError(f"The policy {path} cannot be read ({error.strerror}): name a readable file.") from None
        except UnicodeDecodeError:
            raise ConfigError(f"The policy {path} is not UTF-8 text: save it as UTF-8.") from None
        except YamlFault as fault:
            raise ConfigError(f"The policy {path} {fault}.") from None
        return cls._read(given, f"The policy {path}", lines_of(text))

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Self:
        """Make a policy of what a file would hold, decoded.

        Raises:
            ConfigError: it can't be used; names the place and why.
        """
        return cls._read(dict(given), "The policy", {})

    @classmethod
    def _read(cls, given: Any, name: str, lines: Mapping[tuple[str | int, ...], int]) -> Self:
        _refuse(given, name, lines)
        rules = []
        for number, row in enumerate(given["rules"]):
            try:
                rules.append(Rule(**row))
            except ConfigError as error:
                where = _place(("rules", number), lines)
                raise ConfigError(f"{name}, {where}: {error.message}.", field=error.field) from None
        return cls(rules, given.get("default", "ask"))

    def to_dict(self) -> dict[str, Any]:
        """Return the policy as a file would hold it, ready for JSON."""
        return {"version": 1, "default": self.default, "rules": [rule.to_dict() for rule in self.rules]}

    @property
    def needs_mode(self) -> bool:
        """Whether the kind of task matters to it."""
        return any(rule.mode for rule in self.rules)

    def decide(self, question: Question, mode: str = "default") -> PolicyDecision:
        """Return what is decided about a question.

        Args:
            question: what the task asks.
            mode: the kind of task: "default", "deep_search" or "marketing".
        """
        for number, rule in enumerate(self.rules, 1):
            if rule.matches(question, mode or "default"):
                return _decision(rule, rule.name or f"rule {number}", question)
        return _told(question, self.default, "default", why="no rule fits")


def _decision(rule: Rule, name: str, question: Question) -> PolicyDecision:
    if rule.then == "approve" and question.kind is QuestionKind.CONFIRMATION:
        wanted = actions_in(question.text)
        if not rule.names(wanted):
            why = f"it cannot be undone, and the rule does not name {', '.join(sorted(wanted))}"
            return _told(question, "ask", name, why=why)
    return _told(question, rule.then, name, say=rule.say)


def _told(question: Question, decision: Any, rule: str, *, say: str = "", why: str = "") -> PolicyDecision:
    return PolicyDecision(
        decision=decision,
        rule=rule,
        kind=str(question.kind),
        request_id=question.request_id,
        question=question.text,
        say=say,
        why=why,
    )


def _refuse(given: object, name: str, lines: Mapping[tuple[str | int, ...], int]) -> None:
    fault = first_fault(given)
    if fault is None:
        return
    field = next((key for key in reversed(fault.path) if isinstance(key, str)), "")
    what = f"`{field}` {fault.reason}" if field and len(fault.path) != 2 else f"it {fault.reason}"
    where = _place(fault.path, lines)
    raise ConfigError(f"{name}, {where}: {what}." if where else f"{name}: {what}.", field=field or "rules")


def _place(path: Iterable[str | int], lines: Mapping[tuple[str | int, ...], int]) -> str:
    """Return where something stands: its line, and its rule."""
    place = path = tuple(path)
    while place and place not in lines:
        place = place[:-1]
    known = lines.get(place)
    rule = f"rule {path[1] + 1}" if len(path) > 1 and isinstance(path[1], int) else ""
    return ", ".join(filter(None, (f"line {known}" if known is not None else "", rule)))
