"""Items come from JSONL, CSV, plain lines and iterables; a row that can't be used names its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from wyseos.mate.batch.items import items_of
from wyseos.mate.batch.sources import rows_of
from wyseos.mate.errors import ConfigError, ValidationError


def read(name: str, text: str) -> list[tuple[str, object, str]]:
    Path(name).write_text(text, "utf-8")
    return [(item.key, item.asked, item.fault) for item in items_of(rows_of(Path(name)))]


def test_a_line_of_plain_text_is_a_task() -> None:
    assert read("tasks.txt", "\ufeffOne\r\n\n  Two \n") == [
        ("1", {"task": "One", "mode": ""}, ""),
        ("2", {"task": "Two", "mode": ""}, ""),
    ]


def test_jsonl_holds_texts_and_objects() -> None:
    assert read("tasks.jsonl", '"One"\n{"task": "Two", "key": "b", "mode": "deep_search", "extra": {"a": 1}}\n') == [
        ("1", {"task": "One", "mode": ""}, ""),
        ("b", {"task": "Two", "mode": "deep_search", "extra": {"a": 1}}, ""),
    ]


def test_csv_holds_columns_of_an_item_and_others_are_left_out() -> None:
    text = 'key,task,mode,price,options\na,"One\nand more",default,7,"{""completion_timeout"": 9}"\n,Two,,,\n'
    assert read("tasks.csv", text) == [
        ("a", {"task": "One\nand more", "mode": "", "options": {"completion_timeout": 9}}, ""),
        ("2", {"task": "Two", "mode": ""}, ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '\ufeffTask;Key\r\nOne;a\r\n\r\n"Two; or more";b\r\n',
        'key\ttask\na\tOne\t\t\nb\t"Two; or more"\n',
        'key, task \na,One\nb,"Two; or more"',
    ],
)
def test_a_table_is_read_as_spreadsheets_of_all_countries_write_it(text: str) -> None:
    assert [(key, asked) for key, asked, _ in read("tasks.csv", text)] == [
        ("a", {"task": "One", "mode": ""}),
        ("b", {"task": "Two; or more", "mode": ""}),
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('"Two', "line 2: it is not CSV (unexpected end of data)"),
        ('"Two, and three" more,x', "line 2: it is not CSV ("),
        ("Two, and three,x", "line 2: it has 3 cells, the table 2 columns"),
        (f"{'x' * 200_000},x", "line 2: it is not CSV (field larger than field limit"),
        (",x", "line 2: task is empty"),
    ],
)
def test_an_odd_row_of_a_table_takes_no_other_with_it(row: str, fault: str) -> None:
    [broken, three, four] = read("tasks.csv", f"task,key\n{row}\n\nThree,c\nFour\n")
    assert broken[2].startswith(fault)
    assert (three[0], three[1], four[1]) == ("c", {"task": "Three", "mode": ""}, {"task": "Four", "mode": ""})


def test_a_row_over_several_lines_is_named_by_its_first() -> None:
    [_, broken] = read("tasks.csv", 'task,mode\n"One\nand more",\n\n"Two\nand more",fast\n')
    assert broken[2].startswith("line 5: mode is 'fast'")


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("tasks.jsonl", "{", "line 2: it is not JSON"),
        ("tasks.jsonl", "7", "line 2 is of type int"),
        ("tasks.jsonl", '{"tsk": "x"}', "line 2: 'tsk' is not known here; did you mean 'task'?"),
        ("tasks.jsonl", '{"key": "x"}', "line 2: task is empty"),
        ("tasks.jsonl", '{"task": "x", "mode": ["fast"]}', "line 2: mode is ['fast']"),
        ("tasks.jsonl", '{"task": "x", "mode": "fast"}', "line 2: mode is 'fast'; give one of default"),
        ("tasks.jsonl", '{"task": "x", "attachments": ["a.pdf"]}', "line 2: attachments[0] is of type str"),
        ("tasks.jsonl", '{"task": "x", "options": {"timeout": 3}}', "line 2: options has 'timeout'"),
        ("tasks.jsonl", '{"task": "x", "options": {"completion_timeout": -3}}', "line 2: completion_timeout is -3"),
        ("tasks.jsonl", '{"task": "x", "key": "1"}', "line 2: the key '1' is there twice"),
    ],
)
def test_a_broken_row_names_its_line_and_stops_nothing_else(name: str, row: str, fault: str) -> None:
    found = read(name, f'"One"\n{row}\n"Three"\n')
    assert [told[:2] for told in (found[0], found[2])] == [
        ("1", {"task": "One", "mode": ""}),
        ("3", {"task": "Three", "mode": ""}),
    ]
    assert found[1][2].startswith(fault)


def test_what_is_no_source_is_refused() -> None:
    with pytest.raises(ValidationError, match=r'give a list of tasks, or Path\("tasks.jsonl"\)'):
        rows_of("tasks.jsonl")
    with pytest.raises(ConfigError, match="does not exist"):
        list(rows_of(Path("nothing.csv")))
    Path("other.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(ConfigError, match="no column `task`; it has a, b"):
        list(rows_of(Path("other.csv")))
