"""A session recorded once, and replayed without the service. See docs/cassettes.md."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from wyseos.mate import Client, ClientOptions
from wyseos.mate.testing import Recorder, Replay

service = os.environ.get("WYSEOS_BASE_URL", "https://api.wyseos.com")

with TemporaryDirectory() as folder:
    tape = Path(folder) / "session.jsonl"

    with Recorder(service, tape) as recorder, Client(ClientOptions(base_url=recorder.base_url)) as client:
        recorded = client.run("Compare three note apps")

    with Replay(tape) as replay:
        options = ClientOptions(base_url=replay.base_url, api_key=replay.api_key)
        with Client(options) as client:
            replayed = client.run("Compare three note apps")

    lines = tape.read_text("utf-8").count("\n")
    print(f"{lines} lines on the tape; the same answer: {replayed.final_answer == recorded.final_answer}")
    print(f"Said otherwise than on the tape: {replay.mismatches or 'nothing'}")
