"""Generation: the same bytes everywhere, whole, swapped in at once or not at all."""

from __future__ import annotations

import copy
import errno
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from codegen.documents import ASYNCAPI, OPENAPI, ROOT, Documents, operations
from codegen.errors import SpecError
from codegen.generate import PAGE, TARGET, check, generate
from codegen.merge import received
from codegen.parser import module_name
from codegen.swap import making_beside

from .trees import REAL, Mutation, contents, pruned, write

COMMITTED = contents(ROOT / TARGET)
SMALL = pruned(("/session/create", "/team/lists"), ("receiveText", "sendHeartbeat"))


def changed(mutation: Mutation) -> Documents:
    documents = copy.deepcopy(SMALL)
    mutation(documents)
    return documents


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small schema and what was generated from it."""
    root = write(tmp_path_factory.mktemp("made"), SMALL)
    generate(root)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of both that a test may break."""
    shutil.copytree(made, tmp_path / "root")
    return tmp_path / "root"


@pytest.fixture(scope="module")
def whole(made: Path) -> dict[str, bytes]:
    """What the tree holds before anything happens to it."""
    return contents(made / TARGET)


def test_another_folder_seed_locale_umask_and_settings_of_ruff_give_the_same_bytes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schema", tmp_path / "a folder" / "schema")
    (tmp_path / "ruff.toml").write_text("line-length = 40\nindent-width = 2\n", "utf-8")
    program = "import os, sys; from codegen.__main__ import main; os.umask(0o077); sys.exit(main(sys.argv[1:]))"
    hostile = {
        "PYTHONHASHSEED": "4711",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Asia/Tokyo",
    }

    subprocess.run(
        [sys.executable, "-c", program, "--root", str(tmp_path / "a folder"), "generate"],
        env={**os.environ, **hostile, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip

    assert contents(tmp_path / "a folder" / TARGET) == COMMITTED
    assert (tmp_path / "a folder" / PAGE).read_bytes() == (ROOT / PAGE).read_bytes()


def test_generating_anew_replaces_what_was_there_and_leaves_nothing_beside(root: Path, whole: dict[str, bytes]) -> None:
    (root / TARGET / "stale.py").write_text("", "utf-8")
    (root / TARGET / "client.py").write_text("changed", "utf-8")

    assert generate(root) == f"generated {len(whole)} files in {TARGET}"
    assert contents(root / TARGET) == whole
    assert [(root / TARGET)] == list((root / TARGET).parent.iterdir())


def test_every_file_tells_on_its_first_line_what_it_is_made_from() -> None:
    first_lines = {name: content.split(b"\n", 1)[0].decode() for name, content in COMMITTED.items()}

    unmarked = [name for name, line in first_lines.items() if "generated from schema/" not in line]
    assert unmarked == []
    assert [line for line in first_lines.values() if "run `make generate`" not in line] == []


def test_the_code_passes_the_formatter_with_the_settings_it_was_made_with() -> None:
    style = ["--isolated", "--no-cache", "--target-version", "py311", "--line-length", "120"]
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", *style, str(ROOT / TARGET)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


def test_check_is_content_with_the_tree_as_committed() -> None:
    assert check() == f"{len(COMMITTED)} files in {TARGET} are what the schema gives"


def test_check_names_every_file_that_is_missing_stale_or_different(root: Path) -> None:
    (root / TARGET / "events.py").unlink()
    (root / TARGET / "models" / "stale.py").write_text("", "utf-8")
    (root / PAGE).write_text("Another page.", "utf-8")
    (root / TARGET / "client.py").write_text((root / TARGET / "client.py").read_text("utf-8") + "\n", "utf-8")

    with pytest.raises(SpecError) as caught:
        check(root)

    assert caught.value.fault.splitlines() == [
        "is not what the schema gives; run `make generate`",
        "  missing: events.py",
        "  not generated: models/stale.py",
        "  different: client.py",
        "  different: docs/reference.md",
    ]


STRAYS = (".client.py.swp", "client.py~", "#client.py#", ".DS_Store", ".idea/modules.xml", "client.py.orig")


def test_what_an_editor_leaves_in_the_tree_is_no_fault(root: Path, whole: dict[str, bytes]) -> None:
    for name in STRAYS:
        (root / TARGET / name).parent.mkdir(exist_ok=True)
        (root / TARGET / name).write_text("", "utf-8")
    (root / TARGET / ".#client.py").symlink_to("somebody@somewhere.1234")  # how Emacs locks a file

    # Else it would name those that are taken for generated files.
    assert check(root) == f"{len(whole)} files in {TARGET} are what the schema gives"


def test_check_names_every_file_where_there_is_no_tree(root: Path, whole: dict[str, bytes]) -> None:
    shutil.rmtree(root / TARGET)

    with pytest.raises(SpecError) as caught:
        check(root)

    assert len(caught.value.fault.splitlines()) == 1 + len(whole)


def test_a_spec_that_fails_leaves_the_old_tree_as_it_was(root: Path, whole: dict[str, bytes]) -> None:
    path = root / OPENAPI
    path.write_text(path.read_text("utf-8").replace("operationId: list_teams", "operationId: create_session"), "utf-8")

    with pytest.raises(SpecError, match="create_session"):
        generate(root)

    assert contents(root / TARGET) == whole
    assert [(root / TARGET)] == list((root / TARGET).parent.iterdir())


def test_a_spec_that_the_lint_refuses_is_not_generated(root: Path) -> None:
    path = root / OPENAPI
    path.write_text(path.read_text("utf-8").replace("/schemas/TeamPage'", "/schemas/TeamPgae'"), "utf-8")

    with pytest.raises(SpecError, match="refers to #/components/schemas/TeamPgae, which is nowhere"):
        generate(root)


def test_a_schema_that_the_generator_would_drop_with_a_warning_stops_generation(tmp_path: Path) -> None:
    clash = {"allOf": [
        {"type": "object", "properties": {"a": {"type": "string", "description": "A."}}},
        {"type": "object", "properties": {"a": {"type": "boolean", "description": "A."}}},
    ], "description": "A clash.", "examples": [{}]}  # fmt: skip
    root = write(tmp_path, changed(lambda both: both.openapi["components"]["schemas"].update(Clash=clash)))

    with pytest.raises(SpecError) as caught:
        generate(root)

    assert "/components/schemas/Clash" in str(caught.value)
    assert not (root / TARGET).exists()


def test_names_that_break_the_code_stop_generation(tmp_path: Path) -> None:
    # One is called as the other becomes, since it would hide a function: two arguments of one name.
    told = {"in": "query", "schema": {"type": "string"}, "description": "A.", "example": "a"}
    parameters = [{"name": "query", **told}, {"name": "a", "x-python-name": "query_", **told}]
    root = write(
        tmp_path,
        changed(lambda both: both.openapi["paths"]["/session/create"]["post"].update(parameters=parameters)),
    )

    with pytest.raises(SpecError, match="gave code that does not pass"):
        generate(root)


def test_all_that_is_wrong_is_told_at_once(root: Path) -> None:
    path = root / OPENAPI
    text = path.read_text("utf-8").replace("summary: List teams", "summary: ''")
    path.write_text(text.replace("      - session\n", "      - sessions\n"), "utf-8")

    with pytest.raises(SpecError) as caught:
        generate(root)

    assert [(fault.rule, fault.place.rsplit("/", 2)[-2]) for fault in caught.value.faults] == [
        ("words", "~1team~1lists"), ("tag", "post"),
    ]  # fmt: skip


def test_a_full_disk_is_told_in_words_and_leaves_the_old_tree(
    root: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(path: Path, *_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_text", write)

    with pytest.raises(SpecError, match="can't be written: No space left on device; the tree is as it was"):
        generate(root)

    assert contents(root / TARGET) == whole
    assert sorted(path.name for path in root.iterdir()) == ["docs", "generated", "schema"]


@pytest.mark.parametrize("last_seen", ["", "models", "api", "events.py", "schema/openapi.json"])
def test_a_generation_that_is_killed_leaves_the_old_tree_and_the_next_one_cleans_up(
    root: Path, whole: dict[str, bytes], last_seen: str
) -> None:
    command = [sys.executable, "-m", "codegen", "--root", str(root), "generate"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(root.glob(f".generating-*/wyseos/generated/{last_seen}")):
            time.sleep(0.01)  # killed as soon as it has come so far
        process.kill()

    assert contents(root / TARGET) == whole
    assert [(root / TARGET)] == list((root / TARGET).parent.iterdir())
    with making_beside(root, root / TARGET):
        assert len(list(root.glob(".generating-*"))) == 1


def test_generation_is_whole() -> None:
    operation_modules = {
        f"api/{operation['tags'][0]}/{operation['operationId']}.py" for _, _, operation in operations(REAL.openapi)
    }
    schemas = {**REAL.openapi["components"]["schemas"], **REAL.asyncapi["components"]["schemas"]}
    model_modules = {
        f"models/{module_name(name)}.py"
        for name, schema in schemas.items()
        if name != "UploadFilesRequest" and schema.keys() & {"properties", "allOf", "enum"}
    }

    assert operation_modules - COMMITTED.keys() == set()
    assert model_modules - COMMITTED.keys() == set()
    assert {
        name.encode() for name in received(REAL.asyncapi) if f'"{name}"'.encode() not in COMMITTED["events.py"]
    } == set()
    assert {"schema/openapi.json", "schema/asyncapi.json", "py.typed"} <= COMMITTED.keys()


def test_both_documents_are_shipped_as_json_that_says_the_same() -> None:
    for name, document in ((OPENAPI, REAL.openapi), (ASYNCAPI, REAL.asyncapi)):
        shipped = json.loads(COMMITTED[f"schema/{Path(name).stem}.json"])
        assert {"x-generated": f"generated from {name}, run `make generate`", **document} == shipped
