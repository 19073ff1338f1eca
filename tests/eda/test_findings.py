"""Findings of the report in both languages."""

from typing import Any

import pytest

from eda.findings import completeness, diagrams, distributions, rankings, relations, releases, trends
from eda.labels import localize_groups
from eda.language import ENGLISH, SPANISH

Rows = list[dict[str, Any]]


def months(january: tuple[int, int], may: tuple[int, int]) -> Rows:
    """Return two months, each with the number of films with a known day and of placeholders."""
    named = [(1, "january", "enero", january), (5, "may", "mayo", may)]
    return [
        {
            "release_month": number,
            "month_name_en": english,
            "month_name_es": spanish,
            "date_kind": kind,
            "movie_count": count,
        }
        for number, english, spanish, counts in named
        for kind, count in zip(("dated", "placeholder"), counts, strict=True)
    ]


def test_releases_by_month_explains_january_placeholders() -> None:
    rows = months(january=(10, 1500), may=(1200, 0))
    assert releases.releases_by_month(rows, ENGLISH) == (
        "January leads with 1,510 films, but only because TMDB uses 1 January for films of which only the year is "
        "known (1,500). Among films with a known day, most were released in May (1,200)."
    )
    assert releases.releases_by_month(rows, SPANISH).startswith(
        "Enero encabeza la lista con 1.510 películas, pero solo porque"
    )
    rows = months(january=(10, 1), may=(12, 0))
    assert releases.releases_by_month(rows, ENGLISH) == (
        "May leads with 12 films, and with 12 if only films with a known day are counted."
    )
    assert releases.releases_by_month(rows, SPANISH).startswith(
        "Mayo encabeza la lista con 12 películas, y también con 12"
    )


def group(name: str, median: float, low: float | None, high: float | None) -> dict[str, Any]:
    return {
        "grouping": "genre",
        "group_code": name,
        "group_name": name,
        "movie_count": 12,
        "median_return_ratio": median,
        "lower_return_ratio": low,
        "upper_return_ratio": high,
    }


@pytest.mark.parametrize(
    ("best", "doubt"),
    [
        (group("Horror", 4.0, 3.5, 5.0), "their intervals do not overlap"),
        (group("Horror", 4.0, 1.5, 5.0), "their intervals overlap, so it may be chance"),
        (group("Horror", 4.0, None, None), "their intervals overlap, so it may be chance"),
    ],
)
def test_returns_finding_compares_intervals(best: dict[str, Any], doubt: str) -> None:
    rows = [best, group("Drama", 1.5, 1.2, 2.0)]
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


def runtimes(unknown: int) -> Rows:
    return [
        {
            "measure": "runtime_minutes",
            "scale": "linear",
            "movie_count": 60,
            "known_movie_count": 80,
            "unknown_movie_count": unknown,
            "all_movie_count": 80 + unknown,
            "zero_movie_count": 0,
            "first_quartile_value": 85.0,
            "median_value": 92.5,
            "third_quartile_value": 101.0,
            "maximum_value": 300.0,
            "skewness_coefficient": 2.0,
        }
    ]


def test_distribution_mentions_unknown_values_if_any() -> None:
    sentence = distributions.distribution(runtimes(unknown=20), ENGLISH)
    assert sentence.endswith(
        "is 92 minutes and the middle half is between 85 minutes and 101 minutes; it is unknown for 20% of all films."
    )
    assert "unknown" not in distributions.distribution(runtimes(unknown=0), ENGLISH)
    note = distributions.distribution_note(runtimes(unknown=1), ENGLISH)
    assert note == ("Not shown: 1 film with unknown value and 20 films beyond the axis. The maximum is 300 minutes.")


def test_known_by_decade_names_fact_with_largest_change() -> None:
    rows = [
        {"fact": fact, "release_decade": decade, "movie_count": 50, "known_movie_share": share}
        for fact, shares in (("overview", (0.2, 0.9)), ("runtime_minutes", (0.9, 0.8)))
        for decade, share in zip((1950, 2010), shares, strict=True)
    ]
    sentence = completeness.known_by_decade(rows, ENGLISH)
    assert (
        sentence
        == "From the 1950s to the 2010s, availability changed most for the overview: from 20% to 90% of the films."
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
    assert diagrams.words(rows, ENGLISH) == ("The most frequent words in titles: “love” (9) and “man” (7).")
    pair = {"person_name": "A", "other_person_name": "B", "movie_count": 4, "pair_count": 2}
    pair |= {"relation": "costars", "first_release_year": 1990, "last_release_year": 1999}
    assert "A y B protagonizan 4 películas juntos (1990–1999), más que ninguna otra pareja" in diagrams.people_together(
        [pair], SPANISH
    )
    assert "together in 4 films (1990–1999), a number no pair exceeds" in diagrams.people_together(
        [pair, pair], ENGLISH
    )


def test_distribution_excludes_zero_votes_from_quartiles() -> None:
    (row,) = runtimes(unknown=0)
    row |= {"measure": "tmdb_vote_count", "scale": "log2", "zero_movie_count": 30, "scaled_skewness_coefficient": 0.5}
    sentence = distributions.distribution([row], ENGLISH)
    assert sentence.startswith("For 50 films with a known number of votes above 0, the median is")
    note = distributions.distribution_note([{**row, "movie_count": 45}], SPANISH)
    assert "No se muestran: 5 películas más allá del eje y 30 películas con valor 0. El máximo es 300 votos." in note


@pytest.mark.parametrize(
    ("share", "english", "spanish"),
    [
        (0.0, "0%", "0\u00a0%"),
        (0.0004, "<0.1%", "<0,1\u00a0%"),
        (0.0042, "0.4%", "0,4\u00a0%"),
        (0.5, "50%", "50\u00a0%"),
        (0.9999, ">99.9%", ">99,9\u00a0%"),
        (1.0, "100%", "100\u00a0%"),
    ],
)
def test_share_is_rounded_to_0_or_100_only_if_exact(share: float, english: str, spanish: str) -> None:
    assert (ENGLISH.share(share), SPANISH.share(share)) == (english, spanish)


def test_numbers_are_formatted_by_language() -> None:
    assert (ENGLISH.decimal(1234.5), SPANISH.decimal(-1234.5)) == ("1,234.5", "−1.234,5")
    assert (ENGLISH.money(2_500_000), SPANISH.money(2_500_000)) == ("$2.5 million", "2,5 millones de\u00a0USD")
    assert (ENGLISH.fixed(0.7, 2), SPANISH.fixed(-0.001, 2)) == ("0.70", "0,00")


@pytest.mark.parametrize(
    ("number", "english", "spanish"),
    [(1, "1 film", "1 película"), (0, "0 films", "0 películas"), (2, "2 films", "2 películas")],
)
def test_pluralize_uses_singular_for_one(number: int, english: str, spanish: str) -> None:
    assert (ENGLISH.films(number), SPANISH.films(number)) == (english, spanish)
    assert SPANISH.pluralize(2, "minute", "minuto") == "2 minutos"
    assert SPANISH.pluralize(1200, "value", "valor") == "1.200 valores"


def test_group_names_are_localized() -> None:
    rows: Rows = [
        {"grouping": "genre", "group_code": "10752", "group_name": "War"},
        {"grouping": "country", "group_code": "US", "group_name": "United States of America"},
        {"grouping": "original_language", "group_code": "ja", "group_name": "日本語"},
        {"grouping": "original_language", "group_code": "cn", "group_name": "广州话"},
        {"grouping": "original_language", "group_code": "??", "group_name": None},
        {"grouping": "decade", "group_code": "1990", "group_name": None},
    ]
    assert [row["group_name"] for row in localize_groups(rows, SPANISH)] == [
        "Guerra", "Estados Unidos", "japonés", "cantonés", "??", "1990"
    ]  # fmt: skip
    assert [row["group_name"] for row in localize_groups(rows, ENGLISH)][:4] == [
        "War", "United States", "Japanese", "Cantonese"
    ]  # fmt: skip
    assert localize_groups([{"fact": "title"}], SPANISH) == [{"fact": "title"}]
