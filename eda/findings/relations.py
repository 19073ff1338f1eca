"""Findings about relations between measures."""

from eda.charts.relations import MIN_BIN_SHARE
from eda.labels import translate_code
from eda.language import Language
from eda.queries import Row, Rows


def joint_distribution(rows: Rows, language: Language) -> str:
    return describe_correlation(rows[0], rows[0]["both_movie_count"], language)


def joint_distribution_note(rows: Rows, language: Language) -> str:
    text = language(
        "Stronger colors mean more films. Rows and columns at the edges with less than {share} of them are not shown.",
        share=language.share(MIN_BIN_SHARE),
    )
    if not rows[0]["other_measure"].endswith("_usd"):
        return text
    return text + language(" On the dashed line, revenue equals budget.")


def describe_correlation(row: Row, films: int, language: Language) -> str:
    """Describe the correlation of two measures by Spearman's coefficient."""
    coefficient = row["spearman_coefficient"] or 0.0
    values = {
        "measure": translate_code(row["measure"], language).capitalize(),
        "other": translate_code(row["other_measure"], language),
        "coefficient": language.fixed(coefficient, 2),
        "films": language.films(films),
    }
    if abs(coefficient) < 0.1:
        return language(
            "{measure} and {other} are practically uncorrelated: Spearman's coefficient is {coefficient} for {films}.",
            **values,
        )
    strength = language("weak")
    if abs(coefficient) >= 0.3:
        strength = language("strong") if abs(coefficient) >= 0.6 else language("moderate")
    return language(
        "{measure} and {other} have a {strength} {sign} correlation: Spearman's coefficient is {coefficient} for "
        "{films}.",
        strength=strength,
        sign=language("negative") if coefficient < 0 else language("positive"),
        **values,
    )


def correlations(rows: Rows, language: Language) -> str:
    strongest = max(rows, key=lambda row: abs(row["spearman_coefficient"] or 0))
    return describe_correlation(strongest, strongest["movie_count"], language) + language(
        " This is the strongest correlation."
    )


def correlations_note(_rows: Rows, language: Language) -> str:
    return language(
        "Above the diagonal: Spearman's coefficient (of ranks); below: Pearson's (of values). n is the number of films "
        "with both values. Budgets below 1,000 USD are ignored."
    )
