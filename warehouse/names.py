"""What genres, languages and countries are called in the languages that people read here: English and Spanish."""

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
"""TMDB's genres: those of the films are in English."""

TMDB_CODES = {"cn": "yue", "xx": "zxx"}
"""Codes that TMDB made itself, by what ISO 639 has for the same: Cantonese, and no language at all."""


def genre_name(name: str, reader: str) -> str:
    """The name of a genre for a reader of the language (ISO 639-1); of a genre that TMDB does not have, its own."""
    return GENRES_IN_SPANISH.get(name, name) if reader == "es" else name


def language_name(code: str, reader: str) -> str | None:
    """The name of a language by its TMDB code, for a reader of the language; None where CLDR knows none."""
    names: Mapping[str, str] = Locale.parse(reader).languages
    return names.get(TMDB_CODES.get(code, code))


def country_name(code: str, reader: str) -> str | None:
    """The name of a country by its ISO 3166-1 code, for a reader of the language; None where CLDR knows none."""
    names: Mapping[str, str] = Locale.parse(reader).territories
    return names.get(code)
