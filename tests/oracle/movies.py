"""Makes the tables of films, of what they list, of percentiles and of releases."""

import pandas as pd

from tests.oracle.cells import identities, known_texts, text_keys, unnest
from warehouse.settings import REPOSITORY_ROOT

LOOKUPS = REPOSITORY_ROOT / "dbt_project" / "seeds"
NO_OVERVIEWS = ("no overview", "no overview found.", "no overview yet.")
TEXTS = ["imdb_id", "title", "original_title", "tagline", "homepage", "poster_path", "status", "overview"]
# Entity, plural, the raw column that lists it, and the field with its code if it has no id.
ENTITIES = [
    ("genre", "genres", "genres", None),
    ("company", "companies", "production_companies", None),
    ("keyword", "keywords", "keywords", None),
    ("collection", "collections", "belongs_to_collection", None),
    ("country", "countries", "production_countries", "iso_3166_1"),
    ("language", "languages", "spoken_languages", "iso_639_1"),
]
BRIDGES = {plural: f"fct_movie_{plural}" for _, plural, *_ in ENTITIES} | {"languages": "fct_movie_spoken_languages"}
PERCENTILES = {"budget": "budget_usd", "revenue": "revenue_usd", "return": "return_ratio", "runtime": "runtime_minutes"}
PERCENTILES |= {name: f"tmdb_{name}" for name in ("vote_count", "vote_mean", "popularity")}


def make_movies(movies: pd.DataFrame, keywords: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return all tables that need no person, from the accepted rows."""
    entries = {
        plural: list_entities(keywords if column == "keywords" else movies, entity, column, code)
        for entity, plural, column, code in ENTITIES
    }
    entries["countries"]["country_code"] = entries["countries"]["country_code"].str.upper()
    entries["languages"]["language_code"] = entries["languages"]["language_code"].str.lower()
    dim_movies = describe_movies(movies, entries["genres"], entries["collections"])
    tables = {"dim_movies": dim_movies}
    for _, plural, *_ in ENTITIES:
        tables[f"dim_{plural}"] = describe_entities(entries[plural], dim_movies)
        tables[BRIDGES[plural]] = entries[plural].iloc[:, :3]
    tables["dim_languages"] = describe_languages(entries["languages"], dim_movies)
    del tables["fct_movie_collections"]
    return tables | count_releases(dim_movies)


def list_entities(rows: pd.DataFrame, entity: str, column: str, code: str | None) -> pd.DataFrame:
    """Return movie_id, key, list_position and name of each entry; an entity counts once per film."""
    entries = unnest(rows, column, [code or "id", "name"])
    key, name = f"{entity}_{'code' if code else 'id'}", f"{entity}_name"
    if code:
        entries.insert(1, key, known_texts(entries.pop(code)))
    else:
        entries.insert(1, key, identities(entries.pop("id"), entries["name"]))
    entries[name] = known_texts(entries.pop("name"))
    return entries.dropna(subset=[key]).drop_duplicates(["movie_id", key])


def describe_movies(movies: pd.DataFrame, genres: pd.DataFrame, collections: pd.DataFrame) -> pd.DataFrame:
    described = movies[TEXTS].apply(known_texts).rename(columns={"homepage": "homepage_url"})
    title, overview = described["title"].fillna(described["original_title"]), described["overview"]
    dates = movies["release_date"].dt
    amounts = (movies["budget"].round(), movies["revenue"].round(), movies["runtime"])
    budgets, revenues, runtimes = (amount.where(amount > 0) for amount in amounts)  # 0 is unknown in the raw files
    vote_counts = movies["vote_count"].round().astype("Int64")
    genre_names = most_common_names(genres, "genre_id", "genre_name").dropna()
    genre_names = genres[["movie_id", "genre_id", "list_position"]].merge(genre_names, on="genre_id")
    genre_lists = movies["movie_id"].map(list_by_movie(genre_names, "list_position", "genre_name"))
    described = described.assign(
        movie_id=movies["movie_id"],
        title=title,
        title_key=text_keys(title),
        original_title_key=text_keys(described["original_title"]),
        original_language_code=known_texts(movies["original_language"]).str.strip(" ").str.lower(),
        overview=overview.mask(overview.str.strip(" ").str.lower().isin(NO_OVERVIEWS)),
        is_adult=movies["adult"],
        is_video=movies["video"],
        release_date=dates.date,
        release_year=dates.year,
        release_decade=dates.year // 10 * 10,
        release_month=dates.month,
        release_weekday=dates.day_of_week + 1,
        is_placeholder_date=(dates.month == 1) & (dates.day == 1),
        runtime_minutes=runtimes,
        budget_usd=budgets.astype("Int64"),
        revenue_usd=revenues.astype("Int64"),
        profit_usd=(revenues - budgets).astype("Int64"),
        return_ratio=revenues / budgets,
        has_suspicious_budget=budgets < 1000,
        tmdb_popularity=movies["popularity"],
        tmdb_vote_count=vote_counts,
        tmdb_vote_mean=movies["vote_average"].where(vote_counts > 0),
        genre_names=genre_lists.map(lambda names: names if isinstance(names, list) else []),
    )
    names = most_common_names(collections, "collection_id", "collection_name")
    first = collections.loc[collections["list_position"] == 1, ["movie_id", "collection_id"]]
    described["weighted_rating"] = weigh_ratings(described)
    return described.merge(first.merge(names, on="collection_id"), on="movie_id", how="left")


def vote_prior(movies: pd.DataFrame) -> tuple[float, float]:
    """Return the number and the mean of the votes that are added to each film for its weighted rating."""
    voted = movies[movies["tmdb_vote_mean"].notna()]
    return voted["tmdb_vote_count"].astype("float64").quantile(0.95), voted["tmdb_vote_mean"].mean()


def weigh_ratings(movies: pd.DataFrame) -> pd.Series:
    counts, (prior_count, prior_mean) = movies["tmdb_vote_count"].astype("float64"), vote_prior(movies)
    return (counts * movies["tmdb_vote_mean"] + prior_count * prior_mean) / (counts + prior_count)


def list_by_movie(entries: pd.DataFrame, order: str, column: str) -> pd.Series:
    ordered = entries.sort_values(["movie_id", order])
    values = ordered[column].astype("object")
    return values.where(values.notna(), None).groupby(ordered["movie_id"]).agg(list)


def most_common_names(entries: pd.DataFrame, key: str, name: str) -> pd.DataFrame:
    """Return one row per key with its most frequent name; of several, the first in the alphabet."""
    counts = entries.groupby([key, name], as_index=False).size()
    ranked = counts.sort_values(["size", name], ascending=[False, True]).drop_duplicates(key)
    return entries[[key]].drop_duplicates().merge(ranked[[key, name]], on=key, how="left")


def describe_entities(entries: pd.DataFrame, movies: pd.DataFrame) -> pd.DataFrame:
    key, name = entries.columns[1], entries.columns[3]
    described = most_common_names(entries, key, name)
    described[f"{name}_key"] = text_keys(described[name])
    revenues = entries.merge(movies[["movie_id", "revenue_usd"]], on="movie_id").groupby(key)["revenue_usd"]
    totals = revenues.agg(movie_count="size", known_revenue_movie_count="count")
    return described.merge(totals.assign(total_revenue_usd=revenues.sum(min_count=1)).reset_index(), on=key)


def describe_languages(spoken: pd.DataFrame, movies: pd.DataFrame) -> pd.DataFrame:
    revenues = movies.groupby("original_language_code")["revenue_usd"]
    counts = pd.DataFrame(
        {
            "movie_count": movies["original_language_code"].value_counts(),
            "spoken_movie_count": spoken["language_code"].value_counts(),
            "known_revenue_movie_count": revenues.count(),
        }
    )
    names = most_common_names(spoken, "language_code", "language_name").set_index("language_code")["language_name"]
    described = counts.fillna(0).astype("int64").rename_axis("language_code").reset_index()
    described.insert(1, "language_name", described["language_code"].map(names))
    described.insert(2, "language_name_key", text_keys(described["language_name"]))
    described["total_revenue_usd"] = described["language_code"].map(revenues.sum(min_count=1))
    return described


def count_releases(movies: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Count films per month and weekday, all of them, and per year and decade that has any."""
    tables = {}
    for period in ("month", "weekday", "year", "decade"):
        is_dated = ~movies["is_placeholder_date"]
        films = is_dated.groupby(movies[f"release_{period}"]).agg(movie_count="size", non_placeholder_movie_count="sum")
        if period in ("month", "weekday"):
            names = pd.read_csv(LOOKUPS / f"{period}_names.csv", index_col=f"release_{period}")
            names["accepted_keys"] = names["accepted_keys"].str.split(" ")
            films = names.join(films).fillna(dict.fromkeys(films, 0))
        tables[f"fct_releases_by_{period}"] = films.reset_index()
    return tables


def make_entities(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the three tables, from dimensions and bridges."""
    entities = number_entities(tables)
    return {
        "mart_entities": entities,
        "mart_movie_entities": list_movie_entities(tables, entities),
        "mart_movie_percentiles": rank_measures(tables["dim_movies"]),
    }


def number_entities(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    frames = []
    for kind, plural, *_ in sorted(ENTITIES):
        frame = tables[f"dim_{plural}"]
        key = frame.columns[0]
        names = {key: key.replace(kind, "entity"), f"{kind}_name": "entity_name", f"{kind}_name_key": "entity_name_key"}
        frames.append(frame.sort_values(key).rename(columns=names).assign(entity_kind=kind))
    entities = pd.concat(frames, ignore_index=True)
    for column in ("entity_id", "spoken_movie_count"):
        entities[column] = entities[column].astype("Int64")
    return entities.assign(entity_key=entities.index + 1)


def list_movie_entities(tables: dict[str, pd.DataFrame], entities: pd.DataFrame) -> pd.DataFrame:
    columns = ["entity_kind", "entity_key", "entity_id", "entity_code", "entity_name"]
    frames = []
    for kind, plural, *_ in ENTITIES:
        if kind == "collection":
            continue
        bridge = tables[BRIDGES[plural]]
        key = bridge.columns[1]
        of_kind = entities.loc[entities["entity_kind"] == kind, columns]
        links = bridge[["movie_id", key, "list_position"]]
        frames.append(links.merge(of_kind, left_on=key, right_on=key.replace(kind, "entity")).drop(columns=key))
    return pd.concat(frames, ignore_index=True)


def rank_measures(movies: pd.DataFrame) -> pd.DataFrame:
    """Return the share of films with a lower value, by measure."""
    ranks = movies[["movie_id"]].copy()
    for name, measure in PERCENTILES.items():
        ranks[f"lower_{name}_share"] = (movies[measure].rank(method="min") - 1) / movies[measure].count()
    return ranks
