"""Findings of the report in both languages."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest

from eda.charts.rankings import group_label
from eda.findings import completeness, diagrams, distributions, rankings, relations, releases, trends
from eda.labels import AXES, KNOWN_VALUES, LABELS, localize_groups
from eda.language import ENGLISH, SPANISH
from eda.sections import SECTIONS
from warehouse.settings import REPOSITORY_ROOT

EDA = REPOSITORY_ROOT / "eda"
Rows = list[dict[str, Any]]


@pytest.mark.parametrize(
    ("january", "may", "english", "spanish"),
    [
        (
            (10, 1500),
            (1200, 0),
            "January leads with 1,510 films, but only because TMDB uses 1 January for films of which only the year is "
            "known (1,500). Among films with a known day, most were released in May (1,200).",
            "Enero encabeza la lista con 1.510 películas, pero solo porque TMDB usa el 1 de enero cuando se conoce "
            "únicamente el año (1.500). Entre las de día conocido, mayo es el mes con más estrenos (1.200).",
        ),
        (
            (10, 1),
            (12, 0),
            "May leads with 12 films, and with 12 if only films with a known day are counted.",
            "Mayo encabeza la lista con 12 películas, y también con 12 si solo se cuentan las de día conocido.",
        ),
    ],
)
def test_releases_by_month_explains_january_placeholders(
    january: tuple[int, int], may: tuple[int, int], english: str, spanish: str
) -> None:
    rows = [
        {"month_name_en": name, "month_name_es": name_es, "date_kind": kind, "movie_count": count}
        for name, name_es, counts in (("january", "enero", january), ("may", "mayo", may))
        for kind, count in zip(("dated", "placeholder"), counts, strict=True)
    ]
    assert [releases.releases_by_month(rows, language) for language in (ENGLISH, SPANISH)] == [english, spanish]


def group(name: str, *ratios: float | None) -> dict[str, Any]:
    columns = ("median_return_ratio", "lower_return_ratio", "upper_return_ratio")
    group = {"grouping": "genre", "group_code": name, "group_name": name, "movie_count": 12}
    return group | dict(zip(columns, ratios, strict=True))


@pytest.mark.parametrize(
    ("low", "doubt"),
    [
        (3.5, "their intervals do not overlap"),
        (1.5, "their intervals overlap, so it may be chance"),
        (None, "their intervals overlap, so it may be chance"),
    ],
)
def test_returns_finding_compares_intervals(low: float | None, doubt: str) -> None:
    rows = [group("Horror", 4.0, low, 5.0), group("Drama", 1.5, 1.2, 2.0)]
    sentence = f"Highest median return: Horror (4×, 12 films); lowest: Drama (1.5×, 12 films); {doubt}."
    assert rankings.returns(rows, ENGLISH) == sentence
    assert rankings.returns(rows[:1], SPANISH) == "Retorno mediano: Horror (4×, 12 películas)."


@pytest.mark.parametrize(
    ("coefficient", "english", "spanish"),
    [
        (0.7, "a strong positive correlation", "una correlación positiva fuerte"),
        (-0.35, "a moderate negative correlation", "una correlación negativa moderada"),
        (0.1, "a weak positive correlation", "una correlación positiva débil"),
        (0.02, "are practically uncorrelated", "apenas guardan relación"),
        (None, "are practically uncorrelated", "apenas guardan relación"),
    ],
)
def test_correlation_is_described_by_strength(coefficient: float | None, english: str, spanish: str) -> None:
    row = {"measure": "budget_usd", "other_measure": "revenue_usd", "spearman_coefficient": coefficient}
    assert english in relations.describe_correlation(row, 50, ENGLISH)
    assert spanish in relations.describe_correlation(row, 50, SPANISH)


RUNTIMES = {
    "measure": "runtime_minutes",
    "scale": "linear",
    "movie_count": 60,
    "known_movie_count": 80,
    "unknown_movie_count": 0,
    "all_movie_count": 80,
    "zero_movie_count": 0,
    "first_quartile_value": 85.0,
    "median_value": 92.5,
    "third_quartile_value": 101.0,
    "maximum_value": 300.0,
    "skewness_coefficient": 2.0,
}


def test_distribution_mentions_unknown_values_if_any() -> None:
    some_unknown = RUNTIMES | {"unknown_movie_count": 20, "all_movie_count": 100}
    sentence = "For 80 films with a known running time, the median is 92 minutes and the middle half is between "
    sentence += "85 minutes and 101 minutes"
    assert distributions.distribution([RUNTIMES], ENGLISH) == f"{sentence}."
    assert distributions.distribution([some_unknown], ENGLISH) == f"{sentence}; it is unknown for 20% of all films."
    note = distributions.distribution_note([RUNTIMES | {"unknown_movie_count": 1}], ENGLISH)
    assert note == "Not shown: 1 film with unknown value and 20 films beyond the axis. The maximum is 300 minutes."


def test_distribution_excludes_zero_votes_from_quartiles() -> None:
    votes = {"measure": "tmdb_vote_count", "scale": "log2", "movie_count": 45, "zero_movie_count": 30}
    row = RUNTIMES | votes | {"scaled_skewness_coefficient": 0.5}
    sentence = distributions.distribution([row], ENGLISH)
    assert sentence.startswith("For 50 films with a known number of votes above 0, the median is")
    note = distributions.distribution_note([row], SPANISH)
    assert "No se muestran: 5 películas más allá del eje y 30 películas con valor 0. El máximo es 300 votos." in note


def test_known_by_decade_names_fact_with_largest_change() -> None:
    rows = [
        {"fact": fact, "release_decade": decade, "movie_count": 50, "known_movie_share": share}
        for fact, shares in (("overview", (0.2, 0.9)), ("runtime_minutes", (0.9, 0.8)))
        for decade, share in zip((1950, 2010), shares, strict=True)
    ]
    assert completeness.known_by_decade(rows, ENGLISH) == (
        "From the 1950s to the 2010s, availability changed most for the overview: from 20% to 90% of the films."
    )


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
    assert trends.find_trend_decades(rows, "movie_count") == decades


def test_words_and_pairs_are_listed_by_rank() -> None:
    rows = [{"text_source": "title", "word": word, "movie_count": count} for word, count in (("love", 9), ("man", 7))]
    assert diagrams.words(rows, ENGLISH) == "The most frequent words in titles: “love” (9) and “man” (7)."
    pair = {"person_name": "A", "other_person_name": "B", "movie_count": 4, "pair_count": 2}
    pair |= {"relation": "costars", "first_release_year": 1990, "last_release_year": 1999}
    spanish, english = diagrams.people_together([pair], SPANISH), diagrams.people_together([pair, pair], ENGLISH)
    assert "A y B protagonizan 4 películas juntos (1990–1999), más que ninguna otra pareja" in spanish
    assert "together in 4 films (1990–1999), a number no pair exceeds" in english


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
    """Yield every phrase that the report translates."""
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
    names = [localize_groups(rows, language)[0]["group_name"] for language in (ENGLISH, SPANISH)]
    assert names == [english, spanish]
