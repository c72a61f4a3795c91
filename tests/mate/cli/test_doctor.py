"""`wyse doctor`: the way to the service; a step that fails says what to do, and nothing after it is tried."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.mate.cli.running import wyse
from wyseos.mate.cli.doctor import _is_pong
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_doctor_finds_the_way_to_the_emulator(tmp_path: Path) -> None:
    done = wyse("doctor", "--emulator", "--bundle", str(tmp_path / "b.zip"))
    assert done.returncode == 0
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["ok", step] for step in ("versions", "settings", "proxy", "host", "tls", "rest", "clock", "key", "websocket")
    ]
    with zipfile.ZipFile(tmp_path / "b.zip") as bundle:
        assert bundle.namelist() == ["findings.json", "settings.txt", "versions.txt"]
        assert "***" in bundle.read("settings.txt").decode()


def test_doctor_says_what_to_do_and_goes_no_further(wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    done = wyse("doctor")
    assert (done.returncode, done.stdout.splitlines()[-2:]) == (
        1,
        ["FAIL  settings   no API key and no token", "                 Set WYSEOS_API_KEY, or run: wyse config init"],
    )
    monkeypatch.setenv("WYSEOS_BASE_URL", wyseos_emulator.base_url)
    monkeypatch.setenv("WYSEOS_API_KEY", "a-wrong-key")
    done = wyse("doctor", "--json")
    found = json.loads(done.stdout)
    assert (found[-1]["step"], found[-1]["ok"]) == ("key", False)
    assert "a-wrong-key" not in done.stdout


# ---- TLS

REMEDIES = {
    "untrusted": "Set ca_bundle to the PEM file",
    "clear": "Check scheme and port of base_url.",
    "closed": "Check base_url, the network, the firewall",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A service that shows a certificate of its own and says nothing more; `ca.pem` lies in the test's folder."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    monkeypatch.setenv("WYSEOS_API_KEY", "k")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, context))
        thread.start()
        yield f"localhost:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(listening: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return  # the test is over
        with connection, contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(1)


def lines(base_url: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("WYSEOS_BASE_URL", base_url)
    done = wyse("doctor")
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout.splitlines()


def test_a_certificate_that_is_trusted_is_told_with_its_last_day(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WYSEOS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    [line] = [line for line in lines(f"https://{place}", monkeypatch) if " tls " in line]
    assert line.startswith("ok    tls        TLSv1.3, certificate valid until ")


@pytest.mark.parametrize("fault", list(REMEDIES))
def test_tls_that_does_not_come_about_says_what_to_do(place: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answers = threading.Thread(target=_in_the_clear, args=(other,))
        if fault == "clear":
            answers.start()
        else:
            other.close()
        told = lines(f"https://{place}" if fault == "untrusted" else f"https://localhost:{port}", monkeypatch)
        if fault == "clear":
            answers.join()
    assert told[-2].startswith("FAIL  tls        ")
    assert told[-1].strip().startswith(REMEDIES[fault])


@pytest.mark.parametrize("kind", [bytes, bytearray])
def test_a_pong_is_one_also_where_it_came_in_pieces(kind: type[bytes | bytearray]) -> None:
    assert _is_pong(kind(b'{"type": "pong"}'))
    assert not _is_pong(kind(b'{"type": "text"}'))


def _in_the_clear(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
