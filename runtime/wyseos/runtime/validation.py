"""Checks of what the caller gives, before anything is sent; the rules come from the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from wyseos.runtime.errors import ValidationError
from wyseos.runtime.moments import zoned


class Rule(NamedTuple):
    """What the schema asks of one field or parameter."""

    field: str
    kinds: tuple[type, ...]
    """The accepted Python types; empty for any."""
    wanted: str
    """What to give, for the message: "a string", "a whole number", …"""
    required: bool = False
    min_length: int | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    values: tuple[str | int, ...] = ()
    item: Rule | None = None
    """What each element of a list must be."""


def check(value: Any, rule: Rule) -> None:
    """Hold a value against its rule.

    Raises:
        ValidationError: names the field, what it got and the remedy.
    """
    if value is None:
        if rule.required:
            raise _error(rule, "is missing")
        return
    if rule.kinds and (not isinstance(value, rule.kinds) or (isinstance(value, bool) and bool not in rule.kinds)):
        raise _error(rule, f"is {_kind(value)}")
    _check_size(value, rule)
    _check_range(value, rule)
    if rule.values and value not in rule.values:
        raise _error(rule, f"is {_shown(value)}")
    if rule.item is not None:
        for index, element in enumerate(value):
            check(element, rule.item._replace(field=f"{rule.field}[{index}]"))


def check_all(instance: Any, rules: Iterable[Rule]) -> None:
    """Hold each attribute of a request model against its rule; raises as `check` does."""
    for rule in rules:
        check(getattr(instance, rule.field), rule)


def check_each(rules: Iterable[Rule], *values: Any) -> None:
    """Hold each argument against its rule; raises as `check` does."""
    for rule, value in zip(rules, values, strict=True):
        check(value, rule)


def _check_size(value: Any, rule: Rule) -> None:
    if not isinstance(value, str | list | tuple):
        return
    if rule.min_length is not None and len(value) < rule.min_length:
        raise _error(rule, "is empty" if not value else f"has a length of {len(value)}")
    if rule.max_length is not None and len(value) > rule.max_length:
        raise _error(rule, f"has a length of {len(value)}")
    if rule.pattern is not None and isinstance(value, str) and not re.search(rule.pattern, value):
        raise _error(rule, f"is {_shown(value)}" if value.strip() else "is blank" if value else "is empty")


def _check_range(value: Any, rule: Rule) -> None:
    if rule.minimum is not None and value < rule.minimum:
        raise _error(rule, f"is {value}")
    if rule.maximum is not None and value > rule.maximum:
        raise _error(rule, f"is {value}")


def _error(rule: Rule, fault: str) -> ValidationError:
    return ValidationError(f"{rule.field} {fault}; give {rule.wanted}{_limits(rule)}", field=rule.field)


_VISIBLE = r"\S"


def _limits(rule: Rule) -> str:
    if rule.values:
        return ": " + ", ".join(repr(value) for value in rule.values)
    if rule.minimum is not None and rule.maximum is not None:
        return f" from {rule.minimum} to {rule.maximum}"
    unit = "character" if str in rule.kinds else "element"
    told = (
        ("with at least one visible character", rule.pattern == _VISIBLE),
        (f"that matches {rule.pattern}", rule.pattern not in (None, _VISIBLE)),
        (f"of at least {rule.minimum}", rule.minimum is not None),
        (f"of at most {rule.maximum}", rule.maximum is not None),
        (f"of at least {_counted(rule.min_length, unit)}", rule.min_length is not None),
        (f"of at most {_counted(rule.max_length, unit)}", rule.max_length is not None),
    )
    words = " and ".join(text for text, given in told if given)
    return f" {words}" if words else ""


def _counted(count: int | None, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _kind(value: Any) -> str:
    return {str: "a string", bool: "a boolean", int: "a whole number", float: "a number", list: "a list"}.get(
        type(value), f"of type {type(value).__name__}"
    )


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"


# What httpx would fold away ("." and ".."), what would make an empty segment, and control characters (security row 5).
_DOTS = frozenset({"", ".", ".."})


def segment(field: str, value: Any) -> str:
    """Quote an id for its place in a path, so that it can't leave it.

    Args:
        field: the parameter's name, for the message.
        value: the id, a string or a whole number.

    Raises:
        ValidationError: if it is empty, `.`, `..`, of another type, or holds control characters or lone surrogates.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValidationError(f"{field} is {_kind(value)}; give an id as the service sent it", field=field)
    written = str(value)
    if written in _DOTS or any(ord(character) < 32 or 127 <= ord(character) < 160 for character in written):
        fault = "is empty" if not written else "is no id (a dot segment or a control character)"
        raise ValidationError(f"{field} {fault}; give an id as the service sent it", field=field)
    if is_torn(written):
        raise ValidationError(f"{field} holds a lone surrogate; give an id as the service sent it", field=field)
    return quote(written, safe="")


def query(parameters: dict[str, Any]) -> dict[str, str]:
    """Write query parameters and form fields as text, leaving out those that are None.

    Raises:
        ValidationError: if a text holds a lone surrogate, which no URL and no form can carry.
    """
    return {name: _sent(name, value) for name, value in parameters.items() if value is not None}


def repeated(parameters: dict[str, Any]) -> dict[str, list[str]]:
    """Write query parameters that are lists, each element by itself; those that are None or empty are left out.

    Raises:
        ValidationError: as `query` does.
    """
    return {name: [_sent(name, value) for value in values] for name, values in parameters.items() if values}


def joined(field: str, separator: str, values: Any) -> str | None:
    """Write a list as one text; None where it is None or empty.

    Args:
        field: the parameter's name, for the message.
        separator: what stands between the elements.
        values: the list.

    Raises:
        ValidationError: an element holds the separator, so that it would be read as two.
    """
    written = [_sent(field, value) for value in values or ()]
    if any(separator in text for text in written):
        raise ValidationError(f"{field} holds {separator!r} in an element, which separates them", field=field)
    return separator.join(written) if written else None


def headers(parameters: dict[str, Any], cookies: dict[str, Any] | None = None) -> dict[str, str]:
    """Write header parameters as text, and cookies as one header; those that are None are left out.

    Raises:
        ValidationError: a text holds what no header, or no cookie, can carry.
    """
    written = {name: _query_text(value) for name, value in parameters.items() if value is not None}
    crumbs = {name: _query_text(value) for name, value in (cookies or {}).items() if value is not None}
    for pattern, given, what in ((_HEADER, written, "header"), (_COOKIE, crumbs, "cookie")):
        for name, text in given.items():
            if not re.fullmatch(pattern, text):
                raise ValidationError(f"{name} holds a character that no {what} may have", field=name)
    return {**written, "Cookie": "; ".join(f"{name}={text}" for name, text in crumbs.items())} if crumbs else written


# Patterns are texts: each is compiled when something is first held against it, which in most programs nothing is.
_HEADER = r"([\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?)?"  # no space at an end: nobody would see it
_COOKIE = r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*"  # RFC 6265


def parts(files: dict[str, Any]) -> list[tuple[str, Any]]:
    """Give the parts of a form's files, each a FilePart or a list of them; those that are None are left out."""
    return [
        (name, part)
        for name, given in files.items()
        for part in (given if isinstance(given, list | tuple) else [given])
        if part is not None
    ]


def is_torn(text: str) -> bool:
    """Whether a text holds a lone surrogate, for which UTF-8 has no bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _sent(name: str, value: Any) -> str:
    text = _query_text(value)
    if is_torn(text):
        raise ValidationError(f"{name} holds a lone surrogate; give text that can be sent", field=name)
    return text


def _query_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        # A moment without a zone is the caller's local time; the service reads RFC 3339 with one.
        return zoned(value).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
