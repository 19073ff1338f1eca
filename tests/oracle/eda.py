"""How the films' measures are distributed and go together: the tables of the exploratory analysis."""

import numpy as np
import pandas as pd
import regex
from scipy import stats

from tests.oracle.movies import LOOKUPS

SCALES = {
    "budget_usd": "log10",
    "revenue_usd": "log10",
    "return_ratio": "log10",
    "runtime_minutes": "linear",
    "tmdb_vote_count": "log2",
    "tmdb_vote_mean": "linear",
    "tmdb_popularity": "log10",
}
BIN_WIDTHS = {"linear": 0.5, "log2": 1.0, "log10": 0.25}
BASES = {"log2": 2.0, "log10": 10.0}
LOGARITHMS = {"log2": np.log2, "log10": np.log10}
JOINT = [("budget_usd", "revenue_usd"), ("tmdb_vote_count", "tmdb_vote_mean")]
LEADS = 10
LISTED_WORDS = 500
FACTS = [
    *("title", "original_title", "overview", "tagline", "homepage_url", "poster_path", "imdb_id", "status"),
    *("original_language_code", "runtime_minutes", "budget_usd", "revenue_usd", "return_ratio", "tmdb_popularity"),
    *("tmdb_vote_mean", "collection_id"),
]
LISTS = {
    **{name: f"fct_movie_{name}" for name in ("genres", "companies", "countries", "spoken_languages", "keywords")},
    "actors": "fct_movie_actors",
    "directors": "fct_movie_directors",
    "movielens_ratings": "fct_ratings_by_movie",
}


def make_eda(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """All tables of the exploratory analysis, from the other marts."""
    movies = tables["dim_movies"]
    values = movies.set_index("movie_id")[list(SCALES)].astype("float64")
    scaled = pd.DataFrame({measure: on_scale(values[measure], scale) for measure, scale in SCALES.items()})
    return {
        "mart_eda_measures": pd.DataFrame([summarize(values[name], scaled[name]) for name in SCALES]),
        "mart_eda_histograms": pd.concat([count_bins(scaled[name].dropna()) for name in SCALES]),
        "mart_eda_joint_histograms": pd.concat([count_joint_bins(scaled, *pair) for pair in JOINT]),
        "mart_eda_outliers": list_outliers(movies, values, scaled),
        "mart_eda_correlations": correlate(movies, values),
        "mart_eda_completeness": count_known(tables),
        "mart_eda_groups_by_year": count_groups(tables),
        "mart_eda_returns": group_returns(tables),
        "mart_eda_weighted_ratings": weigh_ratings(movies),
        "mart_eda_person_pairs": pair_people(tables),
        "mart_eda_word_counts": pd.concat([count_words(movies, source) for source in ("title", "overview")]),
    }


def on_scale(values: pd.Series, scale: str) -> pd.Series:
    return values if scale == "linear" else LOGARITHMS[scale](values.where(values > 0))


def off_scale(scaled: pd.Series, scale: str) -> pd.Series:
    return scaled if scale == "linear" else BASES[scale] ** scaled


def bin_width(measure: str) -> float:
    return 5.0 if measure == "runtime_minutes" else BIN_WIDTHS[SCALES[measure]]


def fences(scaled: pd.Series, steps: float) -> tuple[float, float]:
    first, third = scaled.quantile(0.25), scaled.quantile(0.75)
    return first - steps * (third - first), third + steps * (third - first)


def summarize(values: pd.Series, scaled: pd.Series) -> dict[str, object]:
    shown = values[scaled.notna()]
    whiskers = shown[scaled[shown.index].between(*fences(scaled, 1.5))]
    return {
        "measure": values.name,
        "scale": SCALES[str(values.name)],
        "movie_count": len(values),
        "known_movie_count": values.count(),
        "unknown_movie_count": values.isna().sum(),
        "zero_movie_count": (values == 0).sum(),
        "minimum_value": shown.min(),
        "low_percentile_value": shown.quantile(0.005),
        "lower_whisker_value": whiskers.min(),
        "first_quartile_value": shown.quantile(0.25),
        "median_value": shown.median(),
        "third_quartile_value": shown.quantile(0.75),
        "upper_whisker_value": whiskers.max(),
        "high_percentile_value": shown.quantile(0.995),
        "maximum_value": shown.max(),
        "mean_value": shown.mean(),
        "skewness_coefficient": shown.skew(),
        "scaled_skewness_coefficient": scaled.skew(),
    }


def count_bins(scaled: pd.Series) -> pd.DataFrame:
    measure = str(scaled.name)
    scale, width = SCALES[measure], bin_width(measure)
    numbers = np.floor(scaled / width).astype("int64")
    bins = pd.Series(np.arange(numbers.min(), numbers.max() + 1))
    spread = min(scaled.std(), (scaled.quantile(0.75) - scaled.quantile(0.25)) / 1.34)
    bandwidth = max(0.9 * spread * len(scaled) ** -0.2, width / 2)
    middles = (bins.to_numpy() + 0.5) * width
    densities = stats.norm.pdf(middles[:, None], scaled.to_numpy()[None, :], bandwidth).sum(axis=1)
    return pd.DataFrame(
        {
            "measure": measure,
            "scale": scale,
            "bin_number": bins,
            "from_value": off_scale(bins * width, scale),
            "to_value": off_scale((bins + 1) * width, scale),
            "movie_count": bins.map(numbers.value_counts()).fillna(0).astype("int64"),
            "smoothed_movie_count": densities * width,
        }
    )


def count_joint_bins(scaled: pd.DataFrame, measure: str, other: str) -> pd.DataFrame:
    both = scaled[[measure, other]].dropna()
    numbers = pd.DataFrame(
        {
            "bin_number": np.floor(both[measure] / bin_width(measure)).astype("int64"),
            "other_bin_number": np.floor(both[other] / bin_width(other)).astype("int64"),
        }
    )
    counted = numbers.value_counts().rename("movie_count").reset_index()
    for prefix, name in (("", measure), ("other_", other)):
        edges = counted[f"{prefix}bin_number"]
        counted[f"{prefix}measure"] = name
        counted[f"{prefix}from_value"] = off_scale(edges * bin_width(name), SCALES[name])
        counted[f"{prefix}to_value"] = off_scale((edges + 1) * bin_width(name), SCALES[name])
    return counted


def list_outliers(movies: pd.DataFrame, values: pd.DataFrame, scaled: pd.DataFrame) -> pd.DataFrame:
    found = [
        rank_odd(values, measure, "below_1000_usd", -values.loc[values[measure] < 1000, measure])
        for measure in ("budget_usd", "revenue_usd")
    ]
    for measure in SCALES:
        on = scaled[measure].dropna()
        low, high = fences(on, 3)
        is_amount = measure.endswith("_usd")
        trusted = on[~((values.loc[on.index, measure] < 1000) & is_amount)]
        first, third = on.quantile(0.25), on.quantile(0.75)
        found.append(rank_odd(values, measure, "far_below", (first - trusted)[trusted < low]))
        found.append(rank_odd(values, measure, "far_above", (trusted - third)[trusted > high]))
    equal = values.loc[values["budget_usd"] == values["revenue_usd"], "budget_usd"]
    return pd.concat([*found, rank_odd(values, "return_ratio", "budget_equals_revenue", equal)])


def rank_odd(values: pd.DataFrame, measure: str, rule: str, oddness: pd.Series) -> pd.DataFrame:
    ordered = oddness.rename("oddness").reset_index().sort_values(["oddness", "movie_id"], ascending=[False, True])
    return pd.DataFrame(
        {
            "measure": measure,
            "rule": rule,
            "movie_id": ordered["movie_id"],
            "measure_value": values[measure].reindex(ordered["movie_id"]).to_numpy(),
            "oddness_rank": np.arange(1, len(ordered) + 1),
        }
    )


def correlate(movies: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    suspicious = movies["has_suspicious_budget"].to_numpy(dtype="bool")
    trusted = values.assign(release_year=movies["release_year"].to_numpy())
    trusted.loc[suspicious, ["budget_usd", "return_ratio"]] = np.nan
    names = sorted(trusted.columns)
    rows = []
    for place, measure in enumerate(names):
        for other in names[place + 1 :]:
            both = trusted[[measure, other]].dropna()
            rows.append(
                {
                    "measure": measure,
                    "other_measure": other,
                    "movie_count": len(both),
                    "pearson_coefficient": both[measure].corr(both[other]),
                    "spearman_coefficient": both[measure].corr(both[other], method="spearman"),
                }
            )
    return pd.DataFrame(rows)


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
    genres = tables["fct_movie_genres"].merge(tables["dim_genres"], on="genre_id")[
        ["movie_id", "genre_id", "genre_name"]
    ]
    genred = films[["movie_id", "return_ratio"]].merge(genres, on="movie_id")
    bands = (10 ** np.floor(np.log10(films["budget_usd"].astype("float64")))).astype("int64").astype("str")
    decades = films["release_decade"].astype("str")
    returns = films["return_ratio"]
    grouped = pd.concat(
        [
            as_group("genre", genred["genre_id"].astype("str"), genred["genre_name"], genred["return_ratio"]),
            as_group("decade", decades, decades, returns),
            as_group("budget", bands, bands, returns),
        ]
    )
    keys = ["grouping", "group_code", "group_name"]
    return (
        grouped.groupby(keys)["return_ratio"]
        .apply(describe_returns)
        .unstack()
        .reset_index()
        .astype({"movie_count": "int64"})
    )


def as_group(grouping: str, codes: pd.Series, names: pd.Series, returns: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"grouping": grouping, "group_code": codes, "group_name": names, "return_ratio": returns})


def describe_returns(returns: pd.Series) -> pd.Series:
    ordered = returns.sort_values().to_numpy(dtype="float64")
    # The greatest k with P(Binomial(n, 1/2) <= k - 1) <= 0.025; ppf is the least k whose probability reaches it.
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


def weigh_ratings(movies: pd.DataFrame) -> pd.DataFrame:
    voted = movies.loc[movies["tmdb_vote_mean"].notna(), ["movie_id", "tmdb_vote_count", "tmdb_vote_mean"]]
    counts, means = voted["tmdb_vote_count"].astype("float64"), voted["tmdb_vote_mean"]
    prior_count, prior_mean = counts.quantile(0.95), means.mean()
    voted = voted.assign(
        prior_vote_count=prior_count,
        prior_vote_mean=prior_mean,
        weighted_vote_mean=(counts * means + prior_count * prior_mean) / (counts + prior_count),
    )
    voted = voted[counts >= prior_count].sort_values(["weighted_vote_mean", "movie_id"], ascending=[False, True])
    return voted.assign(weighted_rank=np.arange(1, len(voted) + 1))


def pair_people(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    cast, directors = tables["fct_cast_credits"], tables["fct_movie_directors"]
    leads = cast.loc[cast["list_position"] <= LEADS, ["movie_id", "person_id"]].dropna().drop_duplicates()
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
    counted = counted.sort_values(["movie_count", "word"], ascending=[False, True]).head(LISTED_WORDS)
    return counted.assign(word_rank=np.arange(1, len(counted) + 1))


def plain_words(text: str) -> list[str]:
    """Runs of letters with their inner apostrophes, lower case, without the English genitive."""
    written = regex.findall(r"[\pL\pM]+(?:'[\pL\pM]+)*", text.lower().replace("’", "'"))
    return [word.removesuffix("'s") for word in written]
