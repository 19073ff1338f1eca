"""Makes the mart of entities, the mart of the entities of each film, and the percentiles of each film."""

import pandas as pd

from tests.oracle.movies import BRIDGES, ENTITIES

PERCENTILES = {"budget": "budget_usd", "revenue": "revenue_usd", "return": "return_ratio", "runtime": "runtime_minutes"}
PERCENTILES |= {name: f"tmdb_{name}" for name in ("vote_count", "vote_mean", "popularity")}


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
