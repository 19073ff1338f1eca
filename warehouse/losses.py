"""What a build loses of the raw files: rejected rows and unreadable cells."""

import calendar
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from warehouse.errors import FilmotecaError
from warehouse.settings import Settings
from warehouse.sql import find_cli

WARNING_SHARE = 0.01
"""Share of a source's rows or a column's cells above which a loss is a warning."""
MAX_SHARE = 0.5
"""Share above which nothing is published."""
MAX_EXAMPLE_CHARACTERS = 60

_SHAPES = (
    (r"\d{1,3}(,\d{3})+", "decimal comma or thousands separator", "write numbers as 1234.5"),
    (r"[+-]?\d+,\d+", "decimal comma", "write numbers with a decimal point, or all with a comma"),
    (r"\d{1,3}([.,]\d{3})+([.,]\d+)?", "thousands separator", "write numbers as 1234.5"),
    (r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b.*", "day or month first", "write dates as YYYY-MM-DD"),
    (r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\b.*", "year with two digits", "write dates as YYYY-MM-DD"),
    (r"[\[{](?s:.*)[^\]}\s]\s*", "list without an end", "export the lists whole, as JSON"),
)
"""Patterns of cells, what is wrong with them, and what to do."""
_REMEDIES = {
    "duplicate_id": "export each record once",
    "invalid_id": "use ids from 1",
    "invalid_release_date": "write dates as YYYY-MM-DD",
    "malformed_row": "write ids as integers, and quotes around cells that contain commas",
    "missing_release_date": "fill in the column `release_date`",
    "unknown_movie": "use files of the same data set, with the same ids",
}


class LossesError(FilmotecaError):
    """Too much of the raw files would be lost."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Rows of a source that are rejected for one reason, or the unreadable cells of one of its columns."""

    source: str
    column: str | None
    reason: str
    count: int
    total: int
    examples: Sequence[str | None]

    @property
    def is_warning(self) -> bool:
        return self.count > WARNING_SHARE * self.total

    def describe(self) -> str:
        """Return the loss as a sentence with its examples and their likely cause."""
        what = f"`{self.column}`: " if self.column else ""
        unit = "cells" if self.column else "rows"
        examples = ", ".join(map(quote_cell, self.examples)) or "empty cells"
        cause = f" ({cause})" if (cause := self._diagnose()[0]) else ""
        return (
            f"{self.source}: {what}{self.count:,} of {self.total:,} {unit} {self.reason} "
            f"({self.count / self.total:.1%}), for example {examples}{cause}"
        )

    def remedy(self) -> str:
        return self._diagnose()[1] or _REMEDIES.get(self.reason, "see docs/data-rules.md for the formats that are read")

    def _diagnose(self) -> tuple[str, str]:
        """Return the likely cause and its remedy, each empty if unknown."""
        if self.column is None and self.reason != "invalid_release_date":
            return "", ""
        for example in self.examples:
            for pattern, cause, remedy in _SHAPES:
                if example and re.fullmatch(pattern, example.strip()):
                    readings = filter(None, map(_date_readings, self.examples))
                    return next(readings, cause), remedy
        return "", ""


def _date_readings(cell: str | None) -> str:
    """Return both readings of a date such as 03/04/1995, or an empty text."""
    numbers = re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}", cell or "")
    first, second = map(int, numbers.groups()) if numbers else (0, 0)
    if not (0 < first <= 12 and 0 < second <= 12):
        return ""
    return f"{first} {calendar.month_name[second]} or {calendar.month_name[first]} {second}?"


def quote_cell(cell: str | None) -> str:
    """Return a cell in backticks, shortened, with control characters escaped; they could move a terminal's cursor."""
    text = cell or ""
    shown = text if len(text) <= MAX_EXAMPLE_CHARACTERS else f"{text[: MAX_EXAMPLE_CHARACTERS - 1]}…"
    return "`{}`".format("".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in shown))


def read_losses(connection: duckdb.DuckDBPyConnection) -> list[Loss]:
    """Return every loss of a built file, rows first."""
    rows = connection.execute(
        """
        select source_name, null, reason, row_count, rows_read, example_cells
        from quality.rejection_reasons join quality.row_accounting using (source_name)
        order by source_name, row_count desc, reason
        """
    ).fetchall()
    cells = connection.execute(
        """
        select source_name, column_name, 'unreadable', unreadable_cell_count, cell_count, example_cells
        from quality.cell_accounting
        where unreadable_cell_count > 0
        order by source_name, column_name
        """
    ).fetchall()
    return [Loss(*values) for values in (*rows, *cells)]


def check_losses(settings: Settings, *, allowed: bool) -> None:
    """Refuse the built file if most rows of a source or most cells of a column are lost, and keep it for inspection.

    If losses are allowed, the file is not checked.

    Raises:
        LossesError: with each such loss, and where the file is.
    """
    if allowed or not settings.built_file.exists():
        return
    try:
        with duckdb.connect(str(settings.built_file)) as connection:
            losses = find_excessive_losses(read_losses(connection))
    except duckdb.CatalogException:  # dbt failed before it wrote the tables
        return
    if losses:
        lines = "\n".join(f"  - {loss.describe()}; {loss.remedy()}" for loss in losses)
        refused = settings.built_file.replace(settings.refused_file)
        raise LossesError(
            f"most of the raw data would be lost, so the published warehouse is unchanged:\n{lines}\n"
            "To see every rejected row (quality.rejected_rows) and unreadable cell of this build:\n"
            f"  {find_cli()} -readonly {shlex.quote(str(refused))} 'from quality.unreadable_cells'\n"
            "To publish it nevertheless, add ALLOW_LOSSES=yes to `make build` (--allow-losses)."
        )


def find_excessive_losses(losses: Iterable[Loss]) -> list[Loss]:
    """Return the losses of sources and columns of which most is lost, without those that follow from lost films."""
    losses = list(losses)
    rejected: Counter[str] = Counter()
    for loss in losses:
        rejected[loss.source] += 0 if loss.column else loss.count
    excessive = [
        loss
        for loss in losses
        if (loss.count if loss.column else rejected[loss.source]) > MAX_SHARE * loss.total and loss.is_warning
    ]
    has_lost_movies = any(loss.source == "movies" and not loss.column for loss in excessive)
    return [loss for loss in excessive if not (has_lost_movies and loss.reason == "unknown_movie")]
