"""Row 1: no frame of a refused construction or a failed call holds the key in a local variable."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import pytest

from wyseos.mate import AsyncClient, Client, ClientOptions
from wyseos.mate.emulator import Emulator
from wyseos.mate.websocket import WebSocketClient

KEY = "canary-key-123456"


def shown(trace: TracebackType | None) -> Iterator[str]:
    """The places in our frames where the key is shown; the first frame is the caller's own."""
    assert trace is not None
    step = trace.tb_next
    while step is not None:
        for name, value in step.tb_frame.f_locals.items():
            if KEY in repr(value):
                yield f"{step.tb_frame.f_code.co_qualname}.{name}"
        step = step.tb_next


def places_of(attempt: Callable[[], Any]) -> list[str]:
    """Where the key is shown in the traceback of what an attempt raises, its causes included."""
    with pytest.raises(Exception) as refused:  # whatever it is
        attempt()
    error: BaseException | None = refused.value
    found: list[str] = []
    while error is not None:
        assert KEY not in str(error)
        found += [place for place in shown(error.__traceback__) if "<lambda>" not in place and "places_of" not in place]
        error = error.__cause__ or error.__context__
    return found


WRONG: list[dict[str, Any]] = [
    {"timeout": 0},
    {"timeout": "30s"},
    {"base_url": "example.com"},
    {"base_url": "http://example.com"},
    {"proxy": "nonsense"},
    {"headers": {"x\n": "y"}},
    {"api_kye": KEY},
    {"jwt_token": f"{KEY} with a space"},
    {"max_retries": -1},
    {"before_request": 5},
    # The key in the place of something else.
    *(
        {name: KEY}
        for name in ("timeout", "deadline", "max_retries", "base_url", "proxy", "ssl_context", "allow_insecure",
                     "strict", "max_connections", "max_response_size", "headers", "query", "before_request",
                     "transport")
    ),
    {"headers": {"Authorization": f"Bearer {KEY}"}},
    {"headers": [("x-api-key", KEY)]},
    {"transport": {"key": KEY}},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: next(iter(wrong)))
@pytest.mark.parametrize("make", [Client, AsyncClient, ClientOptions], ids=lambda make: make.__name__)
def test_a_refused_construction_shows_no_key(make: Any, wrong: dict[str, Any]) -> None:
    if make is ClientOptions and "api_kye" in wrong:
        return  # Python itself refuses it, before any of our frames
    assert places_of(lambda: make(**{"api_key": KEY, **wrong})) == []


@pytest.mark.parametrize("wrong", [*WRONG[:4], *WRONG[10:]], ids=lambda wrong: next(iter(wrong)))
def test_refused_changes_show_no_key(wrong: dict[str, Any]) -> None:
    with Client(api_key="another", base_url="https://service.example") as client:
        assert places_of(lambda: client.with_options(**{"api_key": KEY, **wrong})) == []
        assert places_of(lambda: client.options.evolve(**{"api_key": KEY, **wrong})) == []


@pytest.mark.parametrize("make", [Client, AsyncClient], ids=lambda make: make.__name__)
def test_a_key_in_the_place_of_the_options_is_not_shown(make: Any) -> None:
    assert places_of(lambda: make(KEY)) == []


def test_a_refused_websocket_client_shows_no_key() -> None:
    assert places_of(lambda: WebSocketClient("example.com", KEY)) == []
    assert places_of(lambda: WebSocketClient("example.com", jwt_token=KEY)) == []
    assert places_of(lambda: WebSocketClient(KEY)) == []


def test_a_failed_call_shows_no_key(wyseos_emulator: Emulator) -> None:
    with Client(api_key=KEY, base_url=wyseos_emulator.base_url) as client:
        assert places_of(lambda: client.team.get_list()) == []
        assert places_of(lambda: client.session.get_info("session_01")) == []

    async def awaited() -> None:
        async with AsyncClient(api_key=KEY, base_url=wyseos_emulator.base_url) as client:
            await client.team.get_list()

    assert places_of(lambda: asyncio.run(awaited())) == []


def test_a_client_that_is_half_made_can_be_shown() -> None:
    assert "not made yet" in repr(Client.__new__(Client))
