"""What a finished build tells: seconds and memory per step, rows, rejected rows, and what to try next."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished build. `tables`: schema, table, rows. `rejected`: source, reason, rows. Memory in bytes."""

    published_file: Path
    build_id: str
    tables: tuple[tuple[str, str, int], ...]
    rejected: tuple[tuple[str, str, int], ...]
    seconds: Mapping[str, float]
    peaks: Mapping[str, int]


def count_rejected(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """Returns (source, reason, rows) of quality.rejected_rows."""
    return connection.execute(
        """
        select source_name, reason, count(*) as row_count
        from quality.rejected_rows
        group by source_name, reason
        order by source_name, reason
        """
    ).fetchall()


def lines(summary: Summary) -> Iterator[str]:
    """Yields the report, a line at a time, ready to print."""
    yield ""
    yield f"{'step':<24}{'seconds':>10}{'peak memory':>16}"
    for step, seconds in summary.seconds.items():
        peak = f"{summary.peaks[step] / 1e6:,.0f} MB" if step in summary.peaks else ""
        yield f"{step:<24}{seconds:>10.1f}{peak:>16}".rstrip()
    yield f"{'in all':<24}{sum(summary.seconds.values()):>10.1f}"
    yield ""
    yield f"{'table':<44}{'rows':>14}"
    for schema, table, rows in summary.tables:
        yield f"{f'{schema}.{table}':<44}{rows:>14,}"
    yield ""
    if summary.rejected:
        yield f"{'rejected rows of':<20}{'reason':<28}{'rows':>10}"
        for source, reason, rows in summary.rejected:
            yield f"{source:<20}{reason:<28}{rows:>10,}"
    else:
        yield "no row was rejected"
    size = summary.published_file.stat().st_size / 1e6
    yield ""
    yield f"published {summary.published_file} ({size:,.0f} MB, build {summary.build_id})"
    yield ""
    yield "try next:"
    yield "  make serve"
    yield f"  curl http://localhost:{os.environ.get('PORT', '8000')}/score-titulo/Toy%20Story"
    yield '  make sql Q="from dim_movies select title, release_year order by tmdb_vote_count desc limit 5"'
