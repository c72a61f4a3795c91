"""`wyse doctor`: the way to the service, step by step. Each step is ok, or says what to do."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.output import write_records
from wyseos.mate.cli.resources import versions
from wyseos.mate.errors import AuthenticationError, WyseError
from wyseos.mate.rest.retry import read_http_date
from wyseos.mate.settings.secret import redact
from wyseos.mate.settings.urls import host_and_port
from wyseos.mate.terminal.text import one_line
from wyseos.runtime import records
from wyseos.runtime.clock import monotonic

if TYPE_CHECKING:
    from wyseos.mate.cli.invocation import Invocation

# Seconds that this machine's clock may be off before tokens and certificates are refused for it.
_MOST_SKEW = 60.0
_PATIENCE = 10.0


@records.frozen
class Finding:
    """What a step found.

    Args:
        step: what was looked at.
        ok: whether it is as it should be.
        found: what it is.
        remedy: what to do where it is not.
    """

    step: str
    ok: bool
    found: str
    remedy: str = ""


class CheckFailed(Exception):
    """A step failed: what was found, and what to do."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.found, self.remedy = found, remedy


def doctor(invocation: Invocation, bundle: Path | None, as_json: bool) -> int:
    """Check the way to the service; what a failed step stands before is not tried."""
    findings = []
    for finding in _examined(invocation):
        findings.append(finding)
        if not as_json:
            mark = "ok  " if finding.ok else "FAIL"
            print(f"{mark}  {finding.step:<10} {one_line(finding.found)}", flush=True)
            if finding.remedy:
                print(f"      {'':<10} {one_line(finding.remedy)}", flush=True)
    if as_json:
        write_records(map(records.asdict, findings), ("step", "ok", "found", "remedy"), as_json=True)
    if bundle is not None:
        _write_bundle(bundle, findings, invocation)
    return ExitCode.DONE if all(finding.ok for finding in findings) else ExitCode.FAILED


def _examined(invocation: Invocation) -> Iterator[Finding]:
    yield Finding("versions", True, ", ".join(f"{name} {version}" for name, version in versions()))
    for step, check in _STEPS:
        try:
            yield Finding(step, True, check(invocation))
        except CheckFailed as broken:
            yield Finding(step, False, broken.found, broken.remedy)
            return
        except WyseError as error:
            yield Finding(step, False, error.message, error.hint or "")
            return


# ---- the steps


def _settings(invocation: Invocation) -> str:
    options = invocation.options
    told = [name for name in ("api_key", "jwt_token") if options.kept(name)]
    if not told:
        raise CheckFailed("no API key and no token", "Set WYSEOS_API_KEY, or run: wyse config init")
    places = sorted({options.origin(name) for name in (*told, "base_url")})
    return f"{options.base_url}, {' and '.join(told)} from {', '.join(places)}"


def _proxy(invocation: Invocation) -> str:
    address = invocation.options.proxy
    return "none" if address is None else f"{urlsplit(address).hostname}:{urlsplit(address).port}"


def _host(invocation: Invocation) -> str:
    host = urlsplit(invocation.options.base_url).hostname or ""
    if invocation.options.proxy is not None:
        return f"{host} is looked up by the proxy"
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        reason = error.strerror or error
        raise CheckFailed(f"{host} is not known ({reason})", "Check base_url, the network and the VPN.") from None
    return f"{host} is {', '.join(sorted({str(row[4][0]) for row in found}))}"


def _tls(invocation: Invocation) -> str:
    """What the service shows of itself, and whether this machine believes it."""
    if urlsplit(invocation.options.base_url).scheme != "https":
        return "not used: base_url begins with http://"
    if invocation.options.proxy is not None:
        return "made through the proxy, by the next step"
    host, port = host_and_port(invocation.options.base_url)
    try:
        with (
            socket.create_connection((host, port), timeout=_PATIENCE) as connection,
            invocation.options.tls().wrap_socket(connection, server_hostname=host) as secured,
        ):
            certificate = secured.getpeercert() or {}
            return f"{secured.version()}, certificate valid until {certificate.get('notAfter', 'an unknown day')}"
    except ssl.SSLCertVerificationError as error:
        remedy = "Set ca_bundle to the PEM file with the certificate of your office's proxy, or of the service."
        raise CheckFailed(f"the certificate of {host} is not trusted ({error.verify_message})", remedy) from None
    except ssl.SSLError as error:
        raise CheckFailed(
            f"no TLS with {host}:{port} ({error.reason or error})", "Check scheme and port of base_url."
        ) from None
    except OSError as error:
        remedy = "Check base_url, the network, the firewall, and whether a proxy is needed."
        raise CheckFailed(f"no connection to {host}:{port} ({error.strerror or error})", remedy) from None


def _rest(invocation: Invocation) -> str:
    """An answer of any kind tells that name, TLS, proxy and service are reached; the key is the next step."""
    from wyseos.generated.api.team import list_teams

    began = monotonic()
    with invocation.client.with_options(max_retries=0, timeout=_PATIENCE) as client:
        response = client.send(list_teams.call(page_size=1))
    secure = "over TLS" if invocation.options.base_url.startswith("https:") else "in the clear"
    invocation.answered_at = read_http_date(response.headers.get("date", ""))
    return f"answers {secure} in {(monotonic() - began) * 1000:.0f} ms"


def _clock(invocation: Invocation) -> str:
    told = invocation.answered_at
    if told is None:
        return "the service tells no time"
    skew = (datetime.now(UTC) - told).total_seconds()
    if abs(skew) > _MOST_SKEW:
        raise CheckFailed(f"this machine's clock is off by {skew:.0f} s", "Set the clock; switch on NTP.")
    return f"within {max(1.0, abs(skew)):.0f} s of the service's"


def _key(invocation: Invocation) -> str:
    try:
        invocation.client.team.get_list(page_size=1)
    except AuthenticationError as error:
        raise CheckFailed(error.message, "Check the key or token, and that it is meant for this base_url.") from None
    return "accepted"


def _websocket(invocation: Invocation) -> str:
    """A session that is made for this and never started: nothing is worked on and nothing is charged."""
    from wyseos.generated.models import CreateSessionRequest

    made = invocation.client.session.create(CreateSessionRequest(task="wyse doctor: not to be started"))
    seconds = asyncio.run(_round_trip(invocation, made.session_id))
    return f"a ping is answered in {seconds * 1000:.0f} ms"


def _is_pong(frame: object) -> bool:
    from wyseos.runtime.codec import loads

    return isinstance(frame, bytes | bytearray) and loads(frame).get("type") == "pong"


async def _round_trip(invocation: Invocation, session_id: str) -> float:
    from wyseos.mate.tasks.io.connection import open_socket
    from wyseos.mate.tasks.io.engine import address_of
    from wyseos.mate.tasks.io.unopened import ConnectionEnded
    from wyseos.runtime.codec import dumps

    try:
        async with asyncio.timeout(_PATIENCE):
            connection = await open_socket(address_of(invocation.options, session_id, 2**20))
            try:
                began = monotonic()
                connection.send(dumps({"type": "ping", "timestamp": time.time_ns() // 1_000_000}))
                while not any(map(_is_pong, await connection.receive())):
                    pass
                return monotonic() - began
            finally:
                await connection.close()
    except ConnectionEnded as ended:
        raise CheckFailed(ended.ending.reason, "A proxy or firewall may hold WebSockets back: allow them.") from None
    except TimeoutError:
        raise CheckFailed(
            f"no pong within {_PATIENCE:.0f} s", "A proxy may hold frames back: allow WebSockets."
        ) from None


_STEPS: tuple[tuple[str, Callable[[Invocation], str]], ...] = (
    ("settings", _settings),
    ("proxy", _proxy),
    ("host", _host),
    ("tls", _tls),
    ("rest", _rest),
    ("clock", _clock),
    ("key", _key),
    ("websocket", _websocket),
)


# ---- for support


def _write_bundle(path: Path, findings: list[Finding], invocation: Invocation) -> None:
    """Write what support needs into a ZIP file: findings, settings with masked secrets, versions."""
    try:
        settings, secrets = invocation.options.explain(), invocation.client.exchange.credential.secrets
    except WyseError as error:
        settings, secrets = error.message, ()
    parts = {
        "findings.json": json.dumps([records.asdict(finding) for finding in findings], indent=2),
        "settings.txt": settings,
        "versions.txt": "\n".join(f"{name} {version}" for name, version in versions()) + f"\n{sys.platform}",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in parts.items():
            lines = (redact(line, secrets, limit=100_000) for line in text.splitlines())
            bundle.writestr(name, "\n".join(lines))
    invocation.note(f"Bundle: {path}")
