"""Every service against the emulator, strictly: what it sends and gets is held against the schemas on both sides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.faces import Ask, both_faces
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import AuthenticationError, NotFoundError
from wyseos.mate.files import NamedFile
from wyseos.mate.models import CreateSessionRequest, MessageFilter

# What is called, and what must be true of its outcome.
READS: dict[str, Any] = {
    "teams": (lambda c: c.team.iter_list(page_size=1), lambda teams: len({team.team_id for team in teams}) > 1),
    "agents": (lambda c: c.agent.iter_list(page_size=3), lambda agents: len(agents) > 3),
    "keys": (lambda c: c.user.iter_api_keys(), lambda keys: len(keys) == 1),
    "calls": (lambda c: c.user.iter_calls(order="desc"), lambda calls: calls == []),
    "filter values": (lambda c: c.user.get_call_filter_values(), lambda values: values.platforms is not None),
    "sessions in progress": (lambda c: c.session.list_current("api"), lambda sessions: sessions == []),
    "categories": (lambda c: c.product.get_categories(), lambda found: found[0].category.level == 1),
    "create": (lambda c: c.session.create(CreateSessionRequest("Write")), lambda created: created.session_id),
    "upload": (lambda c: c.file_upload.upload_file(NamedFile("a.md", b"#")), lambda file: file["file_name"] == "a.md"),
    "new key": (lambda c: c.user.create_api_key("ci"), lambda made: made.api_key),
    "unnamed": (lambda c: c.request("GET", "/team/lists"), lambda page: page["total"] > 1),
}


@both_faces
@pytest.mark.parametrize("name", READS)
def test_a_service_and_the_emulator_agree_strictly(ask: Ask, name: str) -> None:
    do, holds = READS[name]
    with Emulator() as emulator:
        outcome = ask(do, base_url=emulator.base_url, api_key=emulator.api_key, strict=True)
        assert emulator.violations == []
    assert holds(outcome)


@both_faces
def test_a_wrong_key_and_a_wrong_id_are_told(ask: Ask) -> None:
    with Emulator() as emulator:
        with pytest.raises(AuthenticationError):
            ask(lambda client: client.team.get_list(), base_url=emulator.base_url, api_key="wrong")
        with pytest.raises(NotFoundError):
            ask(
                lambda client: client.session.get_messages("none", filter=MessageFilter(role="user")),
                base_url=emulator.base_url,
                jwt_token=emulator.jwt_token,
            )
