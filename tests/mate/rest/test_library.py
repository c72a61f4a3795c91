"""Which HTTP library is used: httpx2 where it is installed, else httpx; a transport of one's own decides for itself.

Here httpx2 is as if it were not installed, unless `WYSE_TESTS_HTTP` says so; the last test runs all of this on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.faces import Ask, both_faces
from wyseos.mate import AsyncClient
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import ConfigError
from wyseos.mate.rest.deadline import DeadlineBackend
from wyseos.mate.rest.library import NAMES, Library, library, library_of

ROOT = Path(__file__).parents[3]
THERE = [name for name in NAMES if sys.modules.get(name, ...) is not None]
# What goes over the transport: its tests run on the library that is not this process's too.
OF_THE_TRANSPORT = [
    "tests/mate/rest/test_faults_rest.py",
    "tests/mate/rest/test_failures.py",
    "tests/mate/rest/test_cancellation.py",
    "tests/mate/rest/test_library.py",
]
# Of pytest's plugins; their start takes longer than some of the tests.
UNNEEDED = [f"-pno:{name}" for name in ("cacheprovider", "schemathesis", "pytest_cov")]


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


USED = "from wyseos.mate.rest.library import library; print(library().http.__name__, library().core.__name__)"


def test_httpx2_is_used_where_it_is_installed() -> None:
    assert run(USED, WYSE_TESTS_HTTP="httpx2") == "httpx2 httpcore2"


def test_httpx_is_used_where_httpx2_is_not_installed() -> None:
    assert run(USED, WYSE_TESTS_HTTP="httpx") == "httpx httpcore"


def test_neither_is_loaded_before_the_first_connection() -> None:
    code = "import sys; from wyseos.mate import Client; Client(api_key='k'); print({'httpx', 'h11'} & set(sys.modules))"
    assert run(code) == "set()"


@pytest.mark.parametrize("name", THERE)
@both_faces
def test_a_transport_of_ones_own_is_spoken_to_in_the_library_that_it_was_made_with(ask: Ask, name: str) -> None:
    made: Any = Library.load(name).http
    seen: list[Any] = []

    def answer(request: Any) -> Any:
        seen.append(request)
        return made.Response(200, json={"code": 0, "msg": "", "data": {"session_id": "s"}})

    transport = made.MockTransport(answer)
    assert library_of(transport).http is made
    assert ask(lambda client: client.session.get_info("s"), transport=transport).session_id == "s"
    assert [type(request) for request in seen] == [made.Request]


@pytest.mark.parametrize("name", THERE)
async def test_an_awaited_call_searches_the_disk_for_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    searched = []

    class Searches:
        def find_spec(self, module: str, *_: object) -> None:
            searched.append(module)

    monkeypatch.delitem(sys.modules, "sniffio", raising=False)
    transport = Library.load(name).http.AsyncHTTPTransport()
    with Emulator(speed=0) as emulator:
        async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key, transport=transport) as client:
            await client.team.get_list()
            monkeypatch.setattr(sys, "meta_path", [Searches(), *sys.meta_path])
            await client.team.get_list()
    assert searched == []


def test_where_sniffio_was_imported_it_is_asked_which_loop_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    Library.load("httpx")
    home = sys.modules["httpcore._synchronization"]
    monkeypatch.setitem(sys.modules, "sniffio", SimpleNamespace(current_async_library=lambda: "curio"))
    with pytest.raises(RuntimeError, match="unsupported async environment"):
        home.current_async_library()


def test_what_is_no_transport_is_told() -> None:
    from wyseos.mate import Client

    with (
        Client(api_key="k", transport=object()) as client,
        pytest.raises(ConfigError, match="transport must be an httpx"),
    ):
        client.session.get_info("s")


@pytest.mark.parametrize("name", THERE)
def test_the_place_of_the_sockets_is_where_it_is_looked_for(name: str) -> None:
    below = Library.load(name)
    with below.http.HTTPTransport(verify=False) as transport:
        below.set_backend(transport, lambda sockets: DeadlineBackend(below.core, sockets))
        assert type(transport._pool._network_backend) is DeadlineBackend


def test_a_library_that_keeps_its_sockets_elsewhere_is_told_aloud() -> None:
    with pytest.raises(
        ConfigError, match=r"httpx2? \d+\.\d+.* makes its connections in a way that this SDK does not know"
    ):
        library().set_backend(object(), lambda sockets: sockets)


@pytest.mark.skipif(THERE != ["httpx"], reason="this is the run on the other library")
def test_the_transport_keeps_its_promises_on_httpx2_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *UNNEEDED, *OF_THE_TRANSPORT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "WYSE_TESTS_HTTP": "httpx2"},
    )
    assert done.returncode == 0, done.stdout[-3000:]
