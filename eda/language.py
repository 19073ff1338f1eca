"""The two languages of the report: how each says a thing, and how each writes numbers."""

from dataclasses import dataclass
from typing import Any

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the report is written in. Called with a text in English and in Spanish, it chooses its own."""

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
        """How d3 writes numbers in it."""
        return {"decimal": self.decimal_mark, "thousands": self.group_mark, "grouping": [3], "currency": ["$", ""]}

    def decimal(self, number: float, digits: int = 1) -> str:
        """A number with as many decimals, the last zeros left out."""
        text = f"{abs(number):,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        text = text.translate(str.maketrans(",.", self.group_mark + self.decimal_mark))
        return f"{MINUS}{text}" if number < 0 and text != "0" else text

    def fixed(self, number: float, digits: int) -> str:
        """A number with exactly as many decimals, as coefficients and means of votes are compared."""
        text = f"{abs(number):.{digits}f}".replace(".", self.decimal_mark)
        return f"{MINUS}{text}" if number < 0 and float(f"{number:.{digits}f}") else text

    def count(self, number: float) -> str:
        return self.decimal(number, 0)

    def counted(self, number: float, english: str, spanish: str) -> str:
        """A number of things, each named by the word for one of them."""
        written = self.count(number)
        if written == "1":
            return f"{written} {self(english, spanish)}"
        return f"{written} {self(f'{english}s', spanish + ('s' if spanish[-1] in 'aeo' else 'es'))}"

    def films(self, number: float) -> str:
        return self.counted(number, "film", "película")

    def share(self, share: float) -> str:
        """A share of 0 to 1 as a percentage; one that is neither nothing nor all is never written as 0 or 100."""
        percent = 100 * share
        digits = 0 if percent in (0, 100) or 1 <= percent <= 99 else 1
        if digits and 0 < percent < 0.1:
            return self("<0.1%", "<0,1\u00a0%")
        if digits and 99.9 < percent < 100:
            return self(">99.9%", ">99,9\u00a0%")
        number = self.decimal(percent, digits)
        return self(f"{number}%", f"{number}\u00a0%")

    def money(self, dollars: float) -> str:
        """US dollars, rounded to three figures at least."""
        for least, english, spanish in ((1e9, "billion", "mil millones de"), (1e6, "million", "millones de")):
            if dollars >= least:
                number = self.decimal(dollars / least, 1)
                return self(f"${number} {english}", f"{number} {spanish}\u00a0USD")
        number = self.count(dollars)
        return self(f"${number}", f"{number}\u00a0USD")

    def short_money(self, dollars: float) -> str:
        """A round sum without its currency, as short as an axis has it: 10k, 1M, 1B."""
        for least, english, spanish in ((1e9, "B", "\u00a0mil\u00a0M"), (1e6, "M", "\u00a0M"), (1e3, "k", "\u00a0mil")):
            if dollars >= least:
                return self.decimal(dollars / least) + self(english, spanish)
        return self.count(dollars)

    def measured(self, measure: str, value: float) -> str:
        """A value of a measure of films, with its unit."""
        if measure.endswith("_usd"):
            return self.money(value)
        if measure == "runtime_minutes":
            return self.counted(value, "minute", "minuto")
        if measure == "tmdb_vote_count":
            return self.counted(value, "vote", "voto")
        return self.ratio(value) if measure == "return_ratio" else self.decimal(value, 2 if value < 10 else 1)

    def ratio(self, value: float) -> str:
        return f"{self.decimal(value, 2 if value < 10 else 0)}×"

    def listed(self, names: list[str]) -> str:
        """Names in one phrase: a, b and c."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self('and', 'y')} {names[-1]}"


ENGLISH = Language(code="en", page="index.html", decimal_mark=".", group_mark=",")
SPANISH = Language(code="es", page="es.html", decimal_mark=",", group_mark=".")
LANGUAGES = (ENGLISH, SPANISH)
