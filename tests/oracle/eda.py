"""Makes the other tables of the exploratory analysis: counts, returns, ratings, people and words."""

import numpy as np
import pandas as pd
import regex
from scipy import stats

from tests.oracle.eda_measures import make_measures
from tests.oracle.movies import LOOKUPS, vote_prior, weigh_ratings

MAX_BILLING = 10
"""Position in the cast up to which people are paired."""
MAX_WORDS = 500
FACTS = [
    *("title", "original_title", "overview", "tagline", "homepage_url", "poster_path", "imdb_id", "status"),
    *("original_language_code", "runtime_minutes", "budget_usd", "revenue_usd", "return_ratio", "tmdb_popularity"),
    *("tmdb_vote_mean", "collection_id"),
]
LISTS = {
    **{name: f"fct_movie_{name}" for name in ("genres", "companies", "countries", "spoken_languages", "keywords")},
    **{"actors": "fct_movie_actors", "directors": "fct_movie_directors", "movielens_ratings": "fct_ratings_by_movie"},
}


def make_eda(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return all tables of the exploratory analysis, from the other marts."""
    movies = tables["dim_movies"]
    return make_measures(movies) | {
        "mart_eda_completeness": count_known(tables),
        "mart_eda_groups_by_year": count_groups(tables),
        "mart_eda_returns": group_returns(tables),
        "mart_eda_weighted_ratings": rank_ratings(movies),
        "mart_eda_person_pairs": pair_people(tables),
        "mart_eda_word_counts": pd.concat([count_words(movies, source) for source in ("title", "overview")]),
    }


def count_known(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    movies = tables["dim_movies"]
    known = movies[FACTS].notna().assign(release_day=~movies["is_placeholder_date"].to_numpy(dtype="bool"))
    for fact, bridge in LISTS.items():
        known[fact] = movies["movie_id"].isin(tables[bridge]["movie_id"])
    counted = known.groupby(movies["release_decade"]).sum().stack().rename("known_movie_count")
    counted = counted.rename_axis(["release_decade", "fact"]).reset_index()
    counted["movie_count"] = counted["release_decade"].map(movies["release_decade"].value_counts())
    counted["known_movie_share"] = counted["known_movie_count"] / counted["movie_count"]
    return counted


def count_groups(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    movies = tables["dim_movies"]
    originals = movies[["movie_id", "original_language_code"]].dropna()
    originals = originals.rename(columns={"original_language_code": "language_code"})
    counted = []
    for grouping, bridge, dimension, key in (
        ("genre", tables["fct_movie_genres"], tables["dim_genres"], "genre_id"),
        ("country", tables["fct_movie_countries"], tables["dim_countries"], "country_code"),
        ("original_language", originals, tables["dim_languages"], "language_code"),
    ):
        films = bridge[["movie_id", key]].merge(movies[["movie_id", "release_year"]], on="movie_id")
        counts = films.groupby([key, "release_year"]).size().rename("movie_count").reset_index()
        name = key.replace("_id", "_name").replace("_code", "_name")
        counts["group_name"] = counts[key].map(dimension.set_index(key)[name])
        counts["group_code"] = counts.pop(key).astype("str")
        counted.append(counts.assign(grouping=grouping))
    return pd.concat(counted)


def group_returns(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    movies = tables["dim_movies"]
    films = movies[movies["return_ratio"].notna() & ~movies["has_suspicious_budget"].astype("bool")]
    films = films[["movie_id", "return_ratio", "budget_usd", "release_decade"]]
    genres = tables["fct_movie_genres"].merge(tables["dim_genres"], on="genre_id")
    by_genre = films.merge(genres, on="movie_id").rename(columns={"genre_id": "group_code", "genre_name": "group_name"})
    bands = (10 ** np.floor(np.log10(films["budget_usd"].astype("float64")))).astype("int64").astype("str")
    decades = films["release_decade"].astype("str")
    groups = [
        by_genre.assign(grouping="genre", group_code=by_genre["group_code"].astype("str")),
        films.assign(grouping="decade", group_code=decades, group_name=decades),
        films.assign(grouping="budget", group_code=bands, group_name=bands),
    ]
    returns = pd.concat(groups).groupby(["grouping", "group_code", "group_name"])["return_ratio"]
    return returns.apply(describe_returns).unstack().reset_index().astype({"movie_count": "int64"})


def describe_returns(returns: pd.Series) -> pd.Series:
    ordered = returns.sort_values().to_numpy(dtype="float64")
    # The largest k with P(Binomial(n, 1/2) <= k - 1) <= 0.025; ppf gives the smallest k that reaches the probability.
    rank = int(stats.binom.ppf(0.025, len(ordered), 0.5))
    if rank and stats.binom.cdf(rank, len(ordered), 0.5) <= 0.025:
        rank += 1
    return pd.Series(
        {
            "movie_count": len(ordered),
            "profitable_movie_share": (ordered > 1).mean(),
            "median_return_ratio": np.median(ordered),
            "lower_return_ratio": ordered[rank - 1] if rank else np.nan,
            "upper_return_ratio": ordered[-rank] if rank else np.nan,
        }
    )


def rank_ratings(movies: pd.DataFrame) -> pd.DataFrame:
    prior_count, prior_mean = vote_prior(movies)
    columns = ["movie_id", "tmdb_vote_count", "tmdb_vote_mean"]
    ranked = (
        movies.loc[movies["tmdb_vote_mean"].notna(), columns]
        .assign(prior_vote_count=prior_count, prior_vote_mean=prior_mean, weighted_vote_mean=weigh_ratings(movies))
        .query("tmdb_vote_count >= prior_vote_count")
        .sort_values(["weighted_vote_mean", "movie_id"], ascending=[False, True])
    )
    return ranked.assign(weighted_rank=np.arange(1, len(ranked) + 1))


def pair_people(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    cast, directors = tables["fct_cast_credits"], tables["fct_movie_directors"]
    leads = cast.loc[cast["list_position"] <= MAX_BILLING, ["movie_id", "person_id"]].dropna().drop_duplicates()
    others = leads.rename(columns={"person_id": "other_person_id"})
    costars = leads.merge(others, on="movie_id").query("person_id < other_person_id")
    directed = directors.merge(others, on="movie_id").query("person_id != other_person_id")
    pairs = pd.concat([costars.assign(relation="costars"), directed.assign(relation="director_and_actor")])
    years = pairs["movie_id"].map(tables["dim_movies"].set_index("movie_id")["release_year"])
    counted = years.groupby([pairs["relation"], pairs["person_id"], pairs["other_person_id"]]).agg(
        movie_count="size", first_release_year="min", last_release_year="max"
    )
    return counted[counted["movie_count"] >= 3].reset_index()


def count_words(movies: pd.DataFrame, source: str) -> pd.DataFrame:
    stop_words = set(pd.read_csv(LOOKUPS / "stop_words.csv", keep_default_na=False)["word"])
    texts = movies[["movie_id", source]].dropna()
    words = texts[source].map(plain_words).explode().dropna()
    words = words[(words.str.len() > 1) & ~words.isin(stop_words)]
    films = texts["movie_id"].reindex(words.index)
    counted = films.groupby(words.to_numpy()).agg(movie_count="nunique", occurrence_count="size")
    counted = counted.rename_axis("word").reset_index().assign(text_source=source)
    counted = counted.sort_values(["movie_count", "word"], ascending=[False, True]).head(MAX_WORDS)
    return counted.assign(word_rank=np.arange(1, len(counted) + 1))


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case, with inner apostrophes but without the English genitive."""
    written = regex.findall(r"[\pL\pM]+(?:'[\pL\pM]+)*", text.lower().replace("’", "'"))
    return [word.removesuffix("'s") for word in written]
