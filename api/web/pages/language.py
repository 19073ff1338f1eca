"""The two languages of the pages: their words, and how they write numbers, money and dates."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent

from api.web.pages.spanish import SPANISH_PHRASES
from warehouse.names import country_name, genre_name, language_name

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Language:
    """How one language says what the pages say. Unknown values are a dash."""

    code: str
    """ISO 639-1: the first segment of the pages' paths."""
    name: str
    """Its name for itself."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """What the templates say, from English. English says it as it stands."""

    def say(self, phrase: str, **values: object) -> str:
        """The phrase in this language, with values in its {braces}."""
        said = self.phrases[phrase] if self.phrases else phrase
        return said.format(**values) if values else said

    def counted(self, count: int, one: str, many: str) -> str:
        """The phrase for one or that for many, with the number in its {count}."""
        return self.say(one if count == 1 else many, count=self.number(count))

    def genre(self, name: str) -> str:
        """The name of a genre in this language."""
        return genre_name(name, self.code)

    def language(self, code: str | None, default: str | None = None) -> str:
        """The name of a language by its ISO 639-1 code, or the default where there is none."""
        return language_name(code or "", self.code) or default or code or UNKNOWN

    def country(self, code: str | None, default: str | None = None) -> str:
        """The name of a country by its ISO 3166-1 code, or the default where there is none."""
        return country_name(code or "", self.code) or default or code or UNKNOWN

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with at most so many digits behind the point."""
        if value is None:
            return UNKNOWN
        return str(format_decimal(value, "#,##0." + "#" * digits, locale=self.code))

    def fixed(self, value: float | None, digits: int) -> str:
        """A number with exactly so many digits behind the point, as numbers that are compared are written."""
        return UNKNOWN if value is None else str(format_decimal(value, f"#,##0.{'0' * digits}", locale=self.code))

    def ratio(self, ratio: float | None) -> str:
        """A ratio with two digits behind the point, or, where these would be zeros, its first two other ones."""
        if ratio is not None and 0 < ratio < 0.01:
            return str(format_decimal(ratio, "@#", locale=self.code))
        return self.fixed(ratio, 2)

    def money(self, usd: int | None) -> str:
        """US dollars, whole."""
        return (
            UNKNOWN
            if usd is None
            else str(format_currency(usd, "USD", "¤#,##0", locale=self.code, currency_digits=False))
        )

    def short_money(self, usd: int | None) -> str:
        """US dollars in millions or the like."""
        if usd is None:
            return UNKNOWN
        return str(format_compact_currency(usd, "USD", locale=self.code, fraction_digits=1))

    def share(self, share: float | None) -> str:
        """A share of 1 as a percentage."""
        if share is None:
            return UNKNOWN
        is_at_an_end = 0 < share < 0.01 or 0.99 < share < 1  # 99.9% of the films are not all of them
        down = math.floor(share * 1000) / 1000
        return str(format_percent(down, "0.0%" if is_at_an_end else "0%", locale=self.code))

    def day(self, day: date | None) -> str:
        """A date, written out."""
        return UNKNOWN if day is None else str(format_date(day, "long", locale=self.code))


ENGLISH = Language("en", "English")
SPANISH = Language("es", "Español", SPANISH_PHRASES)
LANGUAGES = (ENGLISH, SPANISH)


def preferred(accept_language: str) -> Language:
    """The language that an Accept-Language header (RFC 9110) prefers; English where it names neither."""
    ranked = []
    for place, part in enumerate(accept_language.lower().split(",")):
        tag, _, weight = part.partition(";q=")
        try:
            ranked.append((-float(weight or 1), place, tag.strip().partition("-")[0]))
        except ValueError:
            continue
    codes = [code for _, _, code in sorted(ranked)]
    return next((language for code in codes for language in LANGUAGES if language.code == code), ENGLISH)
