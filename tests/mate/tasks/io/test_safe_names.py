"""Names of files that come from the service are made safe."""

from __future__ import annotations

import pytest

from wyseos.mate.tasks.io.safe_names import safe_name


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("answer.md", "answer.md"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("a/", "file"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("a\x00b\n.md", "a_b_.md"),
        ("gpj\u202e.exe", "gpj_.exe"),
        ("what? <1>", "what_ _1_"),
        ("отчёт.md", "отчёт.md"),
        ("\ud800.md", "?.md".replace("?", "_")),
        ("a." + "b" * 300, "a." + "b" * 198),
        ("ю" * 300 + ".md", "ю" * 98 + ".md"),
    ],
)
def test_a_name_of_the_service_is_made_safe(told: str, expected: str) -> None:
    assert safe_name(told) == expected
