"""`python -m wyseos.mate.emulator`, as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.__main__ import main


@pytest.fixture
def program(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """The running program, the address that it told and the key that it told."""
    faults = tmp_path / "faults.yaml"
    faults.write_text("- {kind: status, operation: list_categories, status: 502}", "utf-8")
    command = [sys.executable, "-W", "error", "-m", "wyseos.mate.emulator", "--port", "0", "--speed", "0"]
    command += ["--scenario", "short", "--faults", str(faults), "--state", str(tmp_path / "state")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = "".join(iter(process.stdout.readline, "Ctrl-C stops it.\n"))
        found = dict(re.findall(r"export (\w+)=(\S+)", told))
        yield process, found["WYSEOS_BASE_URL"], found["WYSEOS_API_KEY"]
        process.kill()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_tells_where_it_is_plays_and_stops_cleanly(program: Any, stop: signal.Signals) -> None:
    process, base_url, api_key = program
    _, events = outsiders.play(base_url, api_key)
    with outsiders.rest(base_url, api_key) as client:
        assert client.get("/dashboard/categories").status_code == 502
        session_id = outsiders.create(client)
        with outsiders.line(base_url, session_id, api_key) as socket:
            outsiders.send(socket, {"type": "ping", "timestamp": 1})
            assert outsiders.receive(socket)["type"] == "pong"
            process.send_signal(stop)
            out, err = process.communicate(timeout=60)
            with pytest.raises(ConnectionClosed, match="1012"):
                outsiders.receive(socket)

    assert outsiders.kinds(events) == ["task_result/task_result"]
    assert (process.returncode, out, err) == (0, "Stopped.\n", "")


def test_it_listens_on_the_loopback_interface_only(emulator: Emulator) -> None:
    port = httpx.URL(emulator.base_url).port
    assert port is not None
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)} - {"127.0.0.1", "::1"}
    for address in [str(address) for address in addresses if not str(address).startswith("127.")]:
        with pytest.raises(OSError, match=r"refused|unreachable|timed out|assign|argument"):
            socket.create_connection((address, port), 0.5)
    assert httpx.get(emulator.base_url).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--scenario", "nowhere"], "nowhere: no such file"),
        (["--faults", "nowhere.yaml"], "nowhere.yaml"),
        (["--speed", "-1"], "speed must be 0 or more"),
    ],
)
def test_it_says_why_it_cannot_start(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    assert main([*arguments, "--port", "0"]) == 2
    assert told in capsys.readouterr().err


def test_a_taken_port_is_told(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", emulator.base_url.rpartition(":")[2]]) == 2
    assert "is taken; name another one" in capsys.readouterr().err


def test_it_lists_its_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert "deep_search" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="eval is a shell's")
def test_a_shell_is_given_an_emulator_in_the_background() -> None:
    program = (
        f'eval "$({sys.executable} -m wyseos.mate.emulator --env --port 0 --api-key a-key-of-mine 2>/dev/null)"\n'
        f"{sys.executable} -c \"import os, httpx; print(os.environ['WYSEOS_API_KEY'], httpx.get("
        "os.environ['WYSEOS_BASE_URL'] + '/team/lists', headers={'x-api-key': 'a-key-of-mine'}).status_code)\"\n"
        'kill "$WYSEOS_EMULATOR_PID"\n'
        'while kill -0 "$WYSEOS_EMULATOR_PID" 2>/dev/null; do sleep 0.05; done\n'
    )
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True, timeout=250, check=False)
    assert (done.stdout, done.stderr) == ("a-key-of-mine 200\n", "")


def test_a_background_that_can_not_start_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "wyseos.mate.emulator", "--env", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot start" in done.stderr
