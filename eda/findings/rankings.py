"""Which films and groups of films stand first."""

from eda.charts.rankings import group_label
from eda.language import Language
from eda.reading import Row, Rows


def weighted_ratings(rows: Rows, say: Language) -> str:
    first = rows[0]
    film = f"{first['title']} ({first['release_year']})"
    weighted, plain = say.fixed(first["weighted_vote_mean"], 2), say.fixed(first["tmdb_vote_mean"], 1)
    votes, prior = say.counted(first["tmdb_vote_count"], "vote", "voto"), say.count(first["prior_vote_count"])
    mean = say.fixed(first["prior_vote_mean"], 2)
    return say(
        f"{film} leads with a weighted mean of {weighted}: {votes} of {plain}, and {prior} more at the mean of "
        f"all films, {mean}.",
        f"{film} lidera con una media ponderada de {weighted}: {votes} de {plain}, y {prior} más con la media de "
        f"todas, {mean}.",
    )


def weighted_note(rows: Rows, say: Language) -> str:
    votes, mean = say.count(rows[0]["prior_vote_count"]), say.fixed(rows[0]["prior_vote_mean"], 2)
    return say(
        f"Weighted: v / (v + m) R + m / (v + m) C, of a film's v votes with mean R; m = {votes}, which 5% of the films "
        f"with votes reach, and C = {mean}, their mean. Films with fewer than m votes are left out.",
        f"Ponderada: v / (v + m) R + m / (v + m) C, con los v votos de media R de cada película; m = {votes}, que "
        f"alcanza el 5 % de las películas con votos, y C = {mean}, su media. No están las de menos de m votos.",
    )


def returns(rows: Rows, say: Language) -> str:
    best = max(rows, key=lambda row: row["median_return_ratio"])
    worst = min(rows, key=lambda row: row["median_return_ratio"])
    one, other = described_return(best, say), described_return(worst, say)
    if best is worst:
        return say(f"Median return: {one}.", f"Retorno mediano: {one}.")
    is_apart = (best["lower_return_ratio"] or 0) > (worst["upper_return_ratio"] or float("inf"))
    doubt = (
        say("their intervals do not overlap", "sus intervalos no se solapan")
        if is_apart
        else say("their intervals overlap, so it may be chance", "sus intervalos se solapan: puede ser azar")
    )
    return say(
        f"Highest median return: {one}; lowest: {other}; {doubt}.",
        f"Retorno mediano más alto: {one}; más bajo: {other}; {doubt}.",
    )


def returns_note(rows: Rows, say: Language) -> str:
    return say(
        "Point: median of revenue / budget. Bar: 95% interval of that median. Dashed: revenue equals budget. Films "
        "without a known budget and revenue, and groups of fewer than ten films, are not here.",
        "Punto: mediana de recaudación / presupuesto. Barra: intervalo del 95 % de esa mediana. Línea punteada: la "
        "recaudación iguala al presupuesto. No están las películas sin ambos datos ni los grupos de menos de diez.",
    )


def described_return(row: Row, say: Language) -> str:
    return f"{group_label(row, say)} ({say.ratio(row['median_return_ratio'])}, {say.films(row['movie_count'])})"
