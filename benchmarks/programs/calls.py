"""REST calls one after another: `server side what times`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from benchmarks.programs.common import arguments, repeat, tell

KEY = {"x-api-key": "k"}


def httpx_calls(server: str) -> dict[str, Callable[[], Any]]:
    import httpx

    client = httpx.Client(base_url=server, headers=KEY)

    def pages() -> None:
        for number in range(1, 101):
            json.loads(client.get("/team/lists", params={"page_num": number, "page_size": 20}).content)

    return {
        "get": lambda: client.get("/session/info/s").json(),
        "post": lambda: client.post("/session/create", json={"task": "wait"}).json(),
        "pages": pages,
    }


def wyseos_calls(server: str) -> dict[str, Callable[[], Any]]:
    from wyseos.mate import Client
    from wyseos.mate.models import CreateSessionRequest

    client = Client(base_url=server, api_key="k")
    return {
        "get": lambda: client.session.get_info("s"),
        "post": lambda: client.session.create(CreateSessionRequest(task="wait")),
        "pages": lambda: sum(1 for _ in client.team.iter_list(page_size=20)),
    }


def stock_calls(server: str) -> dict[str, Callable[[], Any]]:
    from stock_client import AuthenticatedClient
    from stock_client.api.session import create_session, get_session
    from stock_client.models import CreateSessionRequest

    client = AuthenticatedClient(base_url=server, token="k", prefix="", auth_header_name="x-api-key")
    return {
        "get": lambda: get_session.sync("s", client=client),
        "post": lambda: create_session.sync(client=client, body=CreateSessionRequest(task="wait")),
    }


def openai_calls(server: str) -> dict[str, Callable[[], Any]]:
    from openai import OpenAI

    client = OpenAI(base_url=f"{server}/openai", api_key="k")
    return {"get": lambda: client.models.retrieve("m")}


def anthropic_calls(server: str) -> dict[str, Callable[[], Any]]:
    from anthropic import Anthropic

    client = Anthropic(base_url=server, api_key="k")
    return {"get": lambda: client.models.retrieve("m")}


def stripe_calls(server: str) -> dict[str, Callable[[], Any]]:
    import stripe

    client = stripe.StripeClient("sk_test_k", base_addresses={"api": server})
    return {"get": lambda: client.v1.customers.retrieve("c")}


SIDES = {
    "httpx": httpx_calls,
    "wyseos": wyseos_calls,
    "stock": stock_calls,
    "openai": openai_calls,
    "anthropic": anthropic_calls,
    "stripe": stripe_calls,
}

if __name__ == "__main__":
    server, side, what, times = arguments()
    tell(**repeat(SIDES[side](server)[what], int(times)))
