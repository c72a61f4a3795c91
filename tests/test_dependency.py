"""What others build on: all that is imported is declared; the package works frozen, zipped, optimized and unheard."""

from __future__ import annotations

import ast
import logging
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import zipapp
from collections.abc import Iterator
from importlib.metadata import entry_points, packages_distributions
from pathlib import Path

import pytest

from wyseos.mate import Client
from wyseos.mate.errors import ConfigError
from wyseos.mate.extras import check_replaced

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("mate/wyseos", "generated/wyseos", "runtime/wyseos")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# The plugin, a module of ours, is loaded by pytest itself, and the hook by PyInstaller.
LOADED_BY = {"pytest", "PyInstaller", "wyseos_pytest"}
TASK = """
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
with Emulator() as emulator, Client(api_key=emulator.api_key, base_url=emulator.base_url) as client:
    print(client.run("Find three trends").final_answer is not None, client.team.get_list().total)
"""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> Iterator[tuple[str, Path]]:
    for root in SHIPPED:
        for path in sorted((ROOT / root).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    yield from ((alias.name.partition(".")[0], path) for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.partition(".")[0], path


def test_what_is_imported_is_declared() -> None:
    needs = [*PROJECT["dependencies"], *(need for extra in PROJECT["optional-dependencies"].values() for need in extra)]
    declared = {normal(re.split(r"[\[<>=;! ]", need)[0]) for need in needs}
    found = packages_distributions()
    undeclared = {
        f"{path.relative_to(ROOT)} imports {name}"
        for name, path in imported()
        if name not in sys.stdlib_module_names and name != "wyseos" and name not in LOADED_BY
        if declared.isdisjoint(map(normal, found.get(name, [name])))
    }
    assert undeclared == set()


@pytest.mark.parametrize("library", ["httpx", "httpcore", "websockets", "uvicorn", "httpx2"])
def test_a_library_whose_private_names_or_classes_are_built_on_has_an_upper_bound(library: str) -> None:
    needs = [*PROJECT["dependencies"], *(need for extra in PROJECT["optional-dependencies"].values() for need in extra)]
    assert any(re.fullmatch(rf"{library}>=[\d.]+,<\d+", need) for need in needs)


def test_a_library_that_lost_what_is_replaced_is_told_aloud() -> None:
    with pytest.raises(
        ImportError, match=r"its JSONDecoder has no sing\. Install a version that the SDK allows"
    ) as told:
        check_replaced(__import__("json").JSONDecoder, "decode", "sing")
    assert told.value.name == "json"


def test_each_python_that_is_supported_is_looked_for_by_make_and_told() -> None:
    told = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    assert told == ["3.11", "3.12", "3.13", "3.14"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [each for each in told if f"python{each}" not in makefile] == []


def test_a_program_that_set_up_no_logging_hears_nothing() -> None:
    program = (
        "import logging; from wyseos.mate import Client; import wyseos.mate.tasks.io.driver; "
        "logging.getLogger('wyseos.mate').warning('x'); logging.getLogger('wyseos.mate.tasks').warning('x')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    assert any(isinstance(each, logging.NullHandler) for each in logging.getLogger("wyseos.mate").handlers)


def test_a_file_of_certificates_that_is_gone_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/gone.pem")
    told = r"SSL_CERT_FILE /gone\.pem cannot be used: No such file"
    with Client(api_key="k", base_url="https://127.0.0.1:1") as client, pytest.raises(ConfigError, match=told):
        client.team.get_list()


def test_a_service_without_tls_needs_no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.support.raw_server import RawServer, ok

    monkeypatch.setenv("SSL_CERT_FILE", "/gone.pem")
    with RawServer((ok({"session_id": "s"}),)) as server, Client(api_key="k", base_url=server.base_url) as client:
        assert client.session.get_info("s").session_id == "s"


@pytest.mark.parametrize("flag", ["-O", "-OO"])
def test_a_task_runs_without_assertions_and_docstrings(flag: str) -> None:
    done = subprocess.run([sys.executable, flag, "-c", TASK], capture_output=True, text=True, check=True)
    assert done.stdout == "True 3\n"


def test_a_task_runs_out_of_a_zip(tmp_path: Path) -> None:
    folder = tmp_path / "app"
    for root in SHIPPED:
        shutil.copytree(
            ROOT / root, folder / "wyseos", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    reads = "from wyseos.mate.reports import pages; import wyseos.mate; assert '.pyz' in wyseos.mate.__file__\n"
    (folder / "__main__.py").write_text(reads + TASK)
    zipapp.create_archive(folder, tmp_path / "app.pyz")
    # The script's place comes first: the package in the zip wins over the one that is installed.
    done = subprocess.run(
        [sys.executable, tmp_path / "app.pyz"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout == "True 3\n", done.stderr


def test_a_frozen_program_takes_all_along_that_is_loaded_when_it_is_used() -> None:
    """What PyInstaller reads of the package, found as PyInstaller finds it."""
    (point,) = (each for each in entry_points(group="pyinstaller40") if each.value.startswith("wyseos."))
    (hook,) = (path for folder in point.load()() for path in Path(folder).glob("hook-*.py"))
    assert hook.name == "hook-wyseos.mate.py"
    told = runpy.run_path(str(hook))
    modules = set(told["hiddenimports"])
    assert {
        "wyseos.mate.services.session",
        "wyseos.mate.tasks.launch",
        "wyseos.generated.models.session_info",
    } <= modules
    assert {"httpx", "httpcore", "wyseos.runtime.codec", "wyseos.mate.emulator.server.app"} <= modules
    assert [name for name in modules if "testing" in name or "frozen" in name] == []
    data = {Path(source).name for source, _ in told["datas"]}
    assert {"openapi.json", "asyncapi.json", "default.yaml", "session.html", "page.css", "status.html"} <= data
