"""Annotations resolve when the program runs: tools, forms and validators are made of signatures."""

from __future__ import annotations

import inspect
import pydoc
import re
import typing
from typing import Any

import attrs
import pytest

import wyseos.mate
from wyseos.mate import AsyncClient, Client
from wyseos.mate.tasks.protocol.events import TaskEvent

SERVICES = ("agent", "browser", "file_upload", "marketing", "product", "session", "team", "user")


def methods(owner: type) -> list[Any]:
    """The public methods of a class, and what its public properties call."""
    members = [member for name, member in inspect.getmembers(owner) if not name.startswith("_")]
    functions = [member for member in members if inspect.isfunction(member)]
    return functions + [member.fget for member in members if isinstance(member, property)]


@pytest.mark.parametrize("client", [Client, AsyncClient])
@pytest.mark.parametrize("name", ["run", "start", "attach"])
def test_what_starts_a_task_tells_its_types_at_run_time(client: Any, name: str) -> None:
    hints = typing.get_type_hints(getattr(client, name))
    assert {"options", "on_event", "confirm", "return"} <= set(hints)


@pytest.mark.parametrize("owner", [Client, AsyncClient], ids=lambda owner: owner.__name__)
def test_every_public_method_of_a_client_tells_its_types(owner: type) -> None:
    told = [typing.get_type_hints(method) for method in methods(owner)]
    assert len(told) > 6


@pytest.mark.parametrize("owner", [Client, AsyncClient], ids=lambda owner: owner.__name__)
def test_a_client_itself_and_each_of_its_services_tell_their_types(owner: type) -> None:
    assert isinstance(typing.get_type_hints(owner), dict)
    client = owner(api_key="k")
    for home in SERVICES:
        service = type(getattr(client, home))
        assert [method for method in methods(service) if not typing.get_type_hints(method)] == []
        assert "client" in typing.get_type_hints(service.__init__)


@pytest.mark.parametrize("owner", [Client, AsyncClient], ids=lambda owner: owner.__name__)
def test_help_says_what_each_service_is(owner: type) -> None:
    told = pydoc.plain(pydoc.render_doc(owner))
    assert [home for home in SERVICES if not re.search(rf"{home}: \w+", told)] == []


@pytest.mark.parametrize("name", wyseos.mate.__all__)
def test_every_public_name_tells_its_types(name: str) -> None:
    thing = getattr(wyseos.mate, name)
    if inspect.isclass(thing):
        # attrs tells its constructors' types by the class; a task is made by a client, and by nobody else.
        told = thing if attrs.has(thing) or name in {"Task", "AsyncTask"} else thing.__init__
        assert isinstance(typing.get_type_hints(told), dict)
    elif callable(thing):
        assert typing.get_type_hints(thing)


def test_an_event_may_be_optional_in_a_users_annotation() -> None:
    assert type(None) in typing.get_args(TaskEvent | None)
