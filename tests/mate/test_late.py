"""A service that is named on an event loop, before it is loaded."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from inspect import isasyncgen, iscoroutinefunction

import pytest

from tests.support.raw_server import RawServer, ok
from wyseos.mate import AsyncClient
from wyseos.mate.late import LateService
from wyseos.mate.service_names import ASKING, SERVICES


@pytest.mark.parametrize("home", SERVICES)
def test_the_methods_that_ask_are_known_before_their_service_is(home: str) -> None:
    kind = vars(getattr(import_module(f"wyseos.mate.services.{home}"), f"Async{SERVICES[home]}"))
    public = {name for name in kind if not name.startswith("_")}
    awaited = {name for name in public if iscoroutinefunction(kind[name])}
    assert awaited | {name for name in public if name.startswith("iter_")} == set(ASKING[home])
    assert {name for name in ASKING[home] if not name.startswith("iter_")} == awaited


def late(client: AsyncClient) -> LateService:
    return LateService("team", lambda: client.team)


async def test_its_methods_do_what_those_of_the_service_do() -> None:
    page = ok({"page_num": 1, "page_size": 20, "total": 1, "total_page": 1, "data": [{"team_id": "t"}]})
    with RawServer((page,)) as server:
        async with AsyncClient(api_key="k", base_url=server.base_url) as client:
            assert (await late(client).get_list(page_size=20)).data[0].team_id == "t"
            assert [team.team_id async for team in late(client).iter_list(limit=1)] == ["t"]


def test_it_looks_like_the_service() -> None:
    service = late(AsyncClient(api_key="k"))
    assert iscoroutinefunction(service.get_list)
    assert isasyncgen(service.iter_list())
    assert set(ASKING["team"]) < set(dir(service))
    assert repr(service) == "<client.team, which its first call loads>"
    with pytest.raises(AttributeError, match="'AsyncTeamService' object has no attribute 'get_lst'"):
        _ = service.get_lst


def test_only_where_a_loop_runs_and_the_service_is_not_loaded_it_stands_for_it() -> None:
    program = """
import asyncio
from wyseos.mate import AsyncClient
client = AsyncClient(api_key="k")
kinds = [type(client.agent).__name__]
async def main():
    kinds.append(type(client.team).__name__)
    from wyseos.mate.services.team import AsyncTeamService
    kinds.append(type(client.team).__name__)
    assert client.team is client.team and isinstance(client.team, AsyncTeamService)
asyncio.run(main())
assert kinds == ["AsyncAgentService", "LateService", "AsyncTeamService"], kinds
"""
    subprocess.run([sys.executable, "-c", program], check=True)
