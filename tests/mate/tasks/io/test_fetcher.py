"""What a task made is written: whole or not at all, over nothing, and through no link."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest

from tests.support.files import cut_body, file_of
from tests.support.raw_server import PATIENCE, Connection, RawServer, http, ok
from wyseos.mate import AsyncClient, Client, NetworkError
from wyseos.mate.emulator import Emulator
from wyseos.mate.tasks.result import TaskResult, Usage


def test_what_it_used_is_asked_for_once(wyseos_emulator: Emulator) -> None:
    with Client(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url) as client:
        result = client.run("Find trends")
    used = result.usage
    assert used is not None
    assert used.total_tokens == used.prompt_tokens + used.completion_tokens > 0
    assert used.models == {
        "model_1": {"prompt_tokens": used.prompt_tokens, "completion_tokens": used.completion_tokens}
    }
    assert result.usage is used
    assert Usage(**used.to_dict()) == used


def test_what_it_used_is_awaited_in_an_event_loop(wyseos_emulator: Emulator) -> None:
    async def main() -> TaskResult:
        async with AsyncClient(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url) as client:
            result = await client.run("Find trends")
        assert await result.fetch_usage() is await result.fetch_usage() is not None
        assert (await result.files[0].atext()).startswith("# Find trends")
        return result

    assert asyncio.run(main()).usage is not None


def test_a_service_that_tells_nothing_of_use_is_told_as_none() -> None:
    with RawServer((ok({"session_id": "s1"}), ok({"data": []}))) as server:
        result = TaskResult(session_id="s1", source=file_of(server, "")._source)
        assert result.usage is None
    assert TaskResult().usage is None
    assert asyncio.run(TaskResult().fetch_usage()) is None


# ---- saving


def saved(folder: Path, name: str, content: bytes = b"x") -> Path:
    with RawServer((http(content),)) as server:
        return file_of(server, f"{server.base_url}/f", name).save(folder)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    names = [saved(tmp_path, name, b"%d" % number).name for number, name in enumerate(["a.md", "a.md", "b", "b"])]
    assert names == ["a.md", "a (2).md", "b", "b (2)"]
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"0", b"1", b"2", b"3"]


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.md").symlink_to(elsewhere)
    assert saved(folder, "a.md").name == "a (2).md"
    assert not elsewhere.exists()


def test_a_saved_file_may_be_read_as_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "usual", saved(tmp_path, "a.md"))}
    assert len(modes) == 1


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with RawServer((cut_body,)) as server, pytest.raises(NetworkError):
        file_of(server, f"{server.base_url}/f", max_retries=0).save(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_saving_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    async def main(server: RawServer) -> None:
        saving = asyncio.create_task(file_of(server, f"{server.base_url}/f").asave(tmp_path))
        await asyncio.to_thread(server.arrived.wait, PATIENCE)
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saving

    with RawServer((Connection.hang,)) as server:
        asyncio.run(main(server))
    assert list(tmp_path.iterdir()) == []


def test_a_saving_can_be_awaited(tmp_path: Path) -> None:
    with RawServer((http(b"whole"),)) as server:
        place = asyncio.run(file_of(server, f"{server.base_url}/f").asave(tmp_path / "a" / "b"))
    assert place.read_bytes() == b"whole"
