"""Makes the mart of entities, the mart of the entities of each film, and the percentiles of each film."""

import pandas as pd

from tests.oracle.movies import BRIDGES, ENTITIES

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
    """Return the three tables, from dimensions and bridges."""
    entities = list_entities(tables)
    return {
        "mart_entities": entities,
        "mart_movie_entities": list_movie_entities(tables, entities),
        "mart_movie_percentiles": rank_measures(tables["dim_movies"]),
    }


def list_entities(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    frames = []
    for kind, plural, *_ in sorted(ENTITIES):
        frame = tables[f"dim_{plural}"]
        key = frame.columns[0]
        names = {key: "entity_id", f"{kind}_name": "entity_name", f"{kind}_name_key": "entity_name_key"}
        frame = frame.sort_values(key).rename(columns=names)
        frames.append(frame.astype({"entity_id": "str"}).assign(entity_kind=kind))
    entities = pd.concat(frames, ignore_index=True)
    entities["spoken_movie_count"] = entities["spoken_movie_count"].astype("Int64")
    return entities.assign(entity_key=entities.index + 1)


def list_movie_entities(tables: dict[str, pd.DataFrame], entities: pd.DataFrame) -> pd.DataFrame:
    movies = tables["dim_movies"].assign(list_position=1)
    sources = [("original_language", "language", movies, "original_language_code")]
    sources.append(("collection", "collection", movies, "collection_id"))
    for kind, plural, *_ in ENTITIES:
        if kind != "collection":
            bridge = tables[BRIDGES[plural]]
            sources.append(("spoken_language" if kind == "language" else kind, kind, bridge, bridge.columns[1]))
    frames = []
    for role, kind, frame, key in sources:
        listed = frame.dropna(subset=[key])
        ids = listed[key] if key.endswith("_code") else listed[key].astype("int64")
        listed = listed[["movie_id", "list_position"]]
        frames.append(listed.assign(entity_role=role, entity_kind=kind, entity_id=ids.astype("str")))
    columns = ["entity_kind", "entity_id", "entity_key", "entity_name"]
    return pd.concat(frames).merge(entities[columns], on=columns[:2]).drop(columns="entity_kind")


def rank_measures(movies: pd.DataFrame) -> pd.DataFrame:
    """Return the share of films with a lower value, by measure."""
    ranks = {
        column: (movies[measure].rank(method="min") - 1) / movies[measure].count()
        for column, measure in PERCENTILES.items()
    }
    return pd.DataFrame({"movie_id": movies["movie_id"], **ranks})
