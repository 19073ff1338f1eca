"""Makes the tables of the search: names, words, and the words of each name."""

import unicodedata

import numpy as np
import pandas as pd
import regex

from tests.oracle.cells import text_key

KINDS = {"title": "movie", "original_title": "movie", "person_name": "person", "collection_name": "collection"}
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
    | {"½": " 1/2", "²": " 2", "³": " 3"}
)
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
SYMBOLS = ("P", "S", "C", "Z")


def make_search(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the three tables, from films, people, collections and credits."""
    names = rank_names(pd.concat(list_names(tables)))
    occurrences = names[["search_name_id", "kind", "word_forms"]].explode("word_forms")
    occurrences = occurrences.dropna().rename(columns={"word_forms": "word"})
    counts = occurrences["word"].value_counts().sort_index()
    words = pd.DataFrame({"word": counts.index, "name_count": counts.to_numpy()})
    words["search_word_id"] = np.arange(1, len(words) + 1)
    words["initial_code"] = words["word"].map(lambda word: ord(word[0]))
    words["letter_count"] = words["word"].map(len)
    words["letter_bits"] = words["word"].map(letter_bits)
    places = occurrences.merge(words[["word", "search_word_id"]], on="word")
    places = places.drop(columns="word")
    return {"mart_search_names": names, "mart_search_words": words, "mart_search_name_words": places}


def list_names(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Return every known name with its entity and the votes of that entity."""
    movies, collections = tables["dim_movies"], tables["dim_collections"]
    votes = movies["tmdb_vote_count"].astype("Int64")
    films = movies.assign(entity_id=movies["movie_id"], vote_count=votes, entity_name=movies["title"])
    renamed = films[films["original_title_key"].notna() & (films["original_title_key"] != films["title_key"])]
    collected = films.groupby("collection_id")["vote_count"].sum()
    series = collections.assign(
        entity_id=collections["collection_id"],
        vote_count=collections["collection_id"].map(collected),
        entity_name=collections["collection_name"],
    )
    people = describe_people(tables)
    shown = ["entity_id", "entity_name", "vote_count", "release_year", "movie_count", "known_for_titles"]
    return [
        entities.reindex(columns=shown).assign(name=entities[field], matched_field=field, kind=KINDS[field])
        for field, entities in (
            ("title", films),
            ("original_title", renamed),
            ("person_name", people),
            ("collection_name", series),
        )
    ]


def describe_people(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
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
    return people.assign(entity_id=people["person_id"], entity_name=people["person_name"])


def rank_names(names: pd.DataFrame) -> pd.DataFrame:
    names = names[names["name"].notna()].copy()
    popularity = np.log1p(names["vote_count"].fillna(0).astype("float64"))
    greatest = popularity.groupby(names["kind"]).transform("max")
    names["popularity_share"] = (popularity / greatest.where(greatest > 0)).fillna(0.0)
    names = names.sort_values(
        ["popularity_share", "kind", "entity_id", "matched_field"], ascending=[False, True, True, False]
    )
    names.insert(0, "search_name_id", np.arange(1, len(names) + 1))
    for kind in ("movie", "person", "collection"):
        names[f"{kind}_id"] = names["entity_id"].where(names["kind"] == kind).astype("Int64")
    keys = names["name"].map(search_key)
    words = keys.map(search_words)
    names["compact_key"] = words.map("".join)
    names["distinct_word_count"] = words.map(lambda listed: len(set(listed)))
    names["word_forms"] = [word_forms(key, listed) for key, listed in zip(keys, words, strict=True)]
    return names.drop(columns=["entity_id", "vote_count"])


def search_key(name: str) -> str:
    return str(UNSPACED.sub(r" \g<0> ", text_key(name).translate(PLAIN)))


def is_symbol(letter: str) -> bool:
    return unicodedata.category(letter)[0] in SYMBOLS


def search_words(key: str) -> list[str]:
    return "".join(" " if is_symbol(letter) else letter for letter in key).split() or [key.strip(" ")]


def word_forms(key: str, words: list[str]) -> list[str]:
    joined = "".join(letter for letter in key if letter == " " or not is_symbol(letter)).split(" ")
    return sorted({word for word in [*words, *joined] if word})


def letter_bits(word: str) -> int:
    return sum(1 << bit for bit in {ord(letter) % 61 for letter in word})
