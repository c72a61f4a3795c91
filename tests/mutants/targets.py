"""What is mutated, and which tests are to notice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROTOCOL = "mate/wyseos/mate/tasks/protocol"

SOME_SESSIONS = "tests/mutants/some_sessions.py"
_PROTOCOL_TESTS = ("tests/mate/tasks/protocol", SOME_SESSIONS)
_RUNTIME_TESTS = (
    "tests/runtime/test_codec.py",
    "tests/runtime/test_reading.py",
    "tests/runtime/test_model.py",
    "tests/runtime/test_dumping.py",
    "tests/generated/test_events.py",
    "tests/generated/test_models.py",
)

TESTS: dict[str, tuple[str, ...]] = {
    PROTOCOL: _PROTOCOL_TESTS,
    "mate/wyseos/mate/backoff.py": ("tests/mate/test_backoff.py", "tests/mate/rest/test_retry.py"),
    "mate/wyseos/mate/rest/retry.py": ("tests/mate/rest/test_retry.py",),
    "mate/wyseos/mate/rest/flow.py": ("tests/mate/rest/test_flow.py",),
    "mate/wyseos/mate/pages.py": ("tests/mate/test_pages.py",),
    "runtime/wyseos/runtime/codec.py": _RUNTIME_TESTS,
    "runtime/wyseos/runtime/reading.py": _RUNTIME_TESTS,
    "generated/wyseos/generated/events.py": _RUNTIME_TESTS,
    "mate/wyseos/mate/policy": ("tests/mate/policy", "tests/mate/tasks/test_policies.py"),
}
"""A folder or a module, and its tests."""

LEFT_OUT = (
    # They take seconds each, for what quick ones beside them show as well.
    "test_ten_thousand_missed_messages",
    "test_nothing_is_lost_doubled_or_done_twice",
    "test_some_sessions_are_played_here_too",
    # They run programs.
    "test_every_call_goes_on_in_frozen_time",
)


@dataclass(frozen=True)
class Target:
    """One module, and the tests that are to notice its changes."""

    path: str
    tests: tuple[str, ...]

    @property
    def file(self) -> Path:
        """Where it lies."""
        return ROOT / self.path

    @cached_property
    def source(self) -> bytes:
        """Its text, as it was when the run began."""
        return self.file.read_bytes()

    @property
    def module(self) -> str:
        """Its name when it is imported."""
        return self.path.removesuffix(".py").partition("/")[2].replace("/", ".").removesuffix(".__init__")


def targets(wanted: tuple[str, ...] = ()) -> list[Target]:
    """Return the modules whose path holds one of the wanted words, all where none are."""
    found = []
    for place, tests in TESTS.items():
        files = sorted((ROOT / place).glob("*.py")) if (ROOT / place).is_dir() else [ROOT / place]
        found += [Target(file.relative_to(ROOT).as_posix(), tests) for file in files]
    if not wanted:
        return found
    return list(dict.fromkeys(target for word in wanted for target in found if word in target.path))
