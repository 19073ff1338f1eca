"""Rankings of films and groups of films, with their uncertainty."""

import altair as alt

from eda.charts.style import ACCENT, SECOND, Drawing, chart, height_of_rows, label_position, layers, tooltip, wrap
from eda.language import ReportLanguage
from eda.queries import Row, Rows


def draw_weighted_ratings(rows: Rows, language: ReportLanguage) -> Drawing:
    """Draw a line from the plain to the weighted mean vote of each film."""
    shown = [{**row, "film": wrap(f"{row['title']} ({row['release_year']})")} for row in rows]
    means = [row[mean] for row in rows for mean in ("weighted_vote_mean", "tmdb_vote_mean")]
    low, high = min(means), max(means)
    margin = max(high - low, 0.1) * 0.15
    x = alt.X(
        "weighted_vote_mean:Q",
        scale=alt.Scale(domain=[low - margin, high + margin], nice=False),
        axis=alt.Axis(title=language("mean vote: ● weighted ○ plain"), tickCount=5),
    )
    base = chart(shown).encode(
        y=label_position("film"),
        tooltip=tooltip(language, "film", "tmdb_vote_count", "tmdb_vote_mean", "weighted_vote_mean"),
    )
    return layers(
        base.mark_rule(color=ACCENT, opacity=0.6, strokeWidth=2).encode(x=x, x2="tmdb_vote_mean:Q"),
        base.mark_point(color=ACCENT, size=55, filled=False, opacity=1).encode(x="tmdb_vote_mean:Q"),
        base.mark_point(color=SECOND, size=75, filled=True, opacity=1).encode(x=x),
        height=height_of_rows(shown, "film"),
    )


def draw_returns(rows: Rows, language: ReportLanguage) -> Drawing:
    """Draw the median return of each group with its interval, and a line where revenue equals budget."""
    shown = [
        {**row, "label": wrap(f"{group_label(row, language)} (n {language.count(row['movie_count'])})")} for row in rows
    ]
    lows = [row["lower_return_ratio"] or row["median_return_ratio"] for row in rows]
    highs = [row["upper_return_ratio"] or row["median_return_ratio"] for row in rows]
    low, high = min(*lows, 0.8) * 0.9, max(*highs, 1.2) * 1.1
    ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if low <= tick <= high]
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    axis = alt.Axis(title=language("median return"), values=ticks, labelExpr="format(datum.value, '~r') + '×'")
    x = alt.X("median_return_ratio:Q", scale=scale, axis=axis)
    ratios = ("median_return_ratio", "lower_return_ratio", "upper_return_ratio")
    base = chart(shown).encode(
        y=label_position("label"), tooltip=tooltip(language, "label", *ratios, "profitable_movie_share")
    )
    even = chart([{"at": 1}]).mark_rule(color=SECOND, strokeDash=[5, 4], strokeWidth=1.5).encode(x="at:Q")
    return layers(
        base.mark_rule(color=ACCENT, opacity=0.55, strokeWidth=5).encode(
            x=alt.X("lower_return_ratio:Q", scale=scale, axis=axis), x2="upper_return_ratio:Q"
        ),
        base.mark_point(color=ACCENT, filled=True, size=85, opacity=1).encode(x=x),
        even,
        height=height_of_rows(shown, "label"),
    )


def group_label(row: Row, language: ReportLanguage) -> str:
    """Return the name of a genre, the years of a decade, or the limits of a budget range."""
    if row["grouping"] == "budget":
        least = int(row["group_code"])
        low, high = language.short_money(least), language.short_money(least * 10)
        return language("${low}–${high}", low=low, high=high)
    if row["grouping"] == "decade":
        return language("{decade}s", decade=row["group_code"])
    return str(row["group_name"])


def describe_weighted_ratings(rows: Rows, language: ReportLanguage) -> str:
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


def note_weighted_ratings(rows: Rows, language: ReportLanguage) -> str:
    return language(
        "Weighted mean: v / (v + m) R + m / (v + m) C, for v votes with mean R; m = {votes} votes, reached by 5% of "
        "the films with votes, and C = {mean}, their mean. Films with fewer than m votes are not shown.",
        votes=language.count(rows[0]["prior_vote_count"]),
        mean=language.fixed(rows[0]["prior_vote_mean"], 2),
    )


def describe_returns(rows: Rows, language: ReportLanguage) -> str:
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


def note_returns(_rows: Rows, language: ReportLanguage) -> str:
    return language(
        "Point: median of revenue / budget. Bar: 95% confidence interval of the median. Dashed line: revenue equals "
        "budget. Films without a known budget and revenue, and groups of fewer than ten films, are not shown."
    )


def describe_return(row: Row, language: ReportLanguage) -> str:
    ratio, films = language.ratio(row["median_return_ratio"]), language.films(row["movie_count"])
    return f"{group_label(row, language)} ({ratio}, {films})"
