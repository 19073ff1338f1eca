"""Makes the tables of the exploratory analysis about single measures and pairs of them."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

SCALES = dict.fromkeys(["budget_usd", "revenue_usd", "return_ratio", "tmdb_popularity"], "log10")
SCALES |= {"tmdb_vote_count": "log2", "tmdb_vote_mean": "linear", "runtime_minutes": "linear"}
BASES = {"log2": 2.0, "log10": 10.0}
BIN_WIDTHS = {"linear": 0.5, "log2": 1.0, "log10": 0.25}
PAIRS = [("budget_usd", "revenue_usd"), ("tmdb_vote_count", "tmdb_vote_mean")]
QUANTILES = {"minimum": 0, "low_percentile": 0.005, "first_quartile": 0.25, "median": 0.5}
QUANTILES |= {"third_quartile": 0.75, "high_percentile": 0.995, "maximum": 1}


def make_measures(movies: pd.DataFrame) -> dict[str, pd.DataFrame]:
    values = movies.set_index("movie_id")[list(SCALES)].astype("float64")
    scaled = pd.DataFrame({measure: to_scale(values[measure], scale) for measure, scale in SCALES.items()})
    return {
        "mart_eda_measures": pd.DataFrame([summarize(values[name], scaled[name]) for name in SCALES]),
        "mart_eda_histograms": pd.concat([count_bins(scaled[name].dropna()) for name in SCALES]),
        "mart_eda_joint_histograms": pd.concat([count_joint_bins(scaled, *pair) for pair in PAIRS]),
        "mart_eda_outliers": pd.concat(list_outliers(values, scaled)),
        "mart_eda_correlations": correlate(movies, values),
    }


def to_scale(values: pd.Series, scale: str) -> pd.Series:
    return values if scale == "linear" else {"log2": np.log2, "log10": np.log10}[scale](values.where(values > 0))


def from_scale(scaled: pd.Series, scale: str) -> pd.Series:
    return scaled if scale == "linear" else BASES[scale] ** scaled


def bin_width(measure: str) -> float:
    return 5.0 if measure == "runtime_minutes" else BIN_WIDTHS[SCALES[measure]]


def fences(scaled: pd.Series, factor: float) -> tuple[float, float]:
    first, third = scaled.quantile(0.25), scaled.quantile(0.75)
    return first - factor * (third - first), third + factor * (third - first)


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
        **{f"{name}_value": shown.quantile(quantile) for name, quantile in QUANTILES.items()},
        "lower_whisker_value": whiskers.min(),
        "upper_whisker_value": whiskers.max(),
        "mean_value": shown.mean(),
        "skewness_coefficient": shown.skew(),
        "scaled_skewness_coefficient": scaled.skew(),
    }


def count_bins(scaled: pd.Series) -> pd.DataFrame:
    """Count films per bin, and estimate a smooth density with Silverman's bandwidth."""
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
            "from_value": from_scale(bins * width, scale),
            "to_value": from_scale((bins + 1) * width, scale),
            "movie_count": bins.map(numbers.value_counts()).fillna(0).astype("int64"),
            "smoothed_movie_count": densities * width,
        }
    )


def count_joint_bins(scaled: pd.DataFrame, measure: str, other: str) -> pd.DataFrame:
    both = scaled[[measure, other]].dropna()
    numbers = np.floor(both / [bin_width(measure), bin_width(other)]).astype("int64")
    numbers.columns = pd.Index(["bin_number", "other_bin_number"])
    counted = numbers.value_counts().rename("movie_count").reset_index()
    for prefix, name in (("", measure), ("other_", other)):
        edges = counted[f"{prefix}bin_number"]
        counted[f"{prefix}measure"] = name
        counted[f"{prefix}from_value"] = from_scale(edges * bin_width(name), SCALES[name])
        counted[f"{prefix}to_value"] = from_scale((edges + 1) * bin_width(name), SCALES[name])
    return counted


def list_outliers(values: pd.DataFrame, scaled: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for measure in SCALES:
        known, is_amount = scaled[measure].dropna(), measure.endswith("_usd")
        is_low = (values[measure] < 1000) & is_amount
        low, high = fences(known, 3)
        first, third = known.quantile(0.25), known.quantile(0.75)
        plausible = known[~is_low[known.index]]
        yield rank_outliers(values, measure, "far_below", (first - plausible)[plausible < low])
        yield rank_outliers(values, measure, "far_above", (plausible - third)[plausible > high])
        yield rank_outliers(values, measure, "below_1000_usd", -values.loc[is_low, measure])
    equal = values.loc[values["budget_usd"] == values["revenue_usd"], "budget_usd"]
    yield rank_outliers(values, "return_ratio", "budget_equals_revenue", equal)


def rank_outliers(values: pd.DataFrame, measure: str, rule: str, distance: pd.Series) -> pd.DataFrame:
    ordered = distance.rename("distance").reset_index().sort_values(["distance", "movie_id"], ascending=[False, True])
    ordered["measure_value"] = values[measure].reindex(ordered["movie_id"]).to_numpy()
    return ordered.drop(columns="distance").assign(measure=measure, rule=rule, oddness_rank=np.arange(len(ordered)) + 1)


def correlate(movies: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    plausible = values.assign(release_year=movies["release_year"].to_numpy())
    plausible.loc[movies["has_suspicious_budget"].to_numpy(dtype="bool"), ["budget_usd", "return_ratio"]] = np.nan
    rows = []
    for measure, other in combinations(sorted(plausible.columns), 2):
        one, two = plausible[[measure, other]].dropna().to_numpy().T
        pearson, spearman = stats.pearsonr(one, two).statistic, stats.spearmanr(one, two).statistic
        rows.append((measure, other, len(one), pearson, spearman))
    columns = ["measure", "other_measure", "movie_count", "pearson_coefficient", "spearman_coefficient"]
    return pd.DataFrame(rows, columns=columns)
