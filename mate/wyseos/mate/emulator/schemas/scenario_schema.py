"""The JSON Schema of scenarios: each step with what it takes; rich data as the service's documents have it."""

from __future__ import annotations

from functools import cache
from typing import Any

from wyseos.mate.emulator.faults.kinds import CLOSE_CODE, CLOSE_REASON, Json
from wyseos.mate.emulator.schemas.fault_schema import DIALECT, fault_defs
from wyseos.mate.emulator.server.contract import contract

_MODES = ("", "deep_search", "marketing")
_LONGEST_WAIT = 86_400
_MOST_REPEATS = 1_000_000
# In pixels. A picture of the largest size takes a second to draw; below the smallest nothing could be read.
_SMALLEST, _LARGEST = 100, 4_000

_WORDS = {"type": "string"}
_STEPS = {"type": "array", "items": {"$ref": "#/$defs/step"}, "errorMessage": "a list of steps is needed"}
_WAIT = {"type": "number", "minimum": 0, "maximum": _LONGEST_WAIT, "description": "Seconds at speed 1."}
_NAMED_FILE = {"type": "string", "minLength": 1, "description": "The file's name."}
_SIDE = {"type": "integer", "minimum": _SMALLEST, "maximum": _LARGEST, "description": "In pixels."}


def _only(required: tuple[str, ...] = (), **properties: Any) -> Json:
    """Describe an object that holds these properties and no others."""
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | {"required": list(required)} if required else schema


def _listed(item: Json) -> Json:
    return {"type": "array", "items": item}


def _data(name: str) -> Json:
    """Refer to something that the service's documents describe."""
    return {"$ref": f"#/$defs/{name}"}


_PLANNED: Json = {
    "type": ["string", "object"],
    "description": "A title, or a step with all it tells.",
    "required": ["title"],
    "properties": {
        "id": {"type": ["string", "integer"]},
        "title": _WORDS,
        "description": _WORDS,
        "agents": _listed(_WORDS),
        "status": _data("PlanStepStatus"),
        "steps": _listed({"$ref": "#/$defs/planned"}),
    },
    "additionalProperties": False,
}
_INTERACTION = _only(like=_data("TweetInMessage"), retweet=_data("TweetInMessage")) | {
    "minProperties": 1,
    "maxProperties": 1,
}
# What each kind of stream takes as its items.
_STREAMED: dict[str, Json] = {
    "marketing_tweet_reply": _data("TweetWithReply"),
    "marketing_tweet_interact": _INTERACTION,
    "writer_twitter": {"allOf": [_data("TweetWriterData"), {"required": ["content"]}]},
}


def _stream() -> Json:
    pace = {"type": "number", "minimum": 0, "maximum": _LONGEST_WAIT, "description": "Seconds between two chunks."}
    schema = _only(("kind", "items"), kind={"enum": list(_STREAMED)}, items={"type": "array"}, pace=pace)
    schema["allOf"] = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"items": _listed(item)}}}
        for kind, item in _STREAMED.items()
    ]
    return schema


_SAID = ("source", "wait")
_SHOWN = ("source", "content", "wait")
_DONE = ("wait",)

# Each step: what it takes, what may stand beside it, and what it does.
_KINDS: dict[str, tuple[Json, tuple[str, ...], str]] = {
    "text": (_WORDS, _SAID, "Says the text."),
    "progress": (_WORDS, _SAID, "Tells what is being done."),
    "warning": (_WORDS, _SAID, "Warns."),
    "search": (_listed(_data("SearchHit")), _SHOWN, "Shows what a search found."),
    "file_surfer": (_data("FileSurferAction"), _SHOWN, "Shows what was done with a file."),
    "skill": (_data("SkillUse"), _SHOWN, "Uses a skill."),
    "x_browser_action": (_data("XBrowserAction"), _SHOWN, "Shows an action of the browser extension."),
    "marketing_tweet": ({"type": "object"}, _SHOWN, "A rich message of this kind."),
    "marketing_topic": ({"type": "object"}, _SHOWN, "A rich message of this kind."),
    "suggest": (_listed(_data("FollowUpSuggestion")), _SHOWN, "Suggests what could be done next."),
    "browser": (
        _only(action=_WORDS, url=_WORDS, title=_WORDS, text=_WORDS, width=_SIDE, height=_SIDE),
        _SHOWN,
        "A page; its screenshot is drawn.",
    ),
    "file": (_listed(_only(("file_name",), file_name=_NAMED_FILE, content=_WORDS)), _SHOWN, "Makes files."),
    "image": (
        _listed(_only(("file_name",), file_name=_NAMED_FILE, title=_WORDS, text=_WORDS, url=_WORDS)),
        _SHOWN,
        "Draws pictures.",
    ),
    "plan": (_listed({"$ref": "#/$defs/planned"}), (*_SHOWN, "ask"), "Shows a plan, and asks for permission."),
    "work": ({"type": "object", "additionalProperties": _STEPS}, _DONE, "Goes through the open steps of the plan."),
    "question": (_WORDS, _SAID, "Asks in text; the answer is {answer} from then on."),
    "x_confirm": (_WORDS, (*_SAID, "then", "otherwise"), "Asks permission for an action."),
    "report": ({"type": "object", "properties": {"product_name": _WORDS}}, _SHOWN, "A product with its report."),
    "research": (_listed(_data("TweetInMessage")), _SHOWN, "Tweets that a query found."),
    "stream": (_stream(), _SHOWN, "Sends chunks, then the closing message."),
    "result": (_WORDS, _SAID, "The answer; the session is complete."),
    "error": (_only(code={"type": "integer"}, message=_WORDS), _SAID, "The session has failed, and the round ends."),
    "wait": (_WAIT, (), "Waits."),
    "repeat": (
        {"type": "integer", "minimum": 1, "maximum": _MOST_REPEATS},
        ("steps", "wait"),
        "So many times the steps; {n} counts.",
    ),
    "ping": ({"type": ["integer", "null"]}, _DONE, "The service's own ping."),
    "raw": (
        {
            "type": "object",
            "required": ["type"],
            "properties": {"type": _WORDS, "content": _WORDS, "message": {"type": ["object", "null"]}},
        },
        _DONE,
        "An event as it stands.",
    ),
    "close": (
        _only(code=CLOSE_CODE | {"default": 1000}, reason=CLOSE_REASON),
        _DONE,
        "Closes the connections with a code and a reason.",
    ),
    "fault": ({"$ref": "#/$defs/fault_of_session"}, _DONE, "Arms a fault for this session from here on."),
}
_MODIFIERS: Json = {
    "source": {"type": "string", "description": "The agent's name."},
    "content": {"type": "string", "description": "The text of a message that has data."},
    "wait": _WAIT,
    "ask": {"type": "boolean", "description": "false: the plan is not asked for.", "default": True},
    "then": _STEPS,
    "otherwise": _STEPS,
    "steps": _STEPS,
}


@cache
def scenario_schema() -> Json:
    """Make the schema of a scenario file."""
    return {
        "$schema": DIALECT,
        "title": "A scenario of the WyseOS emulator",
        "type": "object",
        "errorMessage": "a scenario is an object with `steps`",
        "required": ["steps"],
        "properties": {
            "steps": _STEPS | {"description": "What is done, one after the other."},
            "name": {"type": "string", "minLength": 1, "description": "How it is chosen; by default the file's name."},
            "mode": {"enum": [*_MODES, None], "description": "The task mode it is played for."},
            "about": {"type": "string", "description": "One line for people."},
            "faults": {
                "type": "array",
                "items": {"$ref": "#/$defs/fault_of_session"},
                "description": "Faults that are armed for the session when it starts.",
            },
        },
        "additionalProperties": False,
        "$defs": {"step": _step(), "planned": _PLANNED, **fault_defs(), **_borrowed()},
    }


def _step() -> Json:
    kinds = {name: takes | {"description": about} for name, (takes, _, about) in _KINDS.items()}
    return {
        "type": "object",
        "errorMessage": "a step is an object, such as `text: Hello`",
        "properties": kinds | _MODIFIERS,
        "additionalProperties": False,
        "dependentSchemas": {name: _beside(name) for name in _KINDS if name != "wait"},
        "dependentRequired": {"repeat": ["steps"]},
        "allOf": [
            {
                "anyOf": [{"required": [name]} for name in _KINDS],
                "errorMessage": f"a step says one thing: {', '.join(_KINDS)}",
            },
            # Alone, a wait is a step; then nothing stands beside it.
            {
                "if": {"not": {"anyOf": [{"required": [name]} for name in _KINDS if name != "wait"]}},
                "then": {"dependentSchemas": {"wait": _beside("wait")}},
            },
        ],
    }


def _beside(name: str) -> Json:
    allowed = _KINDS[name][1]
    told = f"takes only {', '.join(allowed)} beside it" if allowed else "takes nothing beside it"
    return {"propertyNames": {"enum": [name, *allowed], "errorMessage": f"a step says one thing: `{name}` {told}"}}


def _borrowed() -> Json:
    """Take over what the steps refer to of the service's documents: what is not told there is invented or left out."""
    found: Json = {}
    wanted = ["SearchHit", "FileSurferAction", "SkillUse", "XBrowserAction", "FollowUpSuggestion", "PlanStepStatus"]
    wanted += ["TweetInMessage", "TweetWithReply", "TweetWriterData"]
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = _taken_over(contract().component(name), wanted)
    return dict(sorted(found.items()))


def _taken_over(value: Any, wanted: list[str]) -> Any:
    if isinstance(value, list):
        return [_taken_over(item, wanted) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(reference := value.get("$ref"), str):
        wanted.append(reference.rpartition("/")[2])
        return {"$ref": f"#/$defs/{wanted[-1]}"}
    return {key: _taken_over(item, wanted) for key, item in value.items() if key not in ("required", "examples")}
