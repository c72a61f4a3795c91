"""What the lint says of our documents, and of each sort of broken one."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.documents import ASYNCAPI, OPENAPI, ROOT, Documents
from codegen.errors import SpecError
from codegen.lint import lint, main
from tests.schema.schemas import DOCUMENTS

from .trees import pruned

Breaking = Callable[[Documents], object]
# What the cases below break, and what that needs.
SMALL = pruned(
    (
        "/session/create", "/session/message/lists", "/dashboard/report/update/{report_id}",
        "/dashboard/product/candidates/{product_id}/info",
    ),
    ("receiveText", "receiveRich", "sendStart", "sendInput"),
)  # fmt: skip


def broken(breaking: Breaking) -> list[SpecError]:
    """Lint a part of our documents after breaking it, and give what is found."""
    documents = copy.deepcopy(SMALL)
    breaking(documents)
    return lint(documents)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of our documents that a test may break."""
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    return tmp_path


def test_our_documents_are_sound() -> None:
    assert lint(DOCUMENTS) == []


SESSION = "/paths/~1session~1create/post"
BREAKINGS: list[tuple[Breaking, list[str]]] = [
    (
        lambda both: both.openapi["components"]["schemas"].pop("AnalysisResult"),
        [
            f"{OPENAPI}#/components/schemas/ProductInfo/properties/analysis_result:"
            " refers to #/components/schemas/AnalysisResult, which is nowhere"
        ],
    ),
    (
        lambda both: both.openapi["components"]["schemas"].pop("Skill"),
        [
            f"{ASYNCAPI}#/components/schemas/TextInputData/properties/skills/items:"
            " refers to ./openapi.yaml#/components/schemas/Skill, which is nowhere"
        ],
    ),
    (
        lambda both: both.asyncapi["components"]["schemas"]["StartData"]["properties"].update(
            extra={"$ref": "https://example.com/extra.yaml#/Extra"}
        ),
        [
            f"{ASYNCAPI}#/components/schemas/StartData/properties/extra:"
            " refers to https://example.com/extra.yaml#/Extra, which is nowhere"
        ],
    ),
    (
        lambda both: both.openapi["components"]["schemas"]["Skill"].update(type="thing"),
        [f"{OPENAPI}#/components/schemas/Skill/type: 'thing' is not valid under any of the given schemas"],
    ),
    (
        lambda both: both.asyncapi["components"]["schemas"]["SkillUse"].update(properties=[]),
        [f"{ASYNCAPI}#/components/schemas/SkillUse/properties: [] is not of type 'object'"],
    ),
    (
        lambda both: both.openapi["components"]["schemas"]["UpdateReportResponse"].update(
            required=["word"], examples=[{"word": "a"}]
        ),
        [f"{OPENAPI}#/components/schemas/UpdateReportResponse/required: word is required, but is no property"],
    ),
    (
        lambda both: both.asyncapi["operations"]["sendStart"].update(action="shout"),
        [f"{ASYNCAPI}#/operations/sendStart/action: 'shout' is not one of ['send', 'receive']"],
    ),
    (
        lambda both: both.asyncapi.pop("info"),
        [f"{ASYNCAPI}#: 'info' is a required property"],
    ),
    (
        lambda both: both.openapi["paths"]["/session/create"]["post"].pop("security"),
        [f"{OPENAPI}#{SESSION}: has no security of its own; the generator ignores the document's"],
    ),
    (
        lambda both: both.openapi["paths"]["/session/create"]["post"].update(tags=[]),
        [f"{OPENAPI}#{SESSION}: needs exactly one tag, which names its folder"],
    ),
    (
        lambda both: both.openapi["paths"]["/session/create"]["post"].pop("operationId"),
        [f"{OPENAPI}#{SESSION}: needs an operationId in snake_case, which names its module"],
    ),
    (
        lambda both: both.openapi["components"]["schemas"]["Skill"].update(description=""),
        [f"{OPENAPI}#/components/schemas/Skill: has no description; write one"],
    ),
    (
        lambda both: both.openapi["components"]["schemas"]["Skill"]["properties"]["skill_id"].pop("description"),
        [f"{OPENAPI}#/components/schemas/Skill/properties/skill_id: has no description; write one"],
    ),
    (
        lambda both: both.openapi["components"]["parameters"]["PageNum"].pop("example"),
        [f"{OPENAPI}#/components/parameters/PageNum: has no example; write one"],
    ),
    (
        lambda both: both.asyncapi["components"]["schemas"]["RichFile"].pop("examples"),
        [f"{ASYNCAPI}#/components/schemas/RichFile: has no examples; write one"],
    ),
    (
        lambda both: both.asyncapi["components"]["messages"]["TextEvent"].pop("summary"),
        [f"{ASYNCAPI}#/components/messages/TextEvent: has no summary; write one"],
    ),
    (
        lambda both: both.asyncapi["operations"]["sendStart"].pop("title"),
        [f"{ASYNCAPI}#/operations/sendStart: has no title; write one"],
    ),
]


@pytest.mark.parametrize(("breaking", "said"), BREAKINGS, ids=[said[0] for _, said in BREAKINGS])
def test_a_fault_is_told_with_its_file_and_place(breaking: Breaking, said: list[str]) -> None:
    assert [str(fault) for fault in broken(breaking)] == said


def test_what_is_not_openapi_is_told_with_its_place_and_in_one_line() -> None:
    # The words are the validator's, and differ between its backends.
    [fault] = broken(lambda both: both.openapi["components"]["parameters"]["PageNum"].update({"in": "body"}))
    assert fault.place == f"{OPENAPI}#/components/parameters/PageNum/in"
    assert "\n" not in fault.fault


def test_every_fault_of_a_kind_is_told_at_once() -> None:
    def forget_both(both: Documents) -> None:
        both.openapi["components"]["schemas"]["Skill"].pop("examples")
        both.asyncapi["components"]["schemas"]["SkillUse"].pop("examples")

    assert [fault.place for fault in broken(forget_both)] == [
        f"{OPENAPI}#/components/schemas/Skill",
        f"{ASYNCAPI}#/components/schemas/SkillUse",
    ]


def test_sound_documents_end_with_status_0(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(root) == 0
    assert capsys.readouterr() == (f"{OPENAPI} and {ASYNCAPI} are sound\n", "")


def test_a_fault_ends_with_status_1_and_is_told_on_stderr(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = root / OPENAPI
    page.write_text(page.read_text().replace("summary: Create a session\n", "summary: ''\n"))
    assert main(root) == 1
    assert capsys.readouterr() == ("", f"{OPENAPI}:48: #{SESSION}: has no summary; write one [words]\n")


def test_what_is_not_yaml_is_told_with_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / ASYNCAPI).write_text("asyncapi: 3.0.0\ninfo: {title\n")
    assert main(root) == 1
    assert capsys.readouterr().err.startswith(f"{ASYNCAPI}:3: ")


def test_a_missing_document_is_told_by_its_name(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / OPENAPI).unlink()
    assert main(root) == 1
    assert capsys.readouterr().err == f"{OPENAPI}: can't be read: No such file or directory\n"
