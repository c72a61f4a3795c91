"""Each module has its tests at the mirrored place: `rest/retry.py` of mate in `tests/mate/rest/test_retry.py`."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIRRORS = {"mate/wyseos/mate": "tests/mate", "runtime/wyseos/runtime": "tests/runtime", "codegen": "tests/codegen"}

# What only a larger whole can show. Each file of tests, why it is the place, and the modules that it shows.
SHOWN_BY = {
    "tests/codegen/test_main.py": ("an exception, shown where it stops a command", "codegen/errors"),
    "tests/mate/batch/test_batch.py": (
        "a batch is seen as a whole, at the service and in its journal",
        *("batch/client_methods", "batch/coordinator", "batch/handles", "batch/ledger", "batch/outcome", "batch/run"),
    ),
    "tests/mate/batch/test_executors.py": ("workers of several kinds", "batch/slices", "batch/work"),
    "tests/mate/batch/test_journal.py": ("who has a journal is told beside it", "batch/hold"),
    "tests/mate/batch/test_sources.py": ("rows of files become items", "batch/items"),
    "tests/mate/cli/test_invocation.py": ("mistakes in a command line", "cli/parameters"),
    "tests/mate/cli/test_app.py": ("a process, with its signals and exit codes", "cli/program"),
    "tests/mate/emulator/schemas/test_checking.py": (
        "a schema is shown by what it refuses",
        *("emulator/faults/kinds", "emulator/schemas/fault_schema", "emulator/schemas/scenario_schema"),
    ),
    "tests/mate/emulator/test_outsiders.py": ("a context is seen as events", "emulator/scenario/context"),
    "tests/mate/emulator/server/test_websocket.py": (
        "a session is seen by whoever is connected to it",
        *("emulator/scenario/plans", "emulator/state/session"),
    ),
    "tests/mate/emulator/server/test_rest.py": (
        "parts of every answer",
        *("emulator/server/app", "emulator/server/refusal", "emulator/server/service"),
    ),
    "tests/mate/emulator/server/endpoints/test_sessions.py": ("long lists", "emulator/server/endpoints/paging"),
    "tests/mate/emulator/server/endpoints/test_products.py": ("seen by REST alone", "emulator/state/products"),
    "tests/mate/emulator/test_whole_answers.py": ("seen by REST alone", "emulator/state/service_state"),
    "tests/mate/emulator/faults/test_requests.py": ("odd answers are faults on order", "emulator/server/quirks"),
    "tests/mate/emulator/faults/test_frames.py": ("only a cut shows it", "emulator/server/transport"),
    "tests/mate/reports/test_session.py": ("seen as a page", "reports/stored"),
    "tests/mate/rest/test_faults_rest.py": ("rows 5 and 6 of the faults", "rest/deadline"),
    "tests/mate/rest/test_name_lookup.py": ("a thread is shown by what nobody waits for", "threads"),
    "tests/mate/services/test_services.py": (
        "a table of all calls",
        *("services/agent", "services/marketing", "services/team"),
    ),
    "tests/mate/tasks/io/test_connection.py": (
        "a connection as a whole, to a real service",
        *("tasks/io/receiving", "tasks/io/unopened"),
    ),
    "tests/mate/tasks/test_faults_tasks.py": (
        "what performs the protocol is shown by what goes wrong",
        *("tasks/io/driver", "tasks/io/history", "tasks/io/interfaces"),
    ),
    "tests/mate/tasks/test_starting.py": ("tasks end with their client", "rest/dependent"),
    "tests/mate/tasks/test_launch.py": ("attaching to a session that is over", "tasks/stored"),
    "tests/mate/tasks/test_later.py": ("questions of a session", "tasks/open_question"),
    "tests/mate/terminal/test_conversation.py": ("what is typed in a real terminal", "terminal/lines"),
    "tests/mate/terminal/test_watch.py": ("keys in a real terminal", "terminal/feed", "terminal/keyboard"),
    "tests/test_dependency.py": ("a hook that PyInstaller runs", "frozen/hook-wyseos.mate"),
    "tests/codegen/test_rules.py": (
        "each rule has its bad document there",
        *("codegen/guard_parameters", "codegen/lint_examples", "codegen/lint_messages", "codegen/lines"),
    ),
    "tests/codegen/changes/test_program.py": (
        "a change of the API is told as a whole",
        *(f"codegen/changes/{name}" for name in ("baseline", "changelog", "report", "surface", "uses")),
    ),
    "tests/codegen/scaffold/test_program.py": (
        "a draft as a whole",
        "codegen/scaffold/facts",
        "codegen/scaffold/insert",
    ),
    "tests/codegen/importing/test_program.py": (
        "a document from elsewhere as a whole",
        *(
            f"codegen/importing/{name}"
            for name in ("notes", "operations", "postman", "read", "samples", "schemas", "swagger")
        ),
    ),
    "tests/mate/test_plan.py": ("the states of plans", "plan_states"),
    "tests/security/test_row_20_tapes.py": ("what the recorder asks, and of whom", "testing/upstream"),
    "tests/security/test_row_14_beside_a_browser.py": ("a row of the security table", "emulator/server/this_machine"),
    "tests/security/test_row_16_planted_settings.py": ("the line that a warning names", "settings/stack"),
    "tests/security/test_row_18_yaml.py": ("a row of the security table", "settings/safe_yaml"),
}
ELSEWHERE = sorted(module for _, *modules in SHOWN_BY.values() for module in modules)


def behaves(path: Path) -> bool:
    """Whether a module has a function at all; what has none is shown by those that use it."""
    tree = ast.parse(path.read_text("utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree))


def places() -> dict[str, Path]:
    """The place of the tests of each module with behaviour."""
    found = {}
    for folder, tests in MIRRORS.items():
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != "__init__.py" and behaves(path):
                below = path.relative_to(ROOT / folder)
                name = path.relative_to(ROOT) if folder == "codegen" else below
                found[name.with_suffix("").as_posix()] = (
                    ROOT / tests / below.with_name(f"test_{below.stem.strip('_')}.py")
                )
    return found


def test_a_module_has_its_tests_at_the_mirrored_place_or_says_which_show_it() -> None:
    assert sorted(module for module, tests in places().items() if not tests.is_file()) == ELSEWHERE


def test_what_shows_a_module_is_there() -> None:
    assert [tests for tests in SHOWN_BY if not (ROOT / tests).is_file()] == []


def test_no_file_of_tests_is_longer_than_one_can_take_in() -> None:
    lengths = {path: path.read_text("utf-8").count("\n") for path in (ROOT / "tests").rglob("test_*.py")}
    assert {path.name: length for path, length in lengths.items() if length > 400} == {}
