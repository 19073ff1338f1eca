"""Genres, production companies and countries, languages, collections and keywords."""
