"""The two languages of the report, and their number formats."""

from dataclasses import dataclass
from typing import Any

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the report. Call it with an English and a Spanish text to get the one in this language."""

    code: str
    """ISO 639-1."""
    page: str
    """File name of the page."""
    decimal_mark: str
    group_mark: str

    def __call__(self, english: str, spanish: str) -> str:
        return spanish if self.code == "es" else english

    @property
    def number_locale(self) -> dict[str, Any]:
        """The number format of the language, for d3."""
        return {"decimal": self.decimal_mark, "thousands": self.group_mark, "grouping": [3], "currency": ["$", ""]}

    def decimal(self, number: float, digits: int = 1) -> str:
        """Format a number with at most `digits` decimals, without trailing zeros."""
        text = f"{abs(number):,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        text = text.translate(str.maketrans(",.", self.group_mark + self.decimal_mark))
        return f"{MINUS}{text}" if number < 0 and text != "0" else text

    def fixed(self, number: float, digits: int) -> str:
        """Format a number with exactly `digits` decimals."""
        text = f"{abs(number):.{digits}f}".replace(".", self.decimal_mark)
        return f"{MINUS}{text}" if number < 0 and float(f"{number:.{digits}f}") else text

    def count(self, number: float) -> str:
        return self.decimal(number, 0)

    def pluralize(self, number: float, english: str, spanish: str) -> str:
        """Format a number with a noun, given in the singular."""
        text = self.count(number)
        if text == "1":
            return f"{text} {self(english, spanish)}"
        return f"{text} {self(f'{english}s', spanish + ('s' if spanish[-1] in 'aeo' else 'es'))}"

    def films(self, number: float) -> str:
        return self.pluralize(number, "film", "película")

    def share(self, share: float) -> str:
        """Format a share, 0 to 1, as a percentage; only exact shares become 0 % or 100 %."""
        percent = 100 * share
        digits = 0 if percent in (0, 100) or 1 <= percent <= 99 else 1
        if digits and 0 < percent < 0.1:
            return self("<0.1%", "<0,1\u00a0%")
        if digits and 99.9 < percent < 100:
            return self(">99.9%", ">99,9\u00a0%")
        number = self.decimal(percent, digits)
        return self(f"{number}%", f"{number}\u00a0%")

    def money(self, dollars: float) -> str:
        """Format US dollars, in millions or billions if large."""
        for minimum, english, spanish in ((1e9, "billion", "mil millones de"), (1e6, "million", "millones de")):
            if dollars >= minimum:
                number = self.decimal(dollars / minimum, 1)
                return self(f"${number} {english}", f"{number} {spanish}\u00a0USD")
        number = self.count(dollars)
        return self(f"${number}", f"{number}\u00a0USD")

    def short_money(self, dollars: float) -> str:
        """Format a round amount without its currency: 10k, 1M, 1B."""
        for minimum, english, spanish in (
            (1e9, "B", "\u00a0mil\u00a0M"),
            (1e6, "M", "\u00a0M"),
            (1e3, "k", "\u00a0mil"),
        ):
            if dollars >= minimum:
                return self.decimal(dollars / minimum) + self(english, spanish)
        return self.count(dollars)

    def format_measure(self, measure: str, value: float) -> str:
        """Format a value of a measure with its unit."""
        if measure.endswith("_usd"):
            return self.money(value)
        if measure == "runtime_minutes":
            return self.pluralize(value, "minute", "minuto")
        if measure == "tmdb_vote_count":
            return self.pluralize(value, "vote", "voto")
        return self.ratio(value) if measure == "return_ratio" else self.decimal(value, 2 if value < 10 else 1)

    def ratio(self, value: float) -> str:
        return f"{self.decimal(value, 2 if value < 10 else 0)}×"

    def join_names(self, names: list[str]) -> str:
        """Join names: a, b and c."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self('and', 'y')} {names[-1]}"


ENGLISH = Language(code="en", page="index.html", decimal_mark=".", group_mark=",")
SPANISH = Language(code="es", page="es.html", decimal_mark=",", group_mark=".")
LANGUAGES = (ENGLISH, SPANISH)
