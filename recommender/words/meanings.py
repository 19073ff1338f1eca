"""Finds what a word or phrase means: a term, a country, a person, a range of years."""

import re
from collections.abc import Iterable, Iterator, Sequence

from recommender.description import Meaning
from recommender.words.film_terms import PEOPLE_FIELDS, FilmTerms
from recommender.words.lexicon import Lexicon, Years

MIN_PLURAL = 3
HINT = 0.4
"""Factor of the strength of terms that only hint at a phrase."""
MIN_PHRASE_FILMS = 8
"""Films of a phrase from which it is not understood word by word."""
FIRST_YEAR, LAST_YEAR = 1800, 2100
OLDER_YEARS = 10
"""Minimum number of years by which a film is older or newer than another one."""
PLACE_HINT = 0.45
"""Factor of the strength of films from the country of a place."""
_RANGE = re.compile(r"(?:between )?(\d{4}) (?:and |to )?(\d{4})")
_DECADE = re.compile(r"(?:(early|mid|late) )?(18|19|20)?(\d0)s")
_LANGUAGE = re.compile(r"in (\w+)|(\w+) (?:language|speaking|spoken)")
_YEAR = re.compile(r"(?:(before|until|since|after) )?((?:18|19|20)\d\d)")


def find_meanings(phrase: str, terms: FilmTerms, lexicon: Lexicon) -> list[Meaning]:
    """Return the meanings of a word or phrase, the first of each term."""
    if years := find_years(phrase, lexicon):
        return [terms.find_years(*years)]
    if (match := _LANGUAGE.fullmatch(phrase)) and (codes := lexicon.countries.get(match[1] or match[2])):
        return [terms.find_languages([code for code in codes if code.islower()], phrase)]
    variants = _variants(phrase)
    found = distinct(meaning for variant in variants for meaning in _find_exact(variant, terms, lexicon))
    if " " not in phrase:
        is_known = sum(meaning.rows.size for meaning in found) >= MIN_PHRASE_FILMS
        return distinct([*found, *_find_word(phrase, variants, terms, lexicon, is_known=is_known)])
    first, *_, last = phrase.split()
    if first in lexicon.fillers:
        found = [meaning for meaning in found if meaning.field != "company"]
    if not found and phrase.count(" ") == 1:
        brothers = last in {"brothers", "sisters"}
        found = [*(terms.find_last_name(first, ["director"]) if brothers else terms.find_last_name(phrase))]
    if not found and not {first, last} & lexicon.fillers:
        found = distinct(
            [*terms.find_companies(phrase), *(one for own in variants for one in terms.find_keywords_containing(own))]
        )
    is_theme = all(meaning.field == "keyword" for meaning in found) and not lexicon.knows(phrase)
    return [] if is_theme and sum(meaning.rows.size for meaning in found) < MIN_PHRASE_FILMS else found


def is_theme(phrase: str, terms: FilmTerms, lexicon: Lexicon) -> bool:
    """Return whether a phrase means a genre, a person or a keyword of several films, or is in the lexicon."""
    found = [meaning for variant in _variants(phrase) for meaning in terms.find_name(variant)]
    is_known = any(one.field != "collection" and one.rows.size >= MIN_PHRASE_FILMS for one in found)
    return is_known or lexicon.knows(phrase)


def find_people(phrase: str, fields: Sequence[str], terms: FilmTerms) -> list[Meaning]:
    """Return the films of the people with a name or last name."""
    return [*terms.find_name(phrase, fields)] or [*terms.find_last_name(phrase, fields)]


def find_years(phrase: str, lexicon: Lexicon) -> Years | None:
    """Return the first and last year that a phrase such as `80s`, `after 2000` or `1990 1995` means."""
    if match := _RANGE.fullmatch(phrase):
        return int(match[1]), int(match[2])
    if match := _DECADE.fullmatch(phrase):
        part, century, decade = match.groups()
        first = int((century or ("20" if decade < "20" else "19")) + decade)
        start, end = {"early": (0, 4), "mid": (3, 6), "late": (5, 9)}.get(part, (0, 9))
        return first + start, first + end
    if match := _YEAR.fullmatch(phrase):
        year = int(match[2])
        ranges = {"before": (FIRST_YEAR, year - 1), "until": (FIRST_YEAR, year), "since": (year, LAST_YEAR)}
        return {**ranges, "after": (year + 1, LAST_YEAR)}.get(match[1], (year, year))
    return lexicon.years.get(phrase)


def compare_years(word: str, years: Sequence[int]) -> Years | None:
    """Return the years of films that are older or newer than films of these years."""
    if word == "older" and years:
        return FIRST_YEAR, min(years) - OLDER_YEARS
    return (max(years) + OLDER_YEARS, LAST_YEAR) if word == "newer" and years else None


def _find_exact(variant: str, terms: FilmTerms, lexicon: Lexicon) -> Iterator[Meaning]:
    if codes := lexicon.countries.get(variant):
        yield terms.find_country(codes, variant)
        yield from terms.find_related("keyword", variant, HINT)
    else:
        yield from terms.find_name(variant)
    if codes := lexicon.places.get(variant):
        yield terms.find_country(codes, variant, PLACE_HINT)
    for field, name, is_hint in lexicon.terms.get(variant, ()):
        yield from terms.find_related(field, name, HINT if is_hint else 1.0)


def _find_word(
    word: str, variants: Sequence[str], terms: FilmTerms, lexicon: Lexicon, *, is_known: bool
) -> Iterator[Meaning]:
    if not is_known:
        yield from terms.find_companies(word)
        yield from terms.find_last_name(word, PEOPLE_FIELDS)
        yield from terms.find_keywords_like(word)
    for variant in variants:
        if variant not in lexicon.countries:
            yield from terms.find_keywords_containing(variant, is_place=variant in lexicon.places)
            yield from terms.find_text(variant)


def distinct(meanings: Iterable[Meaning]) -> list[Meaning]:
    found: dict[tuple[str, str], Meaning] = {}
    for meaning in meanings:
        found.setdefault((meaning.field, meaning.key), meaning)
    return list(found.values())


def _variants(phrase: str) -> list[str]:
    """Return the phrase as it is, in the singular and in the plural."""
    found = [phrase, f"{phrase}s"]
    if phrase.endswith("ies"):
        found.append(phrase[:-3] + "y")
    elif phrase.endswith("es"):
        found += [phrase[:-2], phrase[:-1]]
    elif phrase.endswith("s") and not phrase.endswith("ss") and len(phrase) > MIN_PLURAL:
        found.append(phrase[:-1])
    return found
