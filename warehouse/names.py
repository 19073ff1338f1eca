"""English and Spanish names of genres, languages and countries."""

from collections.abc import Mapping

from babel import Locale

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
