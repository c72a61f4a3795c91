"""What a scenario or an order of faults may not say is refused when it is loaded, by the schema that editors read."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from wyseos.mate.emulator import Emulator, FaultError, ScenarioError
from wyseos.mate.emulator.faults.kinds import KINDS
from wyseos.mate.emulator.faults.rules import Faults, load_faults, parse_fault
from wyseos.mate.emulator.scenario.scenario import builtin_scenarios, parse_scenario
from wyseos.mate.emulator.scenario.steps import CHUNKS, STEPS
from wyseos.mate.emulator.schemas.fault_schema import fault_schema
from wyseos.mate.emulator.schemas.scenario_schema import scenario_schema

SCHEMAS = {"faults": fault_schema, "scenario": scenario_schema}
NAN = float("nan")
INFINITE = float("inf")

NEVER_STRIKES: list[dict[str, Any]] = [
    {"kind": "status", "operation": "get_sesion"},
    {"kind": "status", "frame": 3},
    {"kind": "status", "message": "input"},
    {"kind": "slow", "operation": "list_teams", "session_id": "session_1"},
    {"kind": "lost_history", "operation": "get_session"},
    {"kind": "handshake_status", "operation": "get_session"},
    {"kind": "handshake_hang", "frame": 0},
    {"kind": "cut", "operation": "get_session"},
    {"kind": "cut", "message": "strat"},
    {"kind": "cut", "message": "start", "frame": 3},
    {"kind": "lose", "message": "start"},
    {"kind": "lose", "frame": 0},
    {"kind": "no_pong", "frame": 3},
    {"kind": "cut", "probability": 0},
    {"kind": "cut", "frame": 3, "taken": False},
    {"kind": "cut", "session_id": ""},
]
NO_SUCH_VALUE: list[dict[str, Any]] = [
    {"kind": "status", "status": 99},
    {"kind": "status", "status": 204},
    {"kind": "status", "status": "502"},
    {"kind": "status", "status": 502.0},
    {"kind": "status", "code": None},
    {"kind": "status", "msg": 5},
    {"kind": "status", "html": "yes"},
    {"kind": "status", "retry_after": -1},
    {"kind": "status", "retry_after": "1\r\nset-cookie: a=b"},
    {"kind": "redirect", "location": "/\r\nx: y"},
    {"kind": "redirect", "status": 200},
    {"kind": "not_json", "text": 5},
    {"kind": "not_json", "text": "\ud800"},
    {"kind": "wrong_shape", "data": INFINITE},
    {"kind": "wrong_shape", "data": {1: 2}},
    {"kind": "wrong_shape", "data": {1, 2}},
    {"kind": "slow", "seconds": -1},
    {"kind": "slow", "seconds": NAN},
    {"kind": "slow", "seconds": "1"},
    {"kind": "slow", "seconds": 1e9},
    {"kind": "drip", "bytes": 0},
    {"kind": "drip", "bytes": 1.5},
    {"kind": "cut_body", "byte": -1},
    {"kind": "cut", "byte": -1},
    {"kind": "cut", "reset": 1},
    {"kind": "close", "code": 1006},
    {"kind": "close", "code": 99},
    {"kind": "close", "reason": "x" * 124},
    {"kind": "oversize", "bytes": 10**12},
    {"kind": "stray", "binary": 5},
    {"kind": "unknown_type", "type": ""},
    {"kind": "cut", "times": True},
    {"kind": "cut", "times": 1.0},
    {"kind": "cut", "skip": "1"},
    {"kind": "cut", "probability": NAN},
    {"kind": 5},
]


@pytest.mark.parametrize("order", [*NEVER_STRIKES, *NO_SUCH_VALUE], ids=str)
def test_an_order_that_could_not_be_carried_out_is_refused_by_every_way_in(order: dict[str, Any]) -> None:
    armed = Faults()
    with pytest.raises(FaultError, match=r"^\w+: "):
        parse_fault(order)
    with pytest.raises(FaultError):
        armed.arm(order)
    with pytest.raises(ScenarioError, match=r"^steps\[0\]\.fault"):
        parse_scenario({"steps": [{"fault": order}]})
    assert armed.armed() == []


@pytest.mark.parametrize("operation", ["create_session", "list_teams"])
def test_a_session_s_own_fault_names_an_operation_of_a_session(operation: str) -> None:
    order = {"kind": "status", "operation": operation}
    assert parse_fault(order).operation == operation
    with pytest.raises(
        ScenarioError, match=r"faults\[0\]\.operation: '\w+' can't be here; .*it is one of 'get_session', "
    ):
        parse_scenario({"steps": [], "faults": [order]})


@pytest.mark.parametrize("code", [1000, 1003, 1007, 1014, 3000, 4999])
def test_a_code_that_a_connection_may_be_closed_with_is_taken(code: int) -> None:
    assert parse_fault({"kind": "close", "code": code})["code"] == code


def test_a_near_word_is_proposed() -> None:
    with pytest.raises(
        FaultError, match=r"status: operation: 'get_sesion' can't be here; did you mean 'get_session'\?"
    ):
        parse_fault({"kind": "status", "operation": "get_sesion"})


def test_a_kind_that_is_off_in_chaos_is_not_armed_and_nothing_is_where_one_is_wrong() -> None:
    faults = Faults()
    with pytest.raises(FaultError, match="slow: probability: 2 is greater"):
        faults.arm_chaos({"cut": 0.5, "slow": 2})
    assert faults.armed() == []
    faults.arm_chaos({"cut": 0.5, "slow": 0})
    assert [fault.kind for fault in faults.armed()] == ["cut"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("- {kind: cut, frame: -1}", "[0].frame: -1 is less than the minimum of 0"),
        ("faults: [{kind: cut}, {kind: cut, frames: 3}]", "faults[1]: it takes no 'frames'; did you mean 'frame'?"),
        ("chaos: {cut: often}", "chaos.cut: 'often' is of the wrong kind; a number is needed"),
        ("chaos: {cutt: 0.1}", "chaos: it takes no 'cutt'; did you mean 'cut'?"),
        ("chaos: [cut]", "chaos: ['cut'] is of the wrong kind; an object is needed"),
        ("{1: []}", "the key 1 is no text; put it in quotes"),
        ("- {kind: slow, seconds: .inf}", "[0].seconds: inf is no number that JSON could tell"),
        ("5", "a list of faults is needed, or an object with `faults` and `chaos`"),
    ],
)
def test_a_file_of_faults_is_refused_with_the_file_and_the_place(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(FaultError) as error:
        load_faults(path)
    assert str(error.value) == f"{path}: {reason}"


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (
            {"browser": {"width": 100_000, "height": 100_000}},
            "browser.width: 100000 is greater than the maximum of 4000",
        ),
        ({"browser": {"height": 10}}, "browser.height: 10 is less than the minimum of 100"),
        ({"browser": {"width": "wide"}}, "browser.width: 'wide' is of the wrong kind; a whole number is needed"),
        ({"browser": {"ulr": "x"}}, "browser: it takes no 'ulr'; did you mean 'url'?"),
        ({"browser": {"title": 5}}, "browser.title: 5 is of the wrong kind; a text is needed"),
        ({"wait": -1}, "wait: -1 is less than the minimum of 0"),
        ({"wait": True}, "wait: True is of the wrong kind; a number is needed"),
        ({"wait": INFINITE}, "wait: inf is no number that JSON could tell"),
        ({"wait": 1e12}, "wait: 1000000000000.0 is greater than the maximum of 86400"),
        ({"repeat": 0, "steps": []}, "repeat: 0 is less than the minimum of 1"),
        ({"repeat": True, "steps": []}, "repeat: True is of the wrong kind; a whole number is needed"),
        ({"file": ["a.md"]}, "file[0]: 'a.md' is of the wrong kind; an object is needed"),
        ({"file": [{"content": "x"}]}, "file[0]: `file_name` is missing"),
        ({"image": [{"file_name": ""}]}, "image[0].file_name: '' should be non-empty"),
        ({"plan": [5]}, "plan[0]: 5 is of the wrong kind; a text or an object is needed"),
        ({"plan": [{"titel": "x"}]}, "plan[0]: it takes no 'titel'; did you mean 'title'?"),
        ({"plan": [{"title": "x", "steps": [{"agents": "me", "title": "y"}]}]}, "plan[0].steps[0].agents: 'me' is of"),
        ({"plan": [], "ask": "no"}, "ask: 'no' is of the wrong kind; true or false is needed"),
        ({"text": "Hello", "ask": False}, ": a step says one thing: `text` takes only source, wait beside it"),
        ({"text": "Hello", "content": "x"}, ": a step says one thing: `text` takes only source, wait beside it"),
        ({"wait": 1, "source": "x"}, ": a step says one thing: `wait` takes nothing beside it"),
        ({"work": {1: []}}, "work: the key 1 is no text; put it in quotes"),
        ({"search": [{"title": 5}]}, "search[0].title: 5 is of the wrong kind; a text is needed"),
        ({"skill": []}, "skill: [] is of the wrong kind; an object is needed"),
        ({"suggest": [{"display_type": 5}]}, "suggest[0].display_type: 5 "),
        ({"research": [{"view_count": "many"}]}, "research[0].view_count: 'many' is of the wrong kind"),
        ({"report": {"product_name": 5}}, "report.product_name: 5 is of the wrong kind; a text is needed"),
        ({"stream": {"kind": "writer_twitter", "items": [{}]}}, "stream.items[0]: `content` is missing"),
        (
            {"stream": {"kind": "marketing_tweet_interact", "items": [{"love": {}}]}},
            "stream.items[0]: it takes no 'love'; it takes like, retweet",
        ),
        (
            {"stream": {"kind": "marketing_tweet_interact", "items": [{"like": {}, "retweet": {}}]}},
            "stream.items[0]: {'like': {}, 'retweet': {}} has too many properties",
        ),
        ({"stream": {"kind": "writer_twitter", "items": [], "pace": "slow"}}, "stream.pace: 'slow' is of the wrong"),
        ({"error": {"code": "5000"}}, "error.code: '5000' is of the wrong kind; a whole number is needed"),
        ({"error": {"mesage": "x"}}, "error: it takes no 'mesage'; did you mean 'message'?"),
        ({"ping": "now"}, "ping: 'now' is of the wrong kind; a whole number or nothing is needed"),
        ({"raw": {"content": "x"}}, "raw: `type` is missing"),
        ({"raw": {"type": "new", "data": NAN}}, "raw.data: nan is no number that JSON could tell"),
        ({"close": {"code": 1005}}, "close.code: a code that a connection may be closed with: 1000 to 1003, "),
        ({"text": "\udc00"}, "text: it holds half a character (a lone surrogate)"),
    ],
    ids=str,
)
def test_a_step_is_checked_to_the_leaf(step: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError) as error:
        parse_scenario({"steps": [{"text": "Hello"}, {"repeat": 2, "steps": [step]}]})
    dot = "" if message.startswith(":") else "."
    assert str(error.value).startswith(f"steps[1].steps[0]{dot}{message}")


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"steps": [], "name": 8}, "name: 8 is of the wrong kind; a text is needed"),
        ({"steps": [], "mode": "deep"}, "mode: 'deep' can't be here; it is one of '', 'deep_search', 'marketing'"),
        ({"steps": [], "about": []}, "about: [] is of the wrong kind; a text is needed"),
        ({"steps": [], "faults": [5]}, "faults[0]: 5 is of the wrong kind; an object is needed"),
    ],
)
def test_what_stands_above_the_steps_is_checked_too(told: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError) as error:
        parse_scenario(told)
    assert str(error.value).startswith(message)


def test_what_holds_itself_is_refused() -> None:
    steps: list[Any] = []
    steps.append({"repeat": 2, "steps": steps})
    with pytest.raises(ScenarioError, match="it nests too deeply"):
        parse_scenario({"steps": steps})


def test_the_smallest_and_the_largest_picture_can_be_drawn() -> None:
    sizes = [{"browser": {"width": size, "height": size, "title": "A", "text": "B c"}} for size in (100, 4000)]
    with Emulator(parse_scenario({"steps": [*sizes, {"result": "Fine"}]}), speed=0) as emulator:
        from tests.mate.emulator import outsiders

        _, events = outsiders.play(emulator.base_url, emulator.api_key)
    assert outsiders.kinds(events) == ["rich/browser", "rich/browser", "task_result/task_result"]


@pytest.mark.parametrize("name", builtin_scenarios())
def test_every_built_in_scenario_is_as_its_schema_says(name: str) -> None:
    text = (files("wyseos.mate.emulator.scenario") / "builtin" / f"{name}.yaml").read_text("utf-8")
    assert parse_scenario(yaml.safe_load(text), name) == builtin_scenarios()[name]


def test_every_step_and_every_stream_has_its_schema() -> None:
    step = scenario_schema()["$defs"]["step"]
    kinds = [option["required"][0] for option in step["allOf"][0]["anyOf"]]
    streams = step["properties"]["stream"]["properties"]["kind"]["enum"]
    assert (sorted(kinds), sorted(streams)) == (sorted(STEPS), sorted(CHUNKS))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_shipped_as_it_checks(name: str) -> None:
    shipped = (files("wyseos.mate.emulator.schemas") / f"{name}.schema.json").read_text("utf-8")
    assert json.loads(shipped) == SCHEMAS[name]()


def test_a_shipped_schema_says_the_same_in_a_validator_that_is_not_ours() -> None:
    valid = jsonschema_rs.validator_for(fault_schema())
    refused = [order for order in NEVER_STRIKES if valid.is_valid([order])]
    assert refused == []
    assert [kind for kind in KINDS if not valid.is_valid([{"kind": kind}])] == []
    scenarios = jsonschema_rs.validator_for(scenario_schema())
    assert not scenarios.is_valid({"steps": [{"browser": {"width": 100_000}}]})
    assert scenarios.is_valid({"steps": [{"text": "Hello", "wait": 1}]})
