"""Which decades a trend is read from."""

from eda.language import Language
from eda.reading import Rows

ENOUGH_OF_ALL, ENOUGH = 0.01, 20
"""A decade with a smaller share of the films, or with fewer of them, says nothing of a trend."""


def trend_decades(rows: Rows, count: str) -> tuple[int, int]:
    """The first and the last decade that have films enough; with none, the largest one twice."""
    films = {row["release_decade"]: row[count] for row in rows}
    least = max(ENOUGH, ENOUGH_OF_ALL * sum(films.values()))
    enough = [decade for decade, number in films.items() if number >= least]
    enough = enough or [max(films, key=lambda decade: films[decade])]
    return min(enough), max(enough)


def decades_note(rows: Rows, say: Language) -> str:
    return say(
        "The stronger the colour, the larger the share. Decades with less than a thousandth of the films are left out.",
        "Cuanto más fuerte el color, mayor la parte. No se dibujan las décadas con menos de una milésima del total.",
    )
