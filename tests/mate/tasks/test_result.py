"""What a result tells of its files and of what it used, also without its client."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from tests.support import messages as said
from tests.support.files import KEY, file_of
from tests.support.raw_server import RawServer, http
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.mate.tasks.result import TaskExecutionOptions, TaskResult
from wyseos.mate.tasks.result_builder import ResultBuilder
from wyseos.runtime import records

# ---- the result


def made(*messages: dict[str, Any]) -> TaskResult:
    record = ResultBuilder(TaskExecutionOptions(), "s1")
    for message in messages:
        record.add([said.event(message)])
    return record.finish(Done(TaskState.COMPLETED, answer="42"), 1.0)


def files(*rows: dict[str, Any], kind: str = "file") -> dict[str, Any]:
    return {"type": "rich", "message_id": kind, "message": {"type": kind, "data": list(rows)}}


def test_each_file_is_listed_once_with_what_is_known_of_it() -> None:
    report = {"file_name": "report.md", "url": "https://f.example/1", "extension": ".md"}
    result = made(
        files(report, {"url": "https://f.example/a/chart.png?sig=1"}, {"file_name": "no place"}),
        files(report, {"file_name": "README", "url": "https://f.example/2"}, kind="image"),
    )
    assert [(file.name, file.extension) for file in result.files] == [
        ("report.md", "md"),
        ("chart.png", "png"),
        ("README", ""),
    ]
    assert result.to_dict()["files"][0] == {"name": "report.md", "url": "https://f.example/1", "extension": "md"}


def test_drafts_and_replies_are_whole() -> None:
    reply = {"type": "marketing_tweet_reply", "data": [{"tweet_id": "1", "reply": "Try ours"}]}
    photo = {"url": "https://f.example/p.png", "type": "photo"}
    piece = said.draft("b", "d1", "there", 1)
    piece["message"]["data"]["media"] = [photo]
    result = made(
        said.draft("a", "d1", "Hello ", 0),
        piece,
        {"type": "rich", "message_id": "c", "delta": True, "chunk_id": "r", "message": reply},
        said.stream_end(),
    )
    assert result.drafts == [{"draft_id": "d1", "content": "Hello there", "media": [photo]}]
    assert result.replies == reply["data"]


def test_the_result_of_a_real_task_outlives_its_client(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    with Client(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url) as client:
        result = client.run("Find trends")
    [file] = result.files
    assert file.name == "answer.md"
    assert file.text().startswith("# Find trends")
    assert file.save(tmp_path / "out").read_text("utf-8") == file.text()
    assert "api_key" not in repr(result)
    assert wyseos_emulator.api_key not in repr(result)


def test_a_copy_in_another_process_carries_no_key() -> None:
    with RawServer((http(b"x"),)) as server:
        result = TaskResult(files=[file_of(server, f"{server.base_url}/f")], session_id="s1")
        result = records.evolve(result, source=result.files[0]._source)
    packed = pickle.dumps(result)
    copy = pickle.loads(packed)
    assert KEY.encode() not in packed
    assert copy == result
    assert copy.usage is None
    with pytest.raises(SessionExecutionError, match="fetch it from there"):
        copy.files[0].bytes()
