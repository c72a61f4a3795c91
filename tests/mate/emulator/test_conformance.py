"""schemathesis drives every operation of the OpenAPI document, one by one and in chains, with a fixed seed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.core.result import Ok
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.schemas import BaseSchema

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built
SOURCE = Path(__file__).parents[3] / "schema/openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.load(SOURCE.read_text("utf-8"), LOADER)
OPERATIONS = [
    operation["operationId"] for item in DOCUMENT["paths"].values() for operation in item.values()
    if "operationId" in operation
]  # fmt: skip

# What leads where: the id in one answer is the other's parameter. The document itself tells no links.
CHAINS = {
    "create_session": ("session_id", ("get_session", "list_messages", "get_marketing_data", "list_browsers")),
    "create_product": ("product_id", ("get_product",)),
}


@pytest.fixture(scope="module")
def service() -> Iterator[Emulator]:
    """One emulator for all; it watches itself."""
    with Emulator(speed=0, check_own=True, credits=1e9) as emulator:
        outsiders.play(emulator.base_url, emulator.api_key, "marketing")
        yield emulator
    assert emulator.mistakes == []


@pytest.fixture(scope="module")
def whole() -> BaseSchema:
    """The document, as the library reads it."""
    return schemathesis.openapi.from_dict(DOCUMENT)


@pytest.fixture(scope="module")
def line() -> Iterator[requests.Session]:
    """One connection for all calls, which looks for no proxy and no password of this machine."""
    with requests.Session() as session:
        session.trust_env = False
        yield session


STEADY = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def has_empty_file(body: Any) -> bool:
    """An empty file is refused, for which the document has no word."""
    files = body.get("files") if isinstance(body, dict) else None
    return isinstance(files, list) and not all(files)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_keeps_to_the_document(
    whole: BaseSchema, service: Emulator, line: requests.Session, name: str
) -> None:
    def keeps_to_it(case: schemathesis.Case[Any]) -> None:
        if not has_empty_file(case.body):
            case.call_and_validate(base_url=service.base_url, session=line, headers={"x-api-key": service.api_key})

    # What `parametrize` of the library does while tests are collected: seconds, for each worker.
    chosen = whole.include(operation_id=name)
    [made] = get_all_tests(schema=chosen, test_func=keeps_to_it, settings=STEADY, given_kwargs={})
    assert isinstance(made, Ok), made
    _, run = made.ok()
    run()


def test_chains_of_operations_keep_to_the_document(service: Emulator) -> None:
    document = copy.deepcopy(DOCUMENT)
    operations = [
        operation for item in document["paths"].values() for operation in item.values() if "operationId" in operation
    ]
    for operation in operations:
        name, targets = CHAINS.get(operation["operationId"], ("", ()))
        operation["responses"]["200"]["links"] = {
            target: {"operationId": target, "parameters": {name: f"$response.body#/data/{name}"}} for target in targets
        }
    chained = schemathesis.openapi.from_dict(document)

    class Chains(chained.as_state_machine()):  # type: ignore[misc]  # its base is made at run time
        def get_call_kwargs(self, case: schemathesis.Case[Any]) -> dict[str, Any]:
            return {"base_url": service.base_url, "headers": {"x-api-key": service.api_key}}

    run_state_machine_as_test(Chains, settings=settings(STEADY, max_examples=15, stateful_step_count=8))
