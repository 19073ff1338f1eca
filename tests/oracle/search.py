"""Makes the table of documents of the search."""

import pandas as pd

CAST_SIZE = 15


def make_search(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    documents = pd.concat([*_films(tables), _people(tables), *_entities(tables), _codes(tables)], ignore_index=True)
    documents = documents[documents["name"].notna()].assign(vote_count=documents["vote_count"].fillna(0))
    for column in ("entity_id", "release_year", "collection_position", "movie_count"):
        documents[column] = documents[column].astype("Int64")
    return {"mart_search_documents": documents}


def _films(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    movies = tables["dim_movies"]
    films = movies.assign(kind="movie", entity_id=movies["movie_id"], vote_count=movies["tmdb_vote_count"])
    films["name"] = movies["title"].fillna(movies["original_title"])
    films["original_title"] = movies["original_title"].where(movies["original_title"] != films["name"])
    films["people_names"] = films["movie_id"].map(_list_people(tables))
    by_date = movies[movies["collection_id"].notna()].sort_values(["release_date", "movie_id"])
    films["collection_position"] = by_date.groupby("collection_id").cumcount() + 1
    collections = tables["dim_collections"].rename(columns={"collection_id": "entity_id", "collection_name": "name"})
    votes = movies.groupby("collection_id")["tmdb_vote_count"].sum()
    columns = ["kind", "entity_id", "name", "original_title", "people_names", "release_year", "collection_name"]
    return [
        films[[*columns, "collection_position", "vote_count"]],
        collections[["entity_id", "name", "movie_count"]].assign(
            kind="collection", vote_count=collections["entity_id"].map(votes)
        ),
    ]


def _list_people(tables: dict[str, pd.DataFrame]) -> dict[int, list[str]]:
    """Return the names of directors and leading cast by film."""
    cast = tables["fct_cast_credits"]
    cast = cast[(cast["list_position"] <= CAST_SIZE) & cast["person_id"].notna()]
    cast = cast.groupby(["movie_id", "person_id"], as_index=False)["list_position"].min()
    directors = tables["fct_movie_directors"][["movie_id", "person_id"]].assign(list_position=0)
    listed = pd.concat([directors, cast]).merge(tables["dim_people"][["person_id", "person_name"]], on="person_id")
    listed = listed[listed["person_name"].notna()].sort_values(["list_position", "person_id"])
    return {int(movie_id): list(group["person_name"]) for movie_id, group in listed.groupby("movie_id")}


def _people(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return people with the number of their films, the votes of these, and the three with most votes."""
    shares = [("fct_movie_actors", 1.0), ("fct_movie_directors", 1.0), ("fct_crew_credits", 0.1)]
    credited = pd.concat([tables[name][["movie_id", "person_id"]].assign(share=share) for name, share in shares])
    credited = credited.dropna().groupby(["person_id", "movie_id"], as_index=False)["share"].max()
    credited = credited.merge(tables["dim_movies"][["movie_id", "title", "tmdb_vote_count"]], on="movie_id")
    credited["votes"] = credited["share"] * credited["tmdb_vote_count"].fillna(0).astype("float64")
    ranked = credited.sort_values(["votes", "movie_id"], ascending=[False, True]).groupby("person_id")
    popularity = ranked["votes"].agg(movie_count="size", vote_count="sum")
    popularity["known_for_titles"] = ranked["title"].agg(lambda titles: list(titles.dropna()[:3]))
    people = tables["dim_people"].merge(popularity.reset_index(), on="person_id")
    people = people.assign(kind="person", entity_id=people["person_id"], name=people["person_name"])
    return people[["kind", "entity_id", "name", "movie_count", "known_for_titles", "vote_count"]]


def _entities(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    frames = []
    votes = tables["dim_movies"].set_index("movie_id")["tmdb_vote_count"]
    for kind, plural in (("company", "companies"), ("genre", "genres"), ("keyword", "keywords")):
        bridge = tables[f"fct_movie_{plural}"]
        counted = bridge["movie_id"].map(votes).groupby(bridge[f"{kind}_id"]).sum()
        frame = tables[f"dim_{plural}"].rename(columns={f"{kind}_id": "entity_id", f"{kind}_name": "name"})
        frame = frame[["entity_id", "name", "movie_count"]]
        frames.append(frame.assign(kind=kind, vote_count=frame["entity_id"].map(counted)))
    return frames


def _codes(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return countries and languages, which have codes instead of ids."""
    entities = tables["mart_entities"]
    codes = entities[entities["entity_kind"].isin(["country", "language"])]
    movies, bridge = tables["dim_movies"], tables["fct_movie_countries"]
    votes = movies.set_index("movie_id")["tmdb_vote_count"]
    by_country = bridge["movie_id"].map(votes).groupby(bridge["country_code"]).sum()
    by_language = movies.groupby("original_language_code")["tmdb_vote_count"].sum()
    return pd.DataFrame(
        {
            "kind": codes["entity_kind"],
            "entity_id": codes["entity_key"],
            "name": codes["entity_name"].fillna(codes["entity_code"]),
            "entity_code": codes["entity_code"],
            "movie_count": codes["movie_count"],
            "vote_count": codes["entity_code"].map(pd.concat([by_country, by_language])),
        }
    )
