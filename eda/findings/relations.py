"""What goes with what."""

from eda.charts.relations import LEAST_SHARE
from eda.labels import MEASURES, name
from eda.language import Language
from eda.reading import Row, Rows

STRENGTHS = ((0.6, "strongly", "fuertemente"), (0.3, "moderately", "moderadamente"), (0.1, "weakly", "débilmente"))


def joint_distribution(rows: Rows, say: Language) -> str:
    row = rows[0]
    return association(row, row["both_movie_count"], say)


def joint_note(rows: Rows, say: Language) -> str:
    text = say(
        "The stronger the colour, the more films. The edges end where a row or column holds less than "
        f"{say.share(LEAST_SHARE)} of them.",
        "Cuanto más fuerte el color, más películas. Los bordes acaban donde una fila o columna tiene menos del "
        f"{say.share(LEAST_SHARE)}.",
    )
    if not rows[0]["other_measure"].endswith("_usd"):
        return text
    line = say(
        " On the dashed line, revenue equals budget.", " En la línea punteada, la recaudación iguala al presupuesto."
    )
    return text + line


def association(row: Row, films: int, say: Language) -> str:
    """How strongly two measures rise together, by Spearman's coefficient."""
    coefficient = row["spearman_coefficient"] or 0.0
    one, other = (name(MEASURES, row[key], say) for key in ("measure", "other_measure"))
    written, number = say.fixed(coefficient, 2), say.films(films)
    for least, english, spanish in STRENGTHS:
        if abs(coefficient) >= least:
            direction = (
                say("in opposite directions", "en sentido contrario") if coefficient < 0 else say("together", "juntos")
            )
            return say(
                f"{one.capitalize()} and {other} move {english} {direction}: Spearman's correlation is {written} over "
                f"{number}.",
                f"{one.capitalize()} y {other} se mueven {spanish} {direction}: la correlación de Spearman es "
                f"{written} sobre {number}.",
            )
    return say(
        f"{one.capitalize()} and {other} have next to nothing to do with each other: Spearman's correlation is "
        f"{written} over {number}.",
        f"{one.capitalize()} y {other} casi no tienen que ver: la correlación de Spearman es {written} sobre {number}.",
    )


def correlations(rows: Rows, say: Language) -> str:
    strongest = max(rows, key=lambda row: abs(row["spearman_coefficient"] or 0))
    return association(strongest, strongest["movie_count"], say) + say(
        " No other pair is closer.", " Ningún otro par está más cerca."
    )


def correlations_note(rows: Rows, say: Language) -> str:
    return say(
        "Above the diagonal Spearman's coefficient (of ranks), below it Pearson's (of values); n is how many films "
        "have both. Budgets below 1,000 USD are left out.",
        "Sobre la diagonal, el coeficiente de Spearman (de rangos); debajo, el de Pearson (de valores); n es cuántas "
        "películas tienen ambos. No cuentan presupuestos de menos de 1.000 USD.",
    )
