"""Names that are imported when they are first used."""

from __future__ import annotations

import subprocess
import sys
from operator import attrgetter

import pytest

from wyseos.generated import models
from wyseos.generated.api import team


def python(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_the_models_imports_none_of_them() -> None:
    assert (
        python(
            "import sys, wyseos.generated.models as m\n"
            "print([n for n in sys.modules if n.startswith(m.__name__ + '.') or n in ('attrs', 'httpx', 'orjson')])"
        )
        == "[]"
    )


def test_a_model_is_imported_when_it_is_asked_for_and_kept() -> None:
    assert (
        python(
            "import sys, wyseos.generated.models as m\n"
            "first = m.Skill\n"
            "print('wyseos.generated.models.skill' in sys.modules, vars(m)['Skill'] is first)"
        )
        == "True True"
    )


def test_importing_the_events_imports_no_model() -> None:
    assert (
        python(
            "import sys, wyseos.generated.events\n"
            "print([n for n in sys.modules if n.startswith('wyseos.generated.models.') or n == 'httpx'])"
        )
        == "[]"
    )


def test_every_promised_name_is_there() -> None:
    assert set(models.__all__) <= set(dir(models))
    assert [name for name in models.__all__ if getattr(models, name, None) is None] == []


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"module 'wyseos\.generated\.models' has no attribute 'Skil'"):
        attrgetter("Skil")(models)


def test_an_operation_is_imported_when_it_is_asked_for() -> None:
    assert (
        python(
            "import sys\n"
            "from wyseos.generated.api import team\n"
            "def operations(): return [n for n in sys.modules if n.startswith('wyseos.generated.api.team.')]\n"
            "print(operations(), team.get_team.OPERATION.name, operations())"
        )
        == "[] get_team ['wyseos.generated.api.team.get_team']"
    )


def test_every_operation_of_a_tag_is_told_and_there() -> None:
    assert dir(team) == ["get_team", "list_teams"]
    assert [attrgetter(name)(team).OPERATION.name for name in dir(team)] == dir(team)


def test_an_operation_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"module 'wyseos\.generated\.api\.team' has no attribute 'get_tea'"):
        attrgetter("get_tea")(team)
