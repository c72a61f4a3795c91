"""No credential is on a tape."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.mate.emulator import outsiders
from tests.mate.testing.tapes import raw_session
from wyseos.mate.emulator import Emulator
from wyseos.mate.testing import Recorder


def test_no_credential_is_on_the_tape(tape: Path) -> None:
    with Emulator(speed=0) as emulator, Recorder(emulator.base_url, tape, redact=["three note apps"]) as recorder:
        raw_session(recorder.base_url, emulator.api_key)
        with outsiders.rest(recorder.base_url, emulator.api_key) as client:
            made = client.post("/user/apikey/new", json={"name": "laptop"}).json()["data"]["api_key"]
            client.post("/session/upload", files={"files": ("a.txt", b"private words")})
        with httpx.Client(base_url=recorder.base_url, headers={"Authorization": emulator.jwt_token}) as client:
            assert client.get("/team/lists").status_code == 200
        secrets = (emulator.api_key, emulator.jwt_token, made, "private words", "three note apps")

    told = tape.read_text("utf-8")
    assert [secret for secret in secrets if secret in told] == []
    assert "REDACTED" in told
