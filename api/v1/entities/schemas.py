"""Responses about entities. Unknown values are null; money is in US dollars of the day."""

from typing import Annotated, Any

import msgspec

from api.http.examples import described
from api.v1.entity_kinds import KINDS, EntityKind

# By kind: the descriptions of the key and the name, and examples of the key, the name and the totals.
_ID = "TMDB id; negative if TMDB gave none."
_FIELDS: dict[str, tuple[str, str, tuple[Any, ...]]] = {
    "genre": (_ID, "Name, in English.", (18, "Drama", 20_234, 3675, 160_803_769_337)),
    "company": (_ID, "The name that most of its films give.", (3, "Pixar Animation Studios", 52, 18, 11_188_533_734)),
    "country": ("ISO 3166-1 alpha-2 code, upper case.", "Name, in English.", ("AR", "Argentina", 254, 15, 212_219_548)),
    "language": (
        "ISO 639-1 code, lower case; xx means no language.",
        "Name, in the language itself.",
        ("es", "Español", 992, 95, 1_079_643_285),
    ),
    "collection": (_ID, "Name.", (10194, "Toy Story Collection", 3, 3, 1_937_890_605)),
    "keyword": (_ID, "The keyword, in lower-case English.", (10051, "heist", 99, 36, 4_085_415_219)),
}


def _create_totals(kind: EntityKind) -> type[msgspec.Struct]:
    """Return the struct of an entity with its totals."""
    key, name, (key_example, name_example, movies, known, revenue) = _FIELDS[kind.name]
    is_language = kind.name == "language"
    counted = "Films whose original language it is." if is_language else "Films that list it."
    spoken = ("spoken_movie_count", Annotated[int, described("Films in which it is spoken.", 2412)])
    known_revenues = "Films in `movie_count` with a known revenue."
    total = "Sum of their known revenues; null if none is known."
    fields = [
        (kind.key, Annotated[kind.key_type, described(key, key_example)]),
        (f"{kind.name}_name", Annotated[str | None, described(name, name_example)]),
        ("movie_count", Annotated[int, described(counted, movies)]),
        *([spoken] if is_language else []),
        ("known_revenue_movie_count", Annotated[int, described(known_revenues, known)]),
        ("total_revenue_usd", Annotated[int | None, described(total, revenue)]),
    ]
    documentation = f"A {kind.title} with the number of its films and their revenue."
    name = f"{kind.name.capitalize()}Totals"
    return msgspec.defstruct(name, fields, frozen=True, kw_only=True, namespace={"__doc__": documentation})


TOTALS = {kind.name: _create_totals(kind) for kind in KINDS}
"""The struct of each kind, by its name."""
