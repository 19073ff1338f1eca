"""Findings about trends over decades."""

from eda.language import Language
from eda.queries import Rows

MIN_SHARE, MIN_FILMS = 0.01, 20
"""Minimum share and number of films of a decade that is used for trends."""


def find_trend_decades(rows: Rows, count: str) -> tuple[int, int]:
    """Return the first and last decade with enough films, or the largest one twice."""
    films = {row["release_decade"]: row[count] for row in rows}
    minimum = max(MIN_FILMS, MIN_SHARE * sum(films.values()))
    enough = [decade for decade, number in films.items() if number >= minimum]
    enough = enough or [max(films, key=lambda decade: films[decade])]
    return min(enough), max(enough)


def decades_note(_rows: Rows, language: Language) -> str:
    return language("Stronger colors mean larger shares. Decades with less than 0.1% of the films are not shown.")
