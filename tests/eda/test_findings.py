import ast
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from eda.charts.decades import find_trend_decades
from eda.charts.rankings import group_label
from eda.language import AXES, ENGLISH, KNOWN_VALUES, LABELS, SPANISH
from eda.sections import SECTIONS
from warehouse.settings import REPOSITORY_ROOT

EDA = REPOSITORY_ROOT / "eda"
CASES = json.loads(Path(__file__).with_name("findings.json").read_text("utf-8"))
Rows = list[dict[str, Any]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["finding"])
def test_finding_describes_rows_in_both_languages(case: dict[str, Any]) -> None:
    module, function = case["finding"].split(".")
    describe = getattr(import_module(f"eda.charts.{module}"), function)
    assert [describe(case["rows"], language) for language in (ENGLISH, SPANISH)] == [case["en"], case["es"]]


@pytest.mark.parametrize(
    ("films", "decades"),
    [
        ({1920: 19, 1950: 20, 1990: 300, 2010: 40}, (1950, 2010)),
        ({1920: 30, 1950: 5000, 1990: 60}, (1950, 1990)),
        ({1920: 3, 1950: 4}, (1950, 1950)),
    ],
)
def test_trend_decades_have_enough_films(films: dict[int, int], decades: tuple[int, int]) -> None:
    rows = [{"release_decade": decade, "movie_count": number} for decade, number in films.items()]
    assert find_trend_decades(rows, "movie_count") == decades


def test_share_is_rounded_to_0_or_100_only_if_exact() -> None:
    shares = (0, 0.0004, 0.0042, 0.5, 0.9999, 1)
    assert [ENGLISH.share(share) for share in shares] == ["0%", "<0.1%", "0.4%", "50%", ">99.9%", "100%"]
    assert [SPANISH.share(share) for share in shares[1:3]] == ["<0,1\u00a0%", "0,4\u00a0%"]


def test_numbers_are_formatted_by_language() -> None:
    assert (ENGLISH.decimal(1234.5), SPANISH.decimal(-1234.5)) == ("1,234.5", "−1.234,5")
    assert (ENGLISH.money(2_500_000), SPANISH.money(2e9)) == ("$2.5 million", "2 mil millones de\u00a0USD")
    assert (ENGLISH.fixed(0.7, 2), SPANISH.fixed(-0.001, 2)) == ("0.70", "0,00")
    assert [ENGLISH.films(number) for number in (0, 1, 2)] == ["0 films", "1 film", "2 films"]
    assert SPANISH.pluralize(1200, "value") == "1.200 valores"
    assert [group_label({"grouping": "budget", "group_code": code}, SPANISH) for code in (100, 10**6, 10**9)] == [
        "100–1\u00a0mil USD", "1\u00a0M–10\u00a0M USD", "1\u00a0mil\u00a0M–10\u00a0mil\u00a0M USD"
    ]  # fmt: skip


def find_phrases() -> Iterator[str]:
    for path in EDA.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            match call.func:
                case ast.Name(id="language" | "self"):
                    yield from texts
                case ast.Attribute(attr="pluralize"):
                    yield from (form for noun in texts for form in (noun, f"{noun}s"))
    template = (EDA / "page" / "page.html").read_text("utf-8")
    yield from re.findall(r"""language\(["'](.*?)["']""", template)
    yield from (*LABELS.values(), *AXES.values(), *KNOWN_VALUES.values())
    for section in SECTIONS:
        yield from (section.title, *(chart.title for chart in section.charts))


def test_every_phrase_has_a_translation_with_the_same_values() -> None:
    assert set(SPANISH.phrases) == set(find_phrases())
    for phrase, translation in SPANISH.phrases.items():
        assert sorted(re.findall(r"{\w+}", translation)) == sorted(re.findall(r"{\w+}", phrase))


@pytest.mark.parametrize(
    ("grouping", "code", "name", "english", "spanish"),
    [
        ("genre", "10752", "War", "War", "Guerra"),
        ("country", "US", "United States of America", "United States", "Estados Unidos"),
        ("original_language", "ja", "日本語", "Japanese", "japonés"),
        ("original_language", "cn", "广州话", "Cantonese", "cantonés"),
        ("original_language", "??", None, "??", "??"),
        ("decade", "1990", None, "1990", "1990"),
    ],
)
def test_group_names_are_localized(grouping: str, code: str, name: str | None, english: str, spanish: str) -> None:
    rows: Rows = [{"grouping": grouping, "group_code": code, "group_name": name}]
    names = [language.localize_groups(rows)[0]["group_name"] for language in (ENGLISH, SPANISH)]
    assert names == [english, spanish]
