"""Findings about the best rated films and the returns of groups."""

from eda.charts.rankings import group_label
from eda.language import Language
from eda.queries import Row, Rows


def weighted_ratings(rows: Rows, language: Language) -> str:
    first = rows[0]
    return language(
        "{title} ({year}) has the highest weighted mean, {weighted}: {votes} with a mean of {mean}, "
        "plus {prior_votes} at the mean of all films, {prior_mean}.",
        title=first["title"],
        year=first["release_year"],
        weighted=language.fixed(first["weighted_vote_mean"], 2),
        votes=language.pluralize(first["tmdb_vote_count"], "vote"),
        mean=language.fixed(first["tmdb_vote_mean"], 1),
        prior_votes=language.count(first["prior_vote_count"]),
        prior_mean=language.fixed(first["prior_vote_mean"], 2),
    )


def weighted_ratings_note(rows: Rows, language: Language) -> str:
    return language(
        "Weighted mean: v / (v + m) R + m / (v + m) C, for v votes with mean R; m = {votes} votes, reached by 5% of "
        "the films with votes, and C = {mean}, their mean. Films with fewer than m votes are not shown.",
        votes=language.count(rows[0]["prior_vote_count"]),
        mean=language.fixed(rows[0]["prior_vote_mean"], 2),
    )


def returns(rows: Rows, language: Language) -> str:
    best = max(rows, key=lambda row: row["median_return_ratio"])
    worst = min(rows, key=lambda row: row["median_return_ratio"])
    if best is worst:
        return language("Median return: {group}.", group=describe_return(best, language))
    is_apart = (best["lower_return_ratio"] or 0) > (worst["upper_return_ratio"] or float("inf"))
    return language(
        "Highest median return: {best}; lowest: {worst}; {intervals}.",
        best=describe_return(best, language),
        worst=describe_return(worst, language),
        intervals=language("their intervals do not overlap")
        if is_apart
        else language("their intervals overlap, so it may be chance"),
    )


def returns_note(_rows: Rows, language: Language) -> str:
    return language(
        "Point: median of revenue / budget. Bar: 95% confidence interval of the median. Dashed line: revenue equals "
        "budget. Films without a known budget and revenue, and groups of fewer than ten films, are not shown."
    )


def describe_return(row: Row, language: Language) -> str:
    ratio, films = language.ratio(row["median_return_ratio"]), language.films(row["movie_count"])
    return f"{group_label(row, language)} ({ratio}, {films})"
