"""What makes calls: shared connections, other options, twins, copies and subclasses."""

from __future__ import annotations

import asyncio
import copy
import pickle
from typing import Any

import httpx
import pytest

from tests.support.calls import SESSION, read
from tests.support.raw_server import RawServer, ok
from wyseos.mate import AsyncClient, Client

# Sharing.


def test_a_client_with_other_options_shares_the_connections() -> None:
    with RawServer((ok(SESSION),)) as server, Client(api_key="k", base_url=server.base_url) as client:
        read(client)
        with client.with_options(timeout=5, max_retries=0) as other:
            read(other)
        assert (other.timeout, client.timeout) == (5, 30)
        read(client)
        assert (len(server.requests), server.connections) == (3, 1)


def test_a_client_with_another_address_has_connections_of_its_own() -> None:
    with RawServer((ok(SESSION),)) as one, RawServer((ok(SESSION),)) as two:
        with Client(api_key="k", base_url=one.base_url) as client:
            with client.with_options(base_url=two.base_url) as other:
                read(other)
            read(client)
        assert (one.connections, two.connections) == (1, 1)


def test_a_twin_is_an_async_client_of_the_same_settings() -> None:
    with RawServer((ok(SESSION),)) as server, Client(api_key="k", base_url=server.base_url, timeout=7) as client:

        async def main() -> str:
            async with client.twin() as twin:
                assert (type(twin), twin.options) == (AsyncClient, client.options)
                return (await twin.session.get_info("s-1")).session_id

        assert asyncio.run(main()) == "s-1"


@pytest.mark.parametrize(("transport", "goes_along"), [(httpx.HTTPTransport, False), (httpx.MockTransport, True)])
def test_a_twin_takes_a_transport_along_that_it_can_use(transport: Any, goes_along: bool) -> None:
    made = transport(lambda request: httpx.Response(200)) if goes_along else transport()
    with Client(api_key="k", transport=made) as client:
        assert client.twin().options.transport is (made if goes_along else None)


def test_a_subclass_keeps_what_is_its_own_with_other_options() -> None:
    class Mine(Client):
        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.tenant = "acme"

    with Mine(api_key="k") as client:
        assert client.team is client.team
        other = client.with_options(timeout=5)
        assert (other.tenant, other.options.timeout, client.options.timeout) == ("acme", 5, 30)
        assert other.team is not client.team


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_client_is_copied_as_one_that_shares_its_connections_and_never_pickled(kind: Any) -> None:
    client = kind(api_key="canary-key")
    for made in (copy.copy(client), copy.deepcopy(client)):
        assert (made.options, made._transport) == (client.options, client._transport)
    with pytest.raises(TypeError, match=f"{kind.__name__} is not pickled.*from the same settings") as caught:
        pickle.dumps(client)
    assert "canary" not in str(caught.value)
