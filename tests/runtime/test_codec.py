"""JSON in and out: with orjson and without, and against what is made to break a reader."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wyseos.runtime import codec
from wyseos.runtime.errors import DecodeError, ValidationError

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.fixture(params=["orjson", "standard library"], autouse=True)
def either_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every promise of this file holds with orjson and without."""
    if request.param == "standard library":
        monkeypatch.setattr(codec, "orjson", None)


@settings(max_examples=30, deadline=None)  # `make fuzz` looks longer
@given(value=JSON)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert value == codec.loads(codec.dumps(value))
    assert value == codec.loads(codec.dumps_bytes(value))


@settings(max_examples=30, deadline=None)  # `make fuzz` looks longer
@given(value=JSON)
def test_what_others_write_is_read(value: Any) -> None:
    assert value == codec.loads(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "data",
    [
        "", " ", "{", "nul", "{'a': 1}", '{"a": 1,}', "[1] 2", "NaN", "Infinity", "-Infinity", '[{"a": NaN}]',
        "\ufeff{}", b"\xff", b'"\xff"', b'{"a": "\xc3"}', '"\t"', "01", ".5", "0x1",
    ],
)  # fmt: skip
def test_what_is_not_json_is_a_decode_error(data: str | bytes) -> None:
    with pytest.raises(DecodeError, match=r"^not readable as JSON: "):
        codec.loads(data)


def test_an_error_does_not_hold_the_document() -> None:
    with pytest.raises(DecodeError) as caught:
        codec.loads('{"secret": "' + "x" * 10_000)

    assert len(str(caught.value)) < 300
    assert "xxx" not in str(caught.value)
    assert caught.value.__cause__ is None


DEEP = 200_000


@pytest.mark.parametrize(
    "data",
    [
        "[" * DEEP,
        "[" * DEEP + "]" * DEEP,
        '{"a":' * DEEP + "1" + "}" * DEEP,
        "[" * 1000 + "]" * 1000,
        "[" * (codec.MAX_DEPTH + 1) + "]" * (codec.MAX_DEPTH + 1),
        '{"a":' * 100 + "[" * 100 + "]" * 100 + "}" * 100,
    ],
    ids=["open", "lists", "objects", "within orjson's limit", "one too deep", "mixed"],
)
def test_nesting_that_would_overflow_a_stack_is_a_decode_error(data: str) -> None:
    with pytest.raises(DecodeError):
        codec.loads(data)
    with pytest.raises(DecodeError):
        codec.loads(data.encode())


def test_nesting_up_to_the_limit_is_read() -> None:
    data = "[" * codec.MAX_DEPTH + "]" * codec.MAX_DEPTH

    assert data == codec.dumps(codec.loads(data))


def test_many_objects_side_by_side_are_not_deep() -> None:
    assert codec.loads(json.dumps([{"a": [{}]}] * 1000)) == [{"a": [{}]}] * 1000


def test_brackets_within_strings_are_not_deep() -> None:
    assert codec.loads(json.dumps(["[" * 1000])) == ["[" * 1000]


def test_a_number_of_thousands_of_digits_is_carried_as_its_text() -> None:
    digits = "9" * 5000

    assert {"n": digits, "m": "-" + digits} == codec.loads(f'{{"n": {digits}, "m": -{digits}}}')


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1.5e400"])
def test_a_number_beyond_a_float_is_carried_as_its_text(number: str) -> None:
    assert [number, 1.5] == codec.loads(f"[{number}, 1.5]")


def test_a_lone_surrogate_is_carried_within_its_string() -> None:
    assert codec.loads('["a\\ud800b"]') == ["a\ud800b"]
    assert codec.loads(codec.dumps(["a\ud800b"])) == ["a\ud800b"]
    assert codec.loads('["a\ud800b"]') == ["a\ud800b"]


def test_what_is_written_is_ascii_without_spaces() -> None:
    assert codec.dumps({"a": [1, None, "ü"]}) == '{"a":[1,null,"\\u00fc"]}'
    assert codec.dumps_bytes({"a": "ü"}) == b'{"a":"\\u00fc"}'


def cycle() -> Any:
    value: list[Any] = []
    value.append(value)
    return value


def deep() -> Any:
    value: list[Any] = []
    for _ in range(DEEP):
        value = [value]
    return value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, object(), b"bytes", {(1, 2): 3}, cycle()])
def test_what_json_can_not_hold_is_a_validation_error(value: Any) -> None:
    with pytest.raises(ValidationError, match=r"^can't be written as JSON: "):
        codec.dumps({"value": value})


def test_writing_what_nests_too_deeply_is_a_validation_error() -> None:
    with pytest.raises(ValidationError) as refused:
        codec.dumps(deep())
    assert refused.value.message == "can't be written as JSON: nested too deeply"


def test_an_interpreter_without_orjson_reads_the_same() -> None:
    program = (
        "import sys; sys.modules['orjson'] = None\n"
        "from wyseos.runtime import codec\n"
        "assert codec.orjson is None\n"
        "print(codec.loads(b'[1, 2.5, \"x\", 1e999]'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "[1, 2.5, 'x', '1e999']\n"


def test_orjson_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "orjson", None)
    spec = importlib.util.spec_from_file_location("wyseos.generated.codec_alone", codec.__file__)
    assert spec is not None
    assert spec.loader is not None
    alone = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(alone)

    assert alone.orjson is None


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 2**70, -(10**99)])
@pytest.mark.parametrize("kind", [str, str.encode, lambda text: text.encode("utf-16")])
@pytest.mark.parametrize("length", [0, 5000])
def test_a_whole_number_beyond_64_bits_is_exact(number: int, kind: Any, length: int) -> None:
    read = codec.loads(kind(f'{{"n": [{number}, 1.5, "{number}"], "text": "{"x" * length}"}}'))
    assert read == {"n": [number, 1.5, str(number)], "text": "x" * length}
    assert type(read["n"][0]) is int


@pytest.mark.parametrize(("digits", "kind"), [(1000, int), (1001, str)])
def test_a_number_of_up_to_1000_digits_is_a_number(digits: int, kind: type) -> None:
    [read] = codec.loads(f"[{'9' * digits}]")
    assert type(read) is kind
    assert str(read) == "9" * digits


def test_a_huge_number_is_exact_also_where_others_stand_beside_it_or_none() -> None:
    huge = 2**70 + 1  # no float is equal to it
    assert codec.loads(f"[{huge}]") == [huge]
    assert codec.loads(f"[[[{huge}]], [[]]]") == [[[huge]], [[]]]
    assert codec.loads(f'["x", 1.5, {huge}]') == ["x", 1.5, huge]


def test_nesting_is_seen_also_beside_what_is_shallow() -> None:
    with pytest.raises(DecodeError, match="nested over 128 levels"):
        codec.loads("[" + "[" * 130 + "]" * 130 + ", [[]]]")


def test_bytes_that_are_no_utf_8_are_not_read_as_a_lone_surrogate() -> None:
    with pytest.raises(DecodeError, match="not readable as JSON"):
        codec.loads(b'"\xed\xa0\x80"')


@pytest.mark.parametrize("data", ['{"a": 1}', "[1.5, [-9e17, 1.8e19], {}]", '[[], [{"a": "b"}], 2]'])
def test_what_holds_no_huge_number_is_read_once(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(data: str | bytes | bytearray) -> Any:
        raise AssertionError("it is read a second time")

    monkeypatch.setattr(codec, "orjson", pytest.importorskip("orjson"))
    monkeypatch.setattr(codec, "_loads_exactly", never)
    assert codec.loads(data) == json.loads(data)


@pytest.mark.parametrize("text", ['{"a": 1}', '["\\ud800"]', "[1e999]", '{"a": "é"}'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lent_bytes_are_read_as_any_other(text: str, encoding: str) -> None:
    octets = text.encode(encoding)
    assert codec.loads(memoryview(octets)) == codec.loads(octets) == codec.loads(bytearray(octets))
