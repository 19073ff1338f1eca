"""Finds the films with a term, of a country or company, or of a range of years."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import duckdb
import numpy as np
import numpy.typing as npt

from recommender.description import Meaning
from recommender.structures import Floats, Integers
from recommender.vocabulary import IndexedFilms
from recommender.words.lexicon import to_phrase

EXACT, ACTED, CONTAINED, RELATED = 0.9, 0.85, 0.6, 0.7
"""Strength of a name, of an actor, of a keyword that contains the words, and of a related keyword."""
ONLY_COUNTRY, ONLY_LANGUAGE, COPRODUCED, COPRODUCED_ENGLISH = 0.55, 0.5, 0.9, 0.6
"""Strength of films of a country in other languages, of films of other countries, and of those of several countries."""
MIN_FOCUS, FOCUSED_SHARE = 0.7, 0.4
"""Factor of a keyword's strength in films with many others, and its share of a film's keywords from which it is 1."""
TEXT, RARE, SHORT = 0.3, 0.25, 0.2
"""Strength of a word in a text, and what is added if the word is rare or the text is short."""
COMMON_IDF, RARE_IDF, SHORT_TEXT_SHARE = 4.0, 7.0, 0.3
MIN_COMPANY_FILMS, MIN_PERSON_FILMS, MAX_NAMESAKE_TEXTS = 5, 3, 100
"""Films of a company or person recognized by a part of the name; texts with a last name that is not a common word."""
DIRECTOR_FACTOR = 3
"""How much more likely a last name alone means a director than an actor."""
MIN_STEM_LETTERS, MAX_ENDING_LETTERS = 4, 3
PEOPLE_FIELDS = ("director", "cast")
THEME_FIELDS = ("genre", "keyword")
NAMED_FIELDS = ("genre", "keyword", *PEOPLE_FIELDS, "collection")
_ENTITIES = """
    with films as (select movie_id, row_number() over (order by movie_id) - 1 as film_row from recommender.movies)
    select entity_kind, coalesce(entity_code, entity_name), entity_name, list(distinct film_row)
    from marts.mart_movie_entities inner join films using (movie_id)
    where entity_kind in ('country', 'company') and entity_name is not null
    group by all
    union all
    select 'language', original_language_code, original_language_code, list(film_row)
    from marts.dim_movies inner join films using (movie_id) where original_language_code is not null group by all
"""
_VOTES = "select movie_id, tmdb_vote_count as vote_count from marts.dim_movies where tmdb_vote_count > 0"


class FilmTerms:
    """The films with each term of the vocabulary, and those of each country, company and original language."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, films: IndexedFilms) -> None:
        """Load what the vocabulary lacks."""
        self._films, self._vocabulary = films, films.vocabulary
        self.film_count = films.movie_ids.size
        votes = connection.execute(_VOTES).fetchnumpy()
        logs = np.zeros(self.film_count, dtype=np.float32)
        logs[np.searchsorted(films.movie_ids, votes["movie_id"])] = np.log1p(votes["vote_count"])
        self.fame: Floats = logs / max(float(logs.max(initial=0)), 1)
        """Logarithm of the votes of each film, 0 to 1."""
        self._entities: dict[tuple[str, str], tuple[str, Integers]] = {}
        self._entities_by_phrase: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._companies: dict[str, list[str]] = defaultdict(list)
        for kind, key, name, found in connection.execute(_ENTITIES).fetchall():
            self._entities[kind, key] = name, np.array(found)
            phrase = to_phrase(name)
            if kind != "language":
                self._entities_by_phrase[phrase].append((kind, key))
            if kind == "company" and len(found) >= MIN_COMPANY_FILMS:
                self._companies[phrase.partition(" ")[0]].append(key)
        country_counts = np.zeros(self.film_count, dtype=np.int16)
        for (kind, _), (_, rows) in self._entities.items():
            country_counts[rows] += kind == "country"
        self._is_coproduced = country_counts > 1
        self._term_ids: dict[str, list[int]] = defaultdict(list)
        self._keywords_by_word: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._last_names: dict[str, list[int]] = defaultdict(list)
        for field in NAMED_FIELDS:
            self._index_names(field)
        self._keyword_words = sorted(word for word in self._keywords_by_word if self._keyword_ids(word))

    def year_of(self, movie_id: int) -> int:
        """Return the release year of a film."""
        return int(self._films.years[np.searchsorted(self._films.movie_ids, movie_id)])

    def find_name(self, phrase: str, fields: Sequence[str] = NAMED_FIELDS) -> Iterator[Meaning]:
        """Yield the films of what has this name in these fields; if these are all, also of a country or company.

        A word that is a genre or keyword is not taken for a person, collection or company.
        """
        found = [(self._vocabulary.field[term_id], term_id) for term_id in self._term_ids.get(phrase, ())]
        is_theme = " " not in phrase and any(field in THEME_FIELDS for field, _ in found)
        for field, term_id in found:
            if field in fields and (field in THEME_FIELDS or not is_theme):
                yield self._term(term_id, 1.0 if field == "genre" else ACTED if field == "cast" else EXACT)
        for kind, key in self._entities_by_phrase.get(phrase, ()) if fields == NAMED_FIELDS else ():
            if kind == "country" or not is_theme:
                yield self._entity(kind, key)

    def find_related(self, field: str, name: str, factor: float) -> Iterator[Meaning]:
        """Yield the films of a term or company of the lexicon."""
        if (field, name) in self._entities:
            yield self._entity(field, name)
        for term_id in self._term_ids.get(to_phrase(name), ()):
            if self._vocabulary.field[term_id] == field:
                yield self._term(term_id, factor * (1.0 if field == "genre" else RELATED))

    def find_last_name(self, word: str, fields: Sequence[str] = PEOPLE_FIELDS) -> Iterator[Meaning]:
        """Yield the films of the person with this last name who has the best known ones, unless the word is common."""
        found = self._last_names.get(word)
        if found and not (fields == PEOPLE_FIELDS and self._is_common(word)):
            key = self._vocabulary.key[max(found, key=self._person_fame)]
            for field in fields:
                if (term_id := self._vocabulary.find(field, key)) is not None:
                    yield self._term(term_id, EXACT)

    def _person_fame(self, term_id: int) -> float:
        factor = DIRECTOR_FACTOR if self._vocabulary.field[term_id] == "director" else 1
        return factor * float(self.fame[self._column(term_id)[0]].sum())

    def find_companies(self, phrase: str) -> Iterator[Meaning]:
        """Yield the films of the companies whose names begin with a phrase."""
        for key in self._companies.get(phrase.partition(" ")[0], ()):
            if f"{to_phrase(key)} ".startswith(f"{phrase} ") and not self._is_common(phrase):
                yield self._entity("company", key)

    def find_keywords_containing(self, phrase: str, *, is_place: bool = False) -> Iterator[Meaning]:
        """Yield the films of keywords that contain a phrase, such as `killer doll` or, for a place, `tokyo japan`."""
        for term_id, name in self._keywords_by_word.get(phrase.partition(" ")[0], ()):
            if name != phrase and f" {phrase} " in f" {name} ":
                yield self._term(term_id, EXACT if is_place and name.startswith(phrase) else CONTAINED)

    def find_keywords_like(self, word: str) -> Iterator[Meaning]:
        """Yield the films of keywords that only end differently, such as `dystopia` for `dystopian`."""
        stem = word[: max(MIN_STEM_LETTERS, len(word) - MAX_ENDING_LETTERS)]
        for other in self._keyword_words[bisect_left(self._keyword_words, stem) :]:
            if not other.startswith(stem):
                break
            if abs(len(other) - len(word)) <= MAX_ENDING_LETTERS:
                yield from (self._term(term_id, RELATED) for term_id in self._keyword_ids(other))

    def find_text(self, word: str) -> Iterator[Meaning]:
        """Yield the films whose title, tagline or overview contains a word."""
        if (term_id := self._vocabulary.find("text", word)) is not None:
            rows, weights = self._column(term_id)
            rarity = np.clip((self._vocabulary.idf[term_id] - COMMON_IDF) / (RARE_IDF - COMMON_IDF), 0, 1)
            shortness = np.minimum(weights / (SHORT_TEXT_SHARE * self._films.field_weights["text"] ** 0.5), 1)
            yield Meaning("text", word, word, rows, (TEXT + RARE * rarity + SHORT * shortness).astype(np.float32))

    def find_country(self, codes: Sequence[str], phrase: str, factor: float = 1.0) -> Meaning:
        """Return the films of countries (upper case) and original languages; those of both match best."""
        countries, languages = ([code for code in codes if code.isupper() == is_upper] for is_upper in (True, False))
        from_country, in_language = self._has_any("country", countries), self._has_any("language", languages)
        strengths = np.where(in_language, np.float32(ONLY_LANGUAGE), np.float32(0))
        strengths[from_country] = ONLY_COUNTRY if languages else 1
        strengths[from_country & in_language] = 1
        is_english = not languages or "en" in languages
        strengths[from_country & self._is_coproduced] *= COPRODUCED_ENGLISH if is_english else COPRODUCED
        rows = np.flatnonzero(strengths)
        only = self._entities.get(("country", countries[0])) if len(countries) == 1 else None
        name = only[0] if only else phrase.title()
        return Meaning("country", " ".join(codes), name, rows, np.float32(factor) * strengths[rows])

    def find_languages(self, codes: Sequence[str], phrase: str) -> Meaning:
        """Return the films in original languages."""
        name = codes[0] if len(codes) == 1 else phrase
        return Meaning("language", " ".join(codes), name, np.flatnonzero(self._has_any("language", codes)), 1.0)

    def find_years(self, first: int, last: int) -> Meaning:
        """Return the films of a range of years."""
        years, name = self._films.years, str(first) if first == last else f"{first}–{last}"
        return Meaning("year", name, name, np.flatnonzero((years >= first) & (years <= last)), 1.0)

    def _index_names(self, field: str) -> None:
        terms = self._vocabulary
        for term_id in terms.ids_of_field(field).tolist():
            phrase = to_phrase(terms.term[term_id] or "").removesuffix(" collection")
            self._term_ids[phrase].append(term_id)
            if field == "keyword":
                for word in set(phrase.split()):
                    self._keywords_by_word[word].append((term_id, phrase))
            elif field in PEOPLE_FIELDS and terms.document_count[term_id] >= MIN_PERSON_FILMS:
                _, *names = phrase.split()
                for name in {" ".join(names[-1:]), " ".join(names[-2:])} - {""}:
                    self._last_names[name].append(term_id)

    def _keyword_ids(self, phrase: str) -> list[int]:
        return [term_id for term_id in self._term_ids.get(phrase, ()) if self._vocabulary.field[term_id] == "keyword"]

    def _has_any(self, kind: str, keys: Iterable[str]) -> npt.NDArray[np.bool_]:
        has_any = np.zeros(self.film_count, dtype=bool)
        for key in keys:
            if (kind, key) in self._entities:
                has_any[self._entities[kind, key][1]] = True
        return has_any

    def _term(self, term_id: int, strength: float) -> Meaning:
        terms = self._vocabulary
        field, (rows, weights) = terms.field[term_id], self._column(term_id)
        strengths: Floats | float = strength
        if field == "keyword":
            focus = np.minimum(weights / (FOCUSED_SHARE * self._films.field_weights[field] ** 0.5), 1)
            strengths = np.float32(strength) * (MIN_FOCUS + (1 - MIN_FOCUS) * focus)
        return Meaning(field, terms.key[term_id], terms.term[term_id], rows, strengths)

    def _entity(self, kind: str, key: str) -> Meaning:
        name, rows = self._entities[kind, key]
        return Meaning(kind, key, name, rows, EXACT)

    def _is_common(self, word: str) -> bool:
        text_id = self._vocabulary.find("text", word)
        return text_id is not None and bool(self._vocabulary.document_count[text_id] > MAX_NAMESAKE_TEXTS)

    def _column(self, term_id: int) -> tuple[Integers, Floats]:
        vectors = self._films.vectors_by_term
        entries = slice(*vectors.indptr[term_id : term_id + 2])
        return vectors.indices[entries], vectors.data[entries]
