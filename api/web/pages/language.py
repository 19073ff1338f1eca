"""The languages of the pages: phrases, and formats of numbers, money and dates."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)

from api.http.error_handlers import first_segment
from api.http.request_hooks import AnyRequest
from warehouse.names import country_name, genre_name, language_name

UNKNOWN = "–"
MILLION = 1_000_000
SPANISH_REPORT = "/eda/es.html"


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """A language of the pages. Unknown values are formatted as a dash."""

    code: str
    """ISO 639-1 code, the first segment of the pages' paths."""
    name: str
    """Its name in the language itself."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """Translations of the English phrases of the templates; empty for English."""

    def translate(self, phrase: str, **values: object) -> str:
        """Return the phrase in this language with `values` in its {braces}."""
        translated = self.phrases[phrase] if self.phrases else phrase
        return translated.format(**values) if values else translated

    def translate_count(self, count: int, singular: str, plural: str) -> str:
        """Return the singular or plural phrase with the number in its {count}."""
        return self.translate(singular if count == 1 else plural, count=self.number(count))

    def entity(self, kind: str, key: object, name: str | None = None) -> str:
        """Return the name of an entity in this language. `kind` is a kind of entity or one of the films' filters.

        Only genres, languages and countries have names in Spanish. Their keys are English names or ISO codes.
        """
        translated = None
        if kind == "genre":
            translated = genre_name(name or str(key), self.code)
        elif kind == "country":
            translated = country_name(str(key), self.code)
        elif kind.endswith("language"):
            translated = language_name(str(key), self.code)
        return translated or name or str(key or UNKNOWN)

    def number(self, value: float | None, digits: int = 0) -> str:
        """Format a number with at most `digits` decimal places."""
        return self._format(format_decimal, value, "#,##0." + "#" * digits)

    def fixed(self, value: float | None, digits: int) -> str:
        """Format a number with exactly `digits` decimal places."""
        return self._format(format_decimal, value, "#,##0." + "0" * digits)

    def ratio(self, ratio: float | None) -> str:
        """Format a ratio with two decimal places, or two significant digits if it is below 0.01."""
        is_small = ratio is not None and 0 < ratio < 0.01
        return self._format(format_decimal, ratio, "@#") if is_small else self.fixed(ratio, 2)

    def money(self, usd: int | None) -> str:
        """Format an amount in whole US dollars."""
        return self._format(format_currency, usd, "USD", "¤#,##0", currency_digits=False)

    def short_money(self, usd: int | None) -> str:
        """Format an amount in US dollars with a unit: billions in English, thousands of millions in Spanish."""
        if usd is None or self.code == "en":
            return self._format(format_compact_currency, usd, "USD", fraction_digits=1)
        if usd < MILLION:
            return f"{self.number(usd)} USD"
        millions = (
            f"{self.number(usd / MILLION)} millones"
            if usd >= 1000 * MILLION
            else self._format(format_compact_decimal, usd, format_type="long", fraction_digits=1)
        )
        return f"{millions} de USD"

    def share(self, share: float) -> str:
        """Format a share of 1 as a percentage, rounded down so that 99.96 % does not become 100 %."""
        needs_decimal = 0 < share < 0.01 or 0.99 < share < 1
        return self._format(format_percent, math.floor(share * 1000) / 1000, "0.0%" if needs_decimal else "0%")

    def long_date(self, value: date | None) -> str:
        """Format a date with the name of its month."""
        return self._format(format_date, value, "long")

    def _format(self, formatter: Callable[..., str], value: Any, *args: str, **options: Any) -> str:
        return UNKNOWN if value is None else formatter(value, *args, locale=self.code, **options)


def _load_phrases(code: str) -> Mapping[str, str]:
    with (Path(__file__).with_name("locales") / f"{code}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


ENGLISH = PageLanguage("en", "English")
SPANISH = PageLanguage("es", "Español", _load_phrases("es"))
LANGUAGES = (ENGLISH, SPANISH)


def language_of(request: AnyRequest) -> PageLanguage:
    """Return the language of the page at the path of a request. What is not translated is in English."""
    is_spanish = first_segment(request) == SPANISH.code or request.url.path == SPANISH_REPORT
    return SPANISH if is_spanish else ENGLISH


def negotiate_language(accept_language: str) -> PageLanguage:
    """Return the language that an Accept-Language header (RFC 9110) prefers; English if it names neither."""
    tags = re.findall(r"([a-z]+)[\w-]*\s*(?:;\s*q=([01](?:\.\d*)?))?\s*(?:,|$)", accept_language.lower())
    codes = [code for code, weight in sorted(tags, key=lambda tag: -float(tag[1] or 1))]
    return next((language for code in codes for language in LANGUAGES if language.code == code), ENGLISH)
