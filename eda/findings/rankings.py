"""Findings about the best rated films and the returns of groups."""

from eda.charts.rankings import group_label
from eda.language import Language
from eda.queries import Row, Rows


def weighted_ratings(rows: Rows, language: Language) -> str:
    first = rows[0]
    film = f"{first['title']} ({first['release_year']})"
    weighted, plain = language.fixed(first["weighted_vote_mean"], 2), language.fixed(first["tmdb_vote_mean"], 1)
    votes, prior = (
        language.pluralize(first["tmdb_vote_count"], "vote", "voto"),
        language.count(first["prior_vote_count"]),
    )
    mean = language.fixed(first["prior_vote_mean"], 2)
    return language(
        f"{film} has the highest weighted mean, {weighted}: {votes} with a mean of {plain}, plus {prior} at the mean "
        f"of all films, {mean}.",
        f"{film} tiene la media ponderada más alta, {weighted}: {votes} con media {plain}, más {prior} con la media "
        f"de todas las películas, {mean}.",
    )


def weighted_ratings_note(rows: Rows, language: Language) -> str:
    votes, mean = language.count(rows[0]["prior_vote_count"]), language.fixed(rows[0]["prior_vote_mean"], 2)
    return language(
        f"Weighted mean: v / (v + m) R + m / (v + m) C, for v votes with mean R; m = {votes} votes, reached by "
        f"5% of the "
        f"films with votes, and C = {mean}, their mean. Films with fewer than m votes are not shown.",
        f"Media ponderada: v / (v + m) R + m / (v + m) C, para v votos con media R; m = {votes} votos, que "
        f"alcanza el 5 % "
        f"de las películas con votos, y C = {mean}, su media. No se muestran las películas con menos de m votos.",
    )


def returns(rows: Rows, language: Language) -> str:
    best = max(rows, key=lambda row: row["median_return_ratio"])
    worst = min(rows, key=lambda row: row["median_return_ratio"])
    one, other = describe_return(best, language), describe_return(worst, language)
    if best is worst:
        return language(f"Median return: {one}.", f"Retorno mediano: {one}.")
    is_apart = (best["lower_return_ratio"] or 0) > (worst["upper_return_ratio"] or float("inf"))
    doubt = (
        language("their intervals do not overlap", "sus intervalos no se solapan")
        if is_apart
        else language("their intervals overlap, so it may be chance", "sus intervalos se solapan: puede ser azar")
    )
    return language(
        f"Highest median return: {one}; lowest: {other}; {doubt}.",
        f"Retorno mediano más alto: {one}; más bajo: {other}; {doubt}.",
    )


def returns_note(rows: Rows, language: Language) -> str:
    return language(
        "Point: median of revenue / budget. Bar: 95% confidence interval of the median. Dashed line: revenue equals "
        "budget. Films without a known budget and revenue, and groups of fewer than ten films, are not shown.",
        "Punto: mediana de recaudación / presupuesto. Barra: intervalo de confianza del 95 %. Línea punteada: la "
        "recaudación iguala al presupuesto. No se muestran películas sin ambos datos ni grupos de menos de diez.",
    )


def describe_return(row: Row, language: Language) -> str:
    ratio, films = language.ratio(row["median_return_ratio"]), language.films(row["movie_count"])
    return f"{group_label(row, language)} ({ratio}, {films})"
