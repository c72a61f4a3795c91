"""Documents that would have no end are refused at once, with their line."""

from __future__ import annotations

import pytest
from yaml import MarkedYAMLError

from codegen import strict_yaml


def test_aliases_of_aliases_are_refused_before_any_is_built() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]

    with pytest.raises(MarkedYAMLError) as caught:
        strict_yaml.loads("\n".join(lines).encode())

    assert caught.value.problem == "*a0 is an alias; write out what it stands for, or share it by $ref"
    assert caught.value.problem_mark is not None
    assert caught.value.problem_mark.line == 1


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(MarkedYAMLError, match="nests deeper than 100 levels"):
        strict_yaml.loads(b"[" * 150 + b"]" * 150)
