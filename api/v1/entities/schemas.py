"""Responses about entities. Unknown values are null; money is in US dollars of the day."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta


def _totals(  # noqa: PLR0913, PLR0917 - a table
    name: str, title: str, key: str, key_type: Any, key_description: str, name_description: str, *own: tuple[str, Any]
) -> type[msgspec.Struct]:
    """Return the struct of an entity with its totals; `own` replaces or adds fields."""
    name_field = f"{key.rpartition('_')[0]}_name"
    fields = {
        key: Annotated[key_type, Meta(description=key_description)],
        name_field: Annotated[str | None, Meta(description=name_description)],
        "movie_count": Annotated[int, Meta(description="Films that list it.")],
        **dict(own),
        "known_revenue_movie_count": Annotated[int, Meta(description="Films in `movie_count` with a known revenue.")],
        "total_revenue_usd": Annotated[
            int | None, Meta(description="Sum of their known revenues; null if none is known.")
        ],
    }
    documentation = f"A {title} with the number of its films and their revenue."
    return msgspec.defstruct(
        name, list(fields.items()), frozen=True, kw_only=True, namespace={"__doc__": documentation}
    )


_ID = "TMDB id; negative if TMDB gave none."

GenreTotals = _totals("GenreTotals", "genre", "genre_id", int, _ID, "Name, in English.")
CompanyTotals = _totals(
    "CompanyTotals", "production company", "company_id", int, _ID, "The name that most of its films give."
)
CountryTotals = _totals(
    "CountryTotals",
    "production country",
    "country_code",
    str,
    "ISO 3166-1 alpha-2 code, upper case.",
    "Name, in English.",
)
LanguageTotals = _totals(
    "LanguageTotals",
    "language",
    "language_code",
    str,
    "ISO 639-1 code, lower case; xx means no language.",
    "Name, in the language itself.",
    ("movie_count", Annotated[int, Meta(description="Films whose original language it is.")]),
    ("spoken_movie_count", Annotated[int, Meta(description="Films in which it is spoken.")]),
)
CollectionTotals = _totals("CollectionTotals", "collection of films", "collection_id", int, _ID, "Name.")
KeywordTotals = _totals("KeywordTotals", "keyword", "keyword_id", int, _ID, "The keyword, in lower-case English.")
