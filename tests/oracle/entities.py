"""The six dimensions as one table of entities, the bridges as one, and each film's percentiles."""

import pandas as pd

KINDS = [
    ("collection", "dim_collections", "collection_id"),
    ("company", "dim_companies", "company_id"),
    ("country", "dim_countries", "country_code"),
    ("genre", "dim_genres", "genre_id"),
    ("keyword", "dim_keywords", "keyword_id"),
    ("language", "dim_languages", "language_code"),
]
BRIDGES = [
    ("company", "company", "fct_movie_companies", "company_id"),
    ("country", "country", "fct_movie_countries", "country_code"),
    ("genre", "genre", "fct_movie_genres", "genre_id"),
    ("keyword", "keyword", "fct_movie_keywords", "keyword_id"),
    ("spoken_language", "language", "fct_movie_spoken_languages", "language_code"),
]
PERCENTILES = {
    "lower_budget_share": "budget_usd",
    "lower_revenue_share": "revenue_usd",
    "lower_return_share": "return_ratio",
    "lower_runtime_share": "runtime_minutes",
    "lower_vote_count_share": "tmdb_vote_count",
    "lower_vote_mean_share": "tmdb_vote_mean",
    "lower_popularity_share": "tmdb_popularity",
}


def make_entities(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return `mart_entities`, `mart_movie_entities` and `mart_movie_percentiles`."""
    entities = list_entities(tables)
    return {
        "mart_entities": entities,
        "mart_movie_entities": list_movie_entities(tables, entities),
        "mart_movie_percentiles": rank_measures(tables["dim_movies"]),
    }


def list_entities(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    frames = []
    for kind, dimension, key in KINDS:
        frame = tables[dimension].sort_values(key)
        names = {key: "entity_id", f"{kind}_name": "entity_name", f"{kind}_name_key": "entity_name_key"}
        frames.append(frame.rename(columns=names).astype({"entity_id": "str"}).assign(entity_kind=kind))
    entities = pd.concat(frames, ignore_index=True)
    entities["spoken_movie_count"] = entities["spoken_movie_count"].astype("Int64")
    entities["entity_key"] = entities.index + 1
    return entities


def list_movie_entities(tables: dict[str, pd.DataFrame], entities: pd.DataFrame) -> pd.DataFrame:
    movies = tables["dim_movies"]
    listed = [(*bridge[:2], bridge[3], tables[bridge[2]]) for bridge in BRIDGES]
    for role, kind, key in [
        ("original_language", "language", "original_language_code"),
        ("collection", "collection", "collection_id"),
    ]:
        listed.append((role, kind, key, movies[["movie_id", key]].dropna().assign(list_position=1)))
    frames = []
    for role, kind, key, frame in listed:
        ids = frame[key] if kind in ("country", "language") else frame[key].astype("int64")
        frames.append(
            frame[["movie_id", "list_position"]].assign(entity_role=role, entity_kind=kind, entity_id=ids.astype("str"))
        )
    columns = ["entity_kind", "entity_id", "entity_key", "entity_name"]
    return pd.concat(frames).merge(entities[columns], on=columns[:2]).drop(columns="entity_kind")


def rank_measures(movies: pd.DataFrame) -> pd.DataFrame:
    shares = {
        column: (movies[measure].rank(method="min") - 1) / movies[measure].count()
        for column, measure in PERCENTILES.items()
    }
    return pd.DataFrame({"movie_id": movies["movie_id"], **shares})
