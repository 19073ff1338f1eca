"""Responses about entities. Unknown values are null; money is in US dollars of the day."""

from typing import Annotated, Any

import msgspec

from api.http.examples import described

ID = "TMDB id; negative if TMDB gave none."


def _totals(name: str, title: str, example: dict[str, Any], key: str, entity_name: str) -> type[msgspec.Struct]:
    """Return the struct of an entity with its totals.

    Args:
        example: The value of each field. The first field is the key, the second the name.
        key: Description of the key.
        entity_name: Description of the name.
    """
    key_field, name_field, *_ = example
    movie_count = "Films whose original language it is." if "spoken_movie_count" in example else "Films that list it."
    fields = {
        key_field: (type(example[key_field]), key),
        name_field: (str | None, entity_name),
        "movie_count": (int, movie_count),
        "spoken_movie_count": (int, "Films in which it is spoken."),
        "known_revenue_movie_count": (int, "Films in `movie_count` with a known revenue."),
        "total_revenue_usd": (int | None, "Sum of their known revenues; null if none is known."),
    }
    annotated = [
        (field, Annotated[of, described(description, example[field])])
        for field, (of, description) in fields.items()
        if field in example
    ]
    documentation = f"A {title} with the number of its films and their revenue."
    return msgspec.defstruct(name, annotated, frozen=True, kw_only=True, namespace={"__doc__": documentation})


GenreTotals = _totals(
    "GenreTotals",
    "genre",
    {
        "genre_id": 18,
        "genre_name": "Drama",
        "movie_count": 20_234,
        "known_revenue_movie_count": 3675,
        "total_revenue_usd": 160_803_769_337,
    },
    ID,
    "Name, in English.",
)
CompanyTotals = _totals(
    "CompanyTotals",
    "production company",
    {
        "company_id": 3,
        "company_name": "Pixar Animation Studios",
        "movie_count": 52,
        "known_revenue_movie_count": 18,
        "total_revenue_usd": 11_188_533_734,
    },
    ID,
    "The name that most of its films give.",
)
CountryTotals = _totals(
    "CountryTotals",
    "production country",
    {
        "country_code": "AR",
        "country_name": "Argentina",
        "movie_count": 254,
        "known_revenue_movie_count": 15,
        "total_revenue_usd": 212_219_548,
    },
    "ISO 3166-1 alpha-2 code, upper case.",
    "Name, in English.",
)
LanguageTotals = _totals(
    "LanguageTotals",
    "language",
    {
        "language_code": "es",
        "language_name": "Español",
        "movie_count": 992,
        "spoken_movie_count": 2412,
        "known_revenue_movie_count": 95,
        "total_revenue_usd": 1_079_643_285,
    },
    "ISO 639-1 code, lower case; xx means no language.",
    "Name, in the language itself.",
)
CollectionTotals = _totals(
    "CollectionTotals",
    "collection of films",
    {
        "collection_id": 10194,
        "collection_name": "Toy Story Collection",
        "movie_count": 3,
        "known_revenue_movie_count": 3,
        "total_revenue_usd": 1_937_890_605,
    },
    ID,
    "Name.",
)
KeywordTotals = _totals(
    "KeywordTotals",
    "keyword",
    {
        "keyword_id": 10051,
        "keyword_name": "heist",
        "movie_count": 99,
        "known_revenue_movie_count": 36,
        "total_revenue_usd": 4_085_415_219,
    },
    ID,
    "The keyword, in lower-case English.",
)
