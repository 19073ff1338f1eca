"""Makes the tables of people, of returns by person, and of the recommender."""

import pandas as pd

from tests.oracle.cells import identities, known_texts, read_integers, text_keys, unnest
from tests.oracle.movies import list_by_movie, most_common_names

GENDERS = {1: "female", 2: "male", 3: "non-binary"}
PERSON_FIELDS = ["id", "name", "gender", "profile_path"]


def make_people(credit_lists: pd.DataFrame, movies: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return all tables about people, from the accepted credits."""
    cast = unnest_people(credit_lists, "cast", ["character", "order", "credit_id", "cast_id"])
    crew = unnest_people(credit_lists, "crew", ["department", "job", "credit_id"])
    for column in ("order", "cast_id"):
        cast[column] = read_integers(cast[column])
    cast = cast.rename(columns={"character": "character_name", "order": "billing_order"})
    pair = ["movie_id", "person_id"]
    directors = crew.loc[crew["job"] == "Director", pair].dropna().drop_duplicates()
    actors = cast[pair].dropna().drop_duplicates()
    actors = actors.merge(directors.assign(is_also_director=True), on=pair, how="left")
    actors["is_also_director"] = actors["is_also_director"].notna()
    place = ["movie_id", "list_position", "person_id"]
    return {
        "fct_cast_credits": cast[[*place, "character_name", "billing_order", "credit_id", "cast_id"]],
        "fct_crew_credits": crew[[*place, "department", "job", "credit_id"]],
        "fct_movie_actors": actors,
        "fct_movie_directors": directors,
        "dim_people": describe_people(cast, crew, directors),
        "fct_returns_by_actor": summarize_actors(actors, movies),
        "fct_returns_by_director": summarize_returns(directors.merge(movies, on="movie_id")).reset_index(),
    }


def unnest_people(credit_lists: pd.DataFrame, column: str, fields: list[str]) -> pd.DataFrame:
    entries = unnest(credit_lists, column, PERSON_FIELDS + fields)
    entries["person_id"] = identities(entries["id"], entries["name"])
    return entries


def describe_people(cast: pd.DataFrame, crew: pd.DataFrame, directors: pd.DataFrame) -> pd.DataFrame:
    """Return one row per person, with the most frequent name, the highest known gender code and the first portrait."""
    entries = pd.concat([cast, crew])[["person_id", *PERSON_FIELDS[1:]]].dropna(subset=["person_id"])
    entries["person_name"] = known_texts(entries["name"])
    people = most_common_names(entries, "person_id", "person_name").set_index("person_id")
    people["person_name_key"] = text_keys(people["person_name"])
    people["gender"] = read_integers(entries["gender"]).groupby(entries["person_id"]).max().map(GENDERS)
    people["profile_path"] = entries.groupby("person_id")["profile_path"].min()
    people["is_tmdb_person"] = people.index >= 0
    for kind, credited in (("cast", cast), ("crew", crew), ("directed", directors)):
        counts = credited.groupby("person_id")["movie_id"].nunique()
        people[f"{kind}_movie_count"] = counts.reindex(people.index, fill_value=0)
    return people.reset_index()


def summarize_actors(actors: pd.DataFrame, movies: pd.DataFrame) -> pd.DataFrame:
    """Return each actor twice: with and without the films that they also directed."""
    films = actors.merge(movies, on="movie_id")
    excluded = films.groupby("person_id")["is_also_director"].sum()
    without = summarize_returns(films[~films["is_also_director"]]).reindex(excluded.index)
    no_films = {"movie_count": 0, "known_return_movie_count": 0, "total_return_ratio": 0.0}
    without = without.fillna(no_films).astype({"movie_count": "int64", "known_return_movie_count": "int64"})
    return pd.concat(
        [
            without.assign(director_policy="excluded", excluded_directed_movie_count=excluded),
            summarize_returns(films).assign(director_policy="included", excluded_directed_movie_count=0),
        ]
    ).reset_index()


def summarize_returns(films: pd.DataFrame) -> pd.DataFrame:
    """Return the returns by person; unknown ones count as 0 in the total and in mean_return_ratio."""
    ratios = films.groupby("person_id")["return_ratio"]
    money = films[films["return_ratio"].notna()].groupby("person_id")[["revenue_usd", "budget_usd"]].sum()
    returns = ratios.agg(movie_count="size", known_return_movie_count="count", total_return_ratio="sum")
    return returns.assign(
        mean_return_ratio=returns["total_return_ratio"] / returns["movie_count"],
        known_mean_return_ratio=ratios.mean(),
        known_median_return_ratio=ratios.median(),
        pooled_return_ratio=money["revenue_usd"] / money["budget_usd"],
    )


def make_recommender_movies(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per film with its texts and lists of names, in the order of the film; the cast as billed."""
    movies = tables["dim_movies"].set_index("movie_id")
    listed = {}
    for entity, plural, key in (
        ("keyword", "keywords", "id"),
        ("company", "companies", "id"),
        ("country", "countries", "code"),
    ):
        names = tables[f"fct_movie_{plural}"].merge(tables[f"dim_{plural}"], on=f"{entity}_{key}")
        listed[f"{entity}_names"] = list_by_movie(names, "list_position", f"{entity}_name")
    listed["country_codes"] = list_by_movie(tables["fct_movie_countries"], "list_position", "country_code")
    names = tables["dim_people"][["person_id", "person_name"]]
    billed = tables["fct_cast_credits"].sort_values(["movie_id", "billing_order", "list_position"])
    billed = billed.dropna(subset=["person_id"]).drop_duplicates(["movie_id", "person_id"])
    billed["place"] = billed.groupby("movie_id").cumcount()
    directors = tables["fct_movie_directors"]
    for kind, credited in (("cast", billed), ("director", directors.assign(place=directors["person_id"]))):
        named = credited.merge(names, on="person_id")
        listed[f"{kind}_person_ids"] = list_by_movie(named, "place", "person_id")
        listed[f"{kind}_names"] = list_by_movie(named, "place", "person_name")
    lists = pd.DataFrame(listed).reindex(movies.index)
    lists = lists.map(lambda values: values if isinstance(values, list) else [])
    texts = ["title", "overview", "tagline", "collection_id", "collection_name", "genre_names"]
    measures = ["original_language_code", "release_year", "tmdb_popularity", "tmdb_vote_count", "tmdb_vote_mean"]
    return pd.concat([movies[texts], lists, movies[measures]], axis=1).reset_index()
