"""The two languages of the report: phrases, number formats, and the labels of columns, codes and groups."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from eda.queries import Row, Rows
from warehouse.names import country_name, genre_name, language_name

FOLDER = Path(__file__).parent
MINUS = "−"
_LABELS = tomllib.loads((FOLDER / "labels.toml").read_text("utf-8"))
LABELS: Mapping[str, str] = _LABELS["labels"]
"""English labels by column name or code. Only columns that have one are shown in tables."""
AXES: Mapping[str, str] = _LABELS["axes"]
"""English axis titles by measure."""
KNOWN_VALUES: Mapping[str, str] = _LABELS["known_values"]
"""English noun phrases for a known value, by measure."""
CODE_COLUMNS = ("measure", "other_measure", "fact", "rule", "reason", "source_name", "date_kind")
"""Columns whose values are codes."""


@dataclass(frozen=True, slots=True)
class ReportLanguage:
    """A language of the report. Call it with an English phrase to get the phrase in this language."""

    code: str
    """ISO 639-1."""
    name: str
    """Its name in the language itself."""
    page: str
    """File name of the page."""
    decimal_mark: str
    group_mark: str
    phrases: Mapping[str, str] = field(default_factory=dict)
    """Translations of the English phrases; empty for English."""

    def __call__(self, phrase: str, **values: object) -> str:
        """Return the phrase in this language with `values` in its {braces}."""
        return (self.phrases[phrase] if self.phrases else phrase).format(**values)

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

    def pluralize(self, number: float, noun: str) -> str:
        """Format a number with an English noun, given in the singular."""
        text = self.count(number)
        return f"{text} {self(noun if text == '1' else f'{noun}s')}"

    def films(self, number: float) -> str:
        return self.pluralize(number, "film")

    def share(self, share: float) -> str:
        """Format a share, 0 to 1, as a percentage; only exact shares become 0 % or 100 %."""
        percent = 100 * share
        if 0 < percent < 0.1:
            return self("<{number}%", number=self.decimal(0.1))
        if 99.9 < percent < 100:
            return self(">{number}%", number=self.decimal(99.9))
        return self("{number}%", number=self.decimal(percent, 0 if 1 <= percent <= 99 else 1))

    def money(self, dollars: float) -> str:
        """Format US dollars, in millions or billions if large."""
        if dollars >= 1e9:
            return self("${number} billion", number=self.decimal(dollars / 1e9))
        if dollars >= 1e6:
            return self("${number} million", number=self.decimal(dollars / 1e6))
        return self("${number}", number=self.count(dollars))

    def short_money(self, dollars: float) -> str:
        """Format a round amount without its currency: 10k, 1M, 1B."""
        if dollars >= 1e9:
            return self("{number}B", number=self.decimal(dollars / 1e9))
        if dollars >= 1e6:
            return self("{number}M", number=self.decimal(dollars / 1e6))
        return self("{number}k", number=self.decimal(dollars / 1e3)) if dollars >= 1e3 else self.count(dollars)

    def format_measure(self, measure: str, value: float) -> str:
        if measure.endswith("_usd"):
            return self.money(value)
        if measure == "runtime_minutes":
            return self.pluralize(value, "minute")
        if measure == "tmdb_vote_count":
            return self.pluralize(value, "vote")
        return self.ratio(value) if measure == "return_ratio" else self.decimal(value, 2 if value < 10 else 1)

    def ratio(self, value: float) -> str:
        return f"{self.decimal(value, 2 if value < 10 else 0)}×"

    def label(self, code: str) -> str:
        """Return the label of a column or code, or the code itself if it has none."""
        return self(LABELS[code]) if code in LABELS else code.replace("_", " ")

    def localize_groups(self, rows: Rows) -> Rows:
        """Return the rows with translated names of genres, countries and languages."""
        return [{**row, "group_name": self._name_group(row)} if "group_name" in row else row for row in rows]

    def _name_group(self, row: Row) -> str:
        code, original = str(row["group_code"]), row["group_name"]
        if row["grouping"] == "country":
            return country_name(code, self.code) or original or code
        if row["grouping"] == "original_language":
            return language_name(code, self.code) or original or code
        return genre_name(original or code, self.code)

    def join_names(self, names: list[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return self("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


with (FOLDER / "locales" / "es.po").open("rb") as _file:
    _SPANISH = {str(message.id): str(message.string) for message in read_po(_file) if message.id}
ENGLISH = ReportLanguage("en", "English", page="index.html", decimal_mark=".", group_mark=",")
SPANISH = ReportLanguage("es", "Español", page="es.html", decimal_mark=",", group_mark=".", phrases=_SPANISH)
LANGUAGES = (ENGLISH, SPANISH)
