"""Results whose files lie on a server of the test."""

from __future__ import annotations

import time
from typing import Any

from tests.support.raw_server import Connection, RawServer, http
from wyseos.mate import ClientOptions
from wyseos.mate.rest.auth import Credential
from wyseos.mate.rest.exchange import Exchange
from wyseos.mate.settings.secret import Secret
from wyseos.mate.tasks.io.fetcher import Fetcher
from wyseos.mate.tasks.result import ResultFile

KEY = "key-of-the-tests"


def file_of(server: RawServer, url: str, name: str = "answer.md", **settings: Any) -> ResultFile:
    """A file as a result of a client of that server has it; nothing is waited for between tries."""
    options = ClientOptions(**{"api_key": KEY, "base_url": server.base_url, "headers": {"x-mine": "1"}} | settings)
    exchange = Exchange(options, Credential(Secret(KEY), None), clock=time.monotonic, draw=lambda: 0.0)
    return ResultFile(name, url, "md", Fetcher(exchange))


def cut_body(connection: Connection) -> None:
    connection.send(http(b"ha", length=4))
    connection.close()
