"""Typed factories: a whole model or event, of which a test names only what matters to it.

    from wyseos.mate.testing.factories import make, frame
    from wyseos.generated.models import SessionInfo, TextEvent

    make(SessionInfo, status="paused")
    frame(make(TextEvent, content="Hello"))

What is not named comes from the schemas' own examples, so it is always something that the service may send.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from wyseos.generated.events import Event, event_from_dict
from wyseos.mate.emulator import Scenario, load_scenario
from wyseos.runtime.model import Model

T = TypeVar("T", bound=Model)
Json = dict[str, Any]


def make(model: type[T], **fields: Any) -> T:
    """Make a model or an event.

    Args:
        model: a class of `wyseos.generated.models`.
        fields: what it is to hold; other models are welcome as values. The rest comes from the schema's example.

    Returns:
        The model.

    Raises:
        TypeError: the model has no such field.

    Example:
        >>> from wyseos.generated.models import SessionInfo
        >>> make(SessionInfo, status="paused").status
        'paused'
    """
    known = {field.name for field in getattr(model, "__attrs_attrs__", ())}
    if surplus := fields.keys() - known:
        raise TypeError(f"{model.__name__} has no field {', '.join(sorted(surplus))}")
    return model.from_dict({**_example(model.__name__), **{name: _plain(value) for name, value in fields.items()}})


def frame(event: Model) -> str:
    """Write an event as it comes over the connection."""
    return json.dumps(event.to_dict())


def session_events(scenario: str | Scenario = "default", task: str = "Compare three note apps") -> list[Event]:
    """Make the events of a whole session, as the emulator would send them, without a server.

    Args:
        scenario: a scenario's name or path, or a `Scenario`.
        task: the task that its texts speak of.

    Returns:
        The events in their order; plans are approved, and questions are answered with `Yes.`.
    """
    played = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    return [event_from_dict(event) for event in played.events(task)]


def _plain(value: Any) -> Any:
    """Write models, also those within lists, as JSON."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


@cache
def _schemas() -> dict[str, Json]:
    bundle = files("wyseos.generated") / "schema"
    documents = [json.loads((bundle / name).read_text("utf-8")) for name in ("asyncapi.json", "openapi.json")]
    return {name: schema for document in documents for name, schema in document["components"]["schemas"].items()}


def _example(name: str) -> Json:
    example: Json = _schemas()[name]["examples"][0]
    return example
