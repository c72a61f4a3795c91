"""From two schemas to words: with the names that users know, and held against the changelog."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.changes.baseline import RELEASED
from codegen.documents import OPENAPI, ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the command reads."""
    for folder in ("schema", "mate/wyseos/mate", "docs", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changes\n\n## 2\n\n- Something else.\n\n## 1\n\n- `list_teams` is gone.\n"
    )
    main(["--root", str(tmp_path), "release"])
    return tmp_path


def edit(root: Path, old: str, new: str) -> None:
    path = root / OPENAPI
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def changes(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> Any:
    capsys.readouterr()
    assert main(["--root", str(root), "changes", "--format", "json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_change_is_told_with_every_name_that_stands_on_it(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(checkout, "        - name: team_type\n          in: query", "        - name: kind\n          in: query")

    [gone, new] = changes(checkout, capsys)["changes"]

    assert (gone["verdict"], gone["subject"], gone["renamed"]) == (
        "breaking", "list_teams(team_type)", "list_teams(kind)",
    )  # fmt: skip
    assert gone["uses"] == {
        "raw": ["wyseos.generated.api.team.list_teams"],
        "mate": ["client.team.get_list", "client.team.iter_list"],
        "cli": ["wyse teams"],
        "emulator": ["mate/wyseos/mate/emulator/server/endpoints/agents.py: list_teams"],
        "docs": ["docs/raw.md"],
        "examples": ["examples/settings.py"] if "team_type" in (ROOT / "examples/settings.py").read_text() else [],
    } or gone["uses"].keys() >= {"raw", "mate", "cli", "emulator"}
    assert (new["verdict"], new["subject"]) == ("additive", "list_teams(kind)")


def test_a_models_change_reaches_the_methods_the_events_and_the_pages_that_hold_it(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(checkout, "tweet_time: {type: string, format: date-time", "tweeted_at: {type: string, format: date-time")

    found = {change["subject"]: change for change in changes(checkout, capsys)["changes"]}
    uses = found["TweetInMessage.tweet_time"]["uses"]

    assert "wyseos.generated.models.TweetInMessage.tweet_time" in uses["model"]
    assert "wyseos.generated.events: TweetInteractEvent" in uses["event"]
    assert {"client.session.get_marketing_data", "client.marketing.get_research_tweets"} <= set(uses["mate"])
    assert uses["cli"] == ["wyse marketing"]


def test_the_text_asks_and_says_what_the_changelog_leaves_out(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(checkout, "operationId: list_teams", "operationId: find_teams")
    capsys.readouterr()

    assert main(["--root", str(checkout), "changes"]) == 0
    told = capsys.readouterr().out

    assert "breaking: 1\n  list_teams is gone\n" in told
    assert "is it find_teams now? Then say so: make schema-diff RENAMED='list_teams=find_teams'" in told
    assert "no entry of the changelog names it: write `list_teams` there" in told


def test_the_markdown_is_a_draft_of_the_changelog(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(checkout, "operationId: list_teams", "operationId: find_teams")
    capsys.readouterr()

    assert main(["--root", str(checkout), "changes", "--format", "markdown", "--renamed", "list_teams=find_teams"]) == 0

    assert capsys.readouterr().out == (
        "- **Breaking:** `list_teams` is called find_teams now (`client.team.get_list`, `client.team.iter_list`).\n"
    )


def test_a_breaking_change_fails_the_check_until_the_newest_section_names_it(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(checkout, "operationId: list_teams", "operationId: find_teams")
    check = ["--root", str(checkout), "changes", "--check"]
    capsys.readouterr()

    assert main(check) == 1
    assert (
        "no entry of the newest section names `list_teams`, which is gone and breaks users" in capsys.readouterr().err
    )
    log = checkout / "CHANGELOG.md"
    log.write_text(
        log.read_text().replace("- Something else.", "- Something else.\n- `list_teams` is `find_teams` now.")
    )
    assert main(check) == 0
    assert capsys.readouterr().out == "2 changes since the release; the changelog names each that breaks users\n"


def test_what_was_released_needs_no_git_and_no_tags(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not (checkout / ".git").exists()
    assert main(["--root", str(checkout), "changes", "--check"]) == 0

    shutil.rmtree(checkout / RELEASED)
    capsys.readouterr()
    assert main(["--root", str(checkout), "changes", "--check"]) == 0
    assert capsys.readouterr().out == "nothing was released yet: there is no schema/released\n"


def test_a_revision_of_git_can_be_the_base(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-C", str(checkout), "-c", "user.name=A", "-c", "user.email=a@example.com"]
    for command in (["init", "-q"], ["add", "schema"], ["commit", "-qm", "A"]):
        subprocess.run([*git, *command], check=True)
    edit(checkout, "operationId: list_teams", "operationId: find_teams")

    assert changes(checkout, capsys, "--base", "HEAD")["counts"]["breaking"] == 1
    assert main(["--root", str(checkout), "changes", "--base", "nowhere"]) == 1
    assert "nowhere is no revision of git; leave BASE out" in capsys.readouterr().err


def test_a_schema_that_is_not_sound_is_told_as_the_lint_tells_it(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(checkout, "data: {$ref: '#/components/schemas/TeamPage'}", "data: {$ref: '#/components/schemas/TeamPgae'}")

    assert main(["--root", str(checkout), "changes"]) == 1
    assert "refers to #/components/schemas/TeamPgae, which is nowhere [reference]" in capsys.readouterr().err


def test_our_own_schema_is_in_step_with_the_changelog(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", "--check"]) == 0
