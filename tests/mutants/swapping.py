"""Puts a changed module in the place of the original while all that uses it is loaded: its functions get other code."""

from __future__ import annotations

import ast
import gc
import sys
from collections import Counter
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType


def codes_in(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """Return the code of each function in a module, by its name and its number among those of that name."""
    counts = Counter[str]()
    found = {}
    for each in _walk(code):
        found[each.co_qualname, counts[each.co_qualname]] = each
        counts[each.co_qualname] += 1
    return found


def _walk(code: CodeType) -> Iterator[CodeType]:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield const
            yield from _walk(const)


def functions_of(path: str) -> list[FunctionType]:
    """Return all functions alive that stand in a file."""
    gc.collect()
    functions = (each for each in gc.get_objects() if type(each) is FunctionType)
    return [function for function in functions if function.__code__.co_filename == path]


def swap(functions: list[FunctionType], original: CodeType, changed: CodeType) -> int:
    """Give functions their changed code, and return how many have other code now.

    Raises:
        ValueError: a function can't have it, as it looks into its surroundings in another way.
    """
    names = {code: key for key, code in codes_in(original).items()}
    codes = codes_in(changed)
    swapped = 0
    for function in functions:
        code = function.__code__
        key = names.get(code)
        new = codes.get(key) if key is not None else None
        if new is not None and new != code:
            function.__code__ = new
            swapped += 1
    return swapped


def assign_anew(module: ModuleType, source: str, first: int) -> None:
    """Make the assignments of a changed module anew, from a line on, where they hang on the one in that line.

    Whoever has imported a name gets the new value.
    """
    changed: set[str] = set()
    for statement in ast.parse(source).body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.lineno < first:
            continue
        if statement.lineno > first and not changed & {
            node.id for node in ast.walk(statement) if isinstance(node, ast.Name)
        }:
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
        before = {name: module.__dict__[name] for name in names}
        exec(compile(ast.Module([statement], []), module.__file__ or "", "exec", dont_inherit=True), module.__dict__)
        for name, old in before.items():
            _hand_on(name, old, module.__dict__[name])
        changed |= names


def _hand_on(name: str, old: object, new: object) -> None:
    for module in list(sys.modules.values()):
        for known, value in list(getattr(module, "__dict__", {}).items()):
            if value is old and known.lstrip("_") == name.lstrip("_"):
                module.__dict__[known] = new
