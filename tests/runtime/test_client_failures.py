"""What the raw client raises where no answer comes is an error of our own tree."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest

from wyseos.generated.api.session import get_session
from wyseos.generated.errors import NoAnswer, WyseError
from wyseos.runtime.client import Client


@pytest.fixture
def nowhere() -> Iterator[str]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


def is_told(error: NoAnswer) -> None:
    assert isinstance(error, WyseError)
    assert (str(error), error.retryable) == ("GET /session/info/{session_id} got no answer (ConnectError)", True)
    assert isinstance(error.__cause__, httpx.ConnectError)


def test_no_answer_is_an_error_of_our_own_that_tells_the_operation(nowhere: str) -> None:
    with Client(nowhere) as client, pytest.raises(NoAnswer) as caught:
        get_session.sync(session_id="session_01", client=client)

    is_told(caught.value)


async def test_so_it_is_where_one_awaits(nowhere: str) -> None:
    async with Client(nowhere) as client:
        with pytest.raises(NoAnswer) as caught:
            await get_session.asyncio(session_id="session_01", client=client)

    is_told(caught.value)
