"""YAML that means the same in JSON."""

from __future__ import annotations

import runpy

import pytest
import yaml
from yaml import MarkedYAMLError

from codegen import strict_yaml


def test_plain_yaml_is_read_as_json_would_be() -> None:
    assert strict_yaml.loads(b"a: [1, 1.5, true, null, '2025']\nb: {'200': x}\n") == {
        "a": [1, 1.5, True, None, "2025"],
        "b": {"200": "x"},
    }


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("a: 1\na: 2", 2, "a is there twice"),
        ("a:\n  b: 1\n  c: 1\n  b: 2", 4, "b is there twice"),
        ("200: x", 1, "200 is a key, but no string; quote it"),
        ("a: 1\non: x", 2, "on is a key, but no string; quote it"),
        ("a: 2025-01-01", 1, "2025-01-01 is read as a date; quote it"),
        ("a: [2025-01-01T00:00:00Z]", 1, "2025-01-01T00:00:00Z is read as a date; quote it"),
    ],
)
def test_what_json_would_hold_otherwise_is_refused_with_its_line(text: str, line: int, fault: str) -> None:
    with pytest.raises(MarkedYAMLError) as caught:
        strict_yaml.loads(text.encode())

    assert caught.value.problem_mark is not None
    assert (line, fault) == (caught.value.problem_mark.line + 1, caught.value.problem)


def test_it_means_the_same_without_the_compiled_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    loads = runpy.run_path(strict_yaml.__file__)["loads"]

    assert loads(b"a: [1, null]") == {"a": [1, None]}
    with pytest.raises(MarkedYAMLError, match="is there twice"):
        loads(b"a: 1\na: 2")


@pytest.mark.parametrize("text", ["!!python/object/apply:os.getcwd []", "!!python/name:os.system ''"])
def test_no_code_runs(text: str) -> None:
    with pytest.raises(MarkedYAMLError, match="could not determine a constructor"):
        strict_yaml.loads(text.encode())
