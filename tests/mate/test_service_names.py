"""What a service loads: a blocking one what is called, an awaited one all that it may call."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.raw_server import RawServer, ok
from wyseos.mate.service_names import SERVICES

OPERATIONS = """
def operations():
    parts = [name.split(".") for name in sys.modules if name.startswith("wyseos.generated.api.")]
    return sorted(part[-1] for part in parts if len(part) > 4)
"""


def printed(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", f"import sys\n{OPERATIONS}{program}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_blocking_call_loads_its_own_operation_and_no_other() -> None:
    program = """
from wyseos.mate import Client
with Client(base_url=sys.argv[1], api_key="k") as client:
    service = client.session
    print(operations())
    service.get_info("s")
    print(operations())
    assert "wyseos.generated.models.message_page" not in sys.modules
"""
    with RawServer((ok({"session_id": "s"}),)) as server:
        assert printed(program, server.base_url).splitlines() == ["[]", "['get_session']"]


@pytest.mark.parametrize("home", SERVICES)
def test_an_awaited_service_has_all_that_its_methods_call(home: str) -> None:
    """Those named by their bodies: an awaited method that loaded one would hold the loop."""
    program = f"""
from wyseos.mate import AsyncClient
from wyseos.mate.service_names import is_ready
assert not is_ready({home!r})
service = AsyncClient(base_url="http://127.0.0.1:1", api_key="k").{home}
assert is_ready({home!r})
methods = [method for method in vars(type(service)).values() if hasattr(method, "__code__")]
named = {{name for method in methods for name in method.__code__.co_names}}
from pathlib import Path
import wyseos.generated.api
known = {{file.stem for folder in wyseos.generated.api.__path__ for file in Path(folder).glob("*/*.py")}}
print(sorted(named & known - set(operations())), len(operations()) > 0)
"""
    assert printed(program) == "[] True"
