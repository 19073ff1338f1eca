"""The report that a finished build prints."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Results of a finished build."""

    published_file: Path
    build_id: str
    row_counts: tuple[tuple[str, str, int], ...]
    """Schema, table and number of rows."""
    rejected: tuple[tuple[str, str, int], ...]
    """Source, reason and number of rejected rows."""
    step_seconds: Mapping[str, float]
    step_peak_bytes: Mapping[str, int]
    """Peak memory of the steps that run in a process of their own."""


def count_rejected(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """Return source, reason and number of rows of quality.rejected_rows."""
    return connection.execute(
        """
        select source_name, reason, count(*) as row_count
        from quality.rejected_rows
        group by source_name, reason
        order by source_name, reason
        """
    ).fetchall()


def format_report(report: BuildReport) -> Iterator[str]:
    """Yield the lines of the report."""
    yield ""
    yield f"{'step':<24}{'seconds':>10}{'peak memory':>16}"
    for step, seconds in report.step_seconds.items():
        peak = f"{report.step_peak_bytes[step] / 1e6:,.0f} MB" if step in report.step_peak_bytes else ""
        yield f"{step:<24}{seconds:>10.1f}{peak:>16}".rstrip()
    yield f"{'total':<24}{sum(report.step_seconds.values()):>10.1f}"
    yield ""
    yield f"{'table':<44}{'rows':>14}"
    for schema, table, rows in report.row_counts:
        yield f"{f'{schema}.{table}':<44}{rows:>14,}"
    yield ""
    if report.rejected:
        yield f"{'rejected rows of':<20}{'reason':<28}{'rows':>10}"
        for source, reason, rows in report.rejected:
            yield f"{source:<20}{reason:<28}{rows:>10,}"
    else:
        yield "no rows were rejected"
    size = report.published_file.stat().st_size / 1e6
    yield ""
    yield f"published {report.published_file} ({size:,.0f} MB, build {report.build_id})"
    yield ""
    yield "try next:"
    yield "  make serve"
    yield f"  curl http://localhost:{os.environ.get('PORT', '8000')}/score-titulo/Toy%20Story"
    yield '  make sql Q="from dim_movies select title, release_year order by tmdb_vote_count desc limit 5"'
