"""The answers, against small_warehouse.sql."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from api.consigna.lookups import LOOKUPS
from tests.api.client import Client, get_json

ANSWERS: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("answers.yaml").read_text("utf-8"))


@pytest.mark.parametrize("path", ANSWERS)
def test_question_returns_the_expected_answer(client: Client, path: str) -> None:
    answer = get_json(client, path)
    assert {name: answer[name] for name in ANSWERS[path]} == ANSWERS[path]


@pytest.mark.parametrize(("path", "kind"), [("/cantidad-filmaciones", "mes"), ("/cantidad-filmaciones-dia", "dia")])
def test_accepted_names_are_those_of_the_warehouse_in_order(client: Client, path: str, kind: str) -> None:
    names = LOOKUPS[kind].accepted
    assert [get_json(client, f"{path}/{number + 1}")[kind] for number in range(len(names))] == [*names]
