"""The languages of the pages: phrases, and formats of numbers, money and dates."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent

from warehouse.names import country_name, genre_name, language_name

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Language:
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

    def genre(self, name: str) -> str:
        """Return the name of a genre in this language."""
        return genre_name(name, self.code)

    def language(self, code: str | None, default: str | None = None) -> str:
        """Return the name of the language with this ISO 639-1 code."""
        return language_name(code or "", self.code) or default or code or UNKNOWN

    def country(self, code: str | None, default: str | None = None) -> str:
        """Return the name of the country with this ISO 3166-1 code."""
        return country_name(code or "", self.code) or default or code or UNKNOWN

    def number(self, value: float | None, digits: int = 0) -> str:
        """Format a number with at most `digits` decimal places."""
        if value is None:
            return UNKNOWN
        return str(format_decimal(value, "#,##0." + "#" * digits, locale=self.code))

    def fixed(self, value: float | None, digits: int) -> str:
        """Format a number with exactly `digits` decimal places."""
        return UNKNOWN if value is None else str(format_decimal(value, f"#,##0.{'0' * digits}", locale=self.code))

    def ratio(self, ratio: float | None) -> str:
        """Format a ratio with two decimal places, or two significant digits if it is below 0.01."""
        if ratio is not None and 0 < ratio < 0.01:
            return str(format_decimal(ratio, "@#", locale=self.code))
        return self.fixed(ratio, 2)

    def money(self, usd: int | None) -> str:
        """Format an amount in whole US dollars."""
        if usd is None:
            return UNKNOWN
        return str(format_currency(usd, "USD", "¤#,##0", locale=self.code, currency_digits=False))

    def short_money(self, usd: int | None) -> str:
        """Format an amount in US dollars with a unit such as millions."""
        if usd is None:
            return UNKNOWN
        return str(format_compact_currency(usd, "USD", locale=self.code, fraction_digits=1))

    def share(self, share: float | None) -> str:
        """Format a share of 1 as a percentage, rounded down so that 99.96 % does not become 100 %."""
        if share is None:
            return UNKNOWN
        needs_decimal = 0 < share < 0.01 or 0.99 < share < 1
        rounded = math.floor(share * 1000) / 1000
        return str(format_percent(rounded, "0.0%" if needs_decimal else "0%", locale=self.code))

    def long_date(self, value: date | None) -> str:
        """Format a date with the name of its month."""
        return UNKNOWN if value is None else str(format_date(value, "long", locale=self.code))


def _load_phrases(code: str) -> Mapping[str, str]:
    with (Path(__file__).with_name("locales") / f"{code}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


ENGLISH = Language("en", "English")
SPANISH = Language("es", "Español", _load_phrases("es"))
LANGUAGES = (ENGLISH, SPANISH)


def negotiate_language(accept_language: str) -> Language:
    """Return the language that an Accept-Language header (RFC 9110) prefers; English if it names neither."""
    ranked = []
    for position, part in enumerate(accept_language.lower().split(",")):
        tag, _, weight = part.partition(";q=")
        try:
            ranked.append((-float(weight or 1), position, tag.strip().partition("-")[0]))
        except ValueError:
            continue
    codes = [code for _, _, code in sorted(ranked)]
    return next((language for code in codes for language in LANGUAGES if language.code == code), ENGLISH)
