"""What the SDK costs over bare httpx: `python benchmarks/rest.py`.

CPU time, not wall time, of the client's process; the server is another process. Each pair is measured in turns and the
best round counts, so that a busy machine harms both alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from wyseos.generated.models import TeamPage
from wyseos.mate import Client
from wyseos.mate.files import MAX_FILE_SIZE, NamedFile

ROUNDS = 7
GETS = 300

AGENT = {
    "agent_id": "a",
    "user_id": "u",
    "name": "Writer",
    "description": "Writes",
    "agent_type": "system",
    "model": {"system_model_id": "m", "provider": "p", "model_type": "t", "created_at": "2026-01-02T03:04:05Z"},
    "parameters": {"system_prompt_role": "r", "system_prompt_task_skill": "s", "temperature": 0},
    "created_at": "2026-01-02T03:04:05.123456Z",
    "updated_at": "",
}
TEAM = {
    "team_id": "t",
    "name": "Team",
    "description": "Does things",
    "team_type": "system",
    "agents": [AGENT] * 4,
    "created_at": "2026-01-02T03:04:05Z",
    "updated_at": "2026-01-02T03:04:05Z",
}
PAGE = {"page_num": 1, "page_size": 100, "total": 100, "total_page": 1, "data": [TEAM] * 100}
SESSION = {
    "session_id": "s",
    "name": "A session",
    "status": "active",
    "task": [{"role": "user", "content": "Write"}],
    "created_at": "2026-01-02T03:04:05Z",
}

SERVER = """
import json, socket, sys, threading
answers = {b"G": sys.argv[1], b"P": sys.argv[2]}
def serve(sock):
    data = b""
    while True:
        while b"\\r\\n\\r\\n" not in data:
            chunk = sock.recv(65536)
            if not chunk: return
            data += chunk
        head, _, data = data.partition(b"\\r\\n\\r\\n")
        fields = {k.strip().lower(): v for k, _, v in (l.partition(b":") for l in head.split(b"\\r\\n")[1:])}
        left = int(fields.get(b"content-length", 0)) - len(data)
        while left > 0:
            left -= len(sock.recv(min(left, 65536)))
        data = b""
        body = answers[head[:1]].encode()
        fields = b"Content-Type: application/json\\r\\nContent-Length: %d" % len(body)
        sock.sendall(b"HTTP/1.1 200 OK\\r\\n" + fields + b"\\r\\n\\r\\n" + body)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
"""


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that a piece of work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def best_in_turns(*works: Callable[[], object]) -> list[float]:
    """The best CPU time of each, measured in turns."""
    for work in works:
        work()
    rounds = [[cpu(work) for work in works] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def row(name: str, figure: str, limit: str) -> None:
    print(f"{name:48} {figure:>24}   limit {limit}")


def get(base_url: str) -> None:
    with Client(api_key="k", base_url=base_url) as ours, httpx.Client() as bare:

        def through_the_sdk() -> None:
            for _ in range(GETS):
                ours.session.get_info("s")

        def through_httpx() -> None:
            for _ in range(GETS):
                bare.get(f"{base_url}/session/info/s", headers={"x-api-key": "k"}).json()

        sdk, plain = best_in_turns(through_the_sdk, through_httpx)
    row("GET, ours / bare httpx (CPU)", f"{sdk / plain:.2f} × of {plain / GETS * 1e6:.0f} µs", "1.25 ×")


def upload(base_url: str) -> None:
    with TemporaryDirectory() as folder, Client(api_key="k", base_url=base_url) as client:
        large = Path(folder, "large.txt")
        large.write_bytes(bytes(MAX_FILE_SIZE))
        client.file_upload.upload_file(NamedFile("a.txt", b"warm"))
        tracemalloc.start()
        resting = tracemalloc.get_traced_memory()[0]
        client.file_upload.upload_file(large)
        peak = tracemalloc.get_traced_memory()[1] - resting
        tracemalloc.stop()
    row("memory while 10 MB are uploaded", f"{peak / 1e6:.2f} MB", "2 MB")


class Thing:
    """What one would write by hand: a plain object with attributes."""


def by_hand(source: Any) -> Any:
    if isinstance(source, dict):
        thing = Thing()
        for name, value in source.items():
            setattr(thing, name, by_hand(value))
        return thing
    return [by_hand(item) for item in source] if isinstance(source, list) else source


def decode() -> None:
    text = json.dumps(PAGE)

    def with_models() -> None:
        for _ in range(20):
            TeamPage.from_dict(json.loads(text))

    def with_hands() -> None:
        for _ in range(20):
            by_hand(json.loads(text))

    ours, plain = best_in_turns(with_models, with_hands)
    row("100 teams with agents, ours / json and by hand", f"{ours / plain:.2f} × of {plain / 20 * 1e3:.1f} ms", "2 ×")


def second_client() -> None:
    Client(api_key="k").close()
    seconds = min(cpu(lambda: Client(api_key="k").close()) for _ in range(ROUNDS))
    row("a second client", f"{seconds * 1e3:.2f} ms", "3 ms")


def importing() -> None:
    code = """
import time; began = time.perf_counter(); import wyseos.mate; took = time.perf_counter() - began
import sys; print(took, *sorted({"httpx", "websockets", "yaml", "rich", "click", "asyncio"} & set(sys.modules)))
"""
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)]
    took, *loaded = min(run.stdout for run in runs).split()
    row("import wyseos.mate", f"{float(took) * 1e3:.1f} ms, loads {' '.join(loaded) or 'nothing'}", "60 ms")


def main() -> None:
    answers = [{"code": 0, "msg": "", "data": data} for data in (SESSION, [{"file_name": "a.txt", "file_url": "u"}])]
    command = [sys.executable, "-c", SERVER, *map(json.dumps, answers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        base_url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        get(base_url)
        upload(base_url)
        server.terminate()
    decode()
    second_client()
    importing()


if __name__ == "__main__":
    main()
