"""English and Spanish names of genres, languages and countries."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

GENRES_IN_SPANISH = {
    "Action": "Acción",
    "Adventure": "Aventura",
    "Animation": "Animación",
    "Comedy": "Comedia",
    "Crime": "Crimen",
    "Documentary": "Documental",
    "Drama": "Drama",
    "Family": "Familia",
    "Fantasy": "Fantasía",
    "Foreign": "Extranjera",
    "History": "Historia",
    "Horror": "Terror",
    "Music": "Música",
    "Mystery": "Misterio",
    "Romance": "Romance",
    "Science Fiction": "Ciencia ficción",
    "TV Movie": "Película de TV",
    "Thriller": "Suspenso",
    "War": "Guerra",
    "Western": "Wéstern",
}
"""Spanish names of TMDB's genres, by English name."""

TMDB_CODES = {"cn": "yue", "xx": "zxx"}
"""ISO 639 codes for TMDB's own codes of Cantonese and of no language."""

OTHER_NAMES = {
    "country": {
        "america": "US", "ee uu": "US", "eeuu": "US", "estados unidos de america": "US", "uk": "GB", "england": "GB",
        "gran bretana": "GB", "great britain": "GB", "inglaterra": "GB", "holanda": "NL", "holland": "NL",
        "corea": "KR", "korea": "KR", "hong kong": "HK", "republica checa": "CZ", "urss": "SU",
    },
    "language": {"castellano": "es", "mandarin": "zh", "farsi": "fa"},
}  # fmt: skip
"""Codes of countries and languages by names that CLDR lacks, in lower case without accents and dots."""


def genre_name(name: str, locale: str) -> str:
    """Return the name of a genre in a language (ISO 639-1). Unknown genres are not translated."""
    return GENRES_IN_SPANISH.get(name, name) if locale == "es" else name


def language_name(code: str, locale: str) -> str | None:
    """Return the name of a language by its TMDB code, or None if CLDR has no name for it."""
    names: Mapping[str, str] = Locale.parse(locale).languages
    return names.get(TMDB_CODES.get(code, code))


def country_name(code: str, locale: str) -> str | None:
    """Return the name of a country by its ISO 3166-1 code, or None if CLDR has no name for it."""
    names: Mapping[str, str] = Locale.parse(locale).territories
    return names.get(code)


def find_code(kind: str, text: str) -> str | None:
    """Return the TMDB code of a country or language by its English or Spanish name or its three-letter code.

    Other kinds have no codes.
    """
    return _codes_by_name(kind).get(_fold(text)) if kind in OTHER_NAMES else None


@cache
def _codes_by_name(kind: str) -> Mapping[str, str]:
    attribute = {"country": "territories", "language": "languages"}[kind]
    aliases = get_global("territory_aliases" if kind == "country" else "language_aliases")
    codes = {alias.lower(): [code] if isinstance(code, str) else code for alias, code in aliases.items()}
    found = {alias: code[0] for alias, code in codes.items() if len(code) == 1 and len(alias) == 3}
    for locale in (Locale("en"), Locale("es")):
        found |= {_fold(name): code for code, name in getattr(locale, attribute).items()}
    own_codes = {code: own for own, code in TMDB_CODES.items()}
    # A name of two letters, such as Ga, would hide a code: ga is Irish.
    return {name: own_codes.get(code, code) for name, code in found.items() if len(name) > 2} | OTHER_NAMES[kind]


def _fold(text: str) -> str:
    """Return the text in lower case, without accents, dots and outer spaces."""
    letters = unicodedata.normalize("NFD", text.lower().replace(".", " "))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
