"""Findings about relations between measures."""

from eda.charts.relations import MIN_BIN_SHARE
from eda.labels import MEASURES, translate
from eda.language import Language
from eda.queries import Row, Rows

STRENGTHS = ((0.6, "strong", "fuerte"), (0.3, "moderate", "moderada"), (0.1, "weak", "débil"))


def joint_distribution(rows: Rows, language: Language) -> str:
    row = rows[0]
    return describe_correlation(row, row["both_movie_count"], language)


def joint_distribution_note(rows: Rows, language: Language) -> str:
    text = language(
        "Stronger colors mean more films. Rows and columns at the edges with less than "
        f"{language.share(MIN_BIN_SHARE)} of them are not shown.",
        "Cuanto más intenso el color, más películas. No se muestran las filas y columnas de los bordes con menos del "
        f"{language.share(MIN_BIN_SHARE)}.",
    )
    if not rows[0]["other_measure"].endswith("_usd"):
        return text
    line = language(
        " On the dashed line, revenue equals budget.", " En la línea punteada, la recaudación iguala al presupuesto."
    )
    return text + line


def describe_correlation(row: Row, films: int, language: Language) -> str:
    """Describe the correlation of two measures by Spearman's coefficient."""
    coefficient = row["spearman_coefficient"] or 0.0
    one, other = (translate(MEASURES, row[key], language) for key in ("measure", "other_measure"))
    text, number = language.fixed(coefficient, 2), language.films(films)
    for minimum, english, spanish in STRENGTHS:
        if abs(coefficient) >= minimum:
            sign = language("negative", "negativa") if coefficient < 0 else language("positive", "positiva")
            return language(
                f"{one.capitalize()} and {other} have a {english} {sign} correlation: Spearman's coefficient is "
                f"{text} for "
                f"{number}.",
                f"{one.capitalize()} y {other} tienen una correlación {sign} {spanish}: el coeficiente de Spearman es "
                f"{text} en {number}.",
            )
    return language(
        f"{one.capitalize()} and {other} are practically uncorrelated: Spearman's coefficient is {text} for {number}.",
        f"{one.capitalize()} y {other} apenas guardan relación: el coeficiente de Spearman es {text} en {number}.",
    )


def correlations(rows: Rows, language: Language) -> str:
    strongest = max(rows, key=lambda row: abs(row["spearman_coefficient"] or 0))
    return describe_correlation(strongest, strongest["movie_count"], language) + language(
        " This is the strongest correlation.", " Es la correlación más fuerte."
    )


def correlations_note(rows: Rows, language: Language) -> str:
    return language(
        "Above the diagonal: Spearman's coefficient (of ranks); below: Pearson's (of values). n is the number of films "
        "with both values. Budgets below 1,000 USD are ignored.",
        "Sobre la diagonal, el coeficiente de Spearman (rangos); debajo, el de Pearson (valores). n es el número de "
        "películas con ambos datos. No se consideran presupuestos de menos de 1.000 USD.",
    )
