"""The report that a finished build prints."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from warehouse.connection import open_read_only
from warehouse.losses import quote_cell, read_losses


def format_report(
    published_file: Path, step_seconds: Mapping[str, float], step_peak_bytes: Mapping[str, int]
) -> Iterator[str]:
    """Yield the lines of the report.

    Args:
        published_file: The warehouse that was built.
        step_seconds: Duration of each step.
        step_peak_bytes: Peak memory of the steps that run in a process of their own.
    """
    with open_read_only(published_file) as connection:
        [(build_id, tables)] = connection.execute("select build_id, tables from quality.build_info").fetchall()
        accounts = connection.execute("from quality.row_accounting order by source_name").fetchall()
        losses = read_losses(connection)
        formats = connection.execute("from quality.cell_formats order by all").fetchall()
    yield ""
    yield f"{'step':<24}{'seconds':>10}{'peak memory':>16}"
    for step, seconds in step_seconds.items():
        peak = f"{step_peak_bytes[step] / 1e6:,.0f} MB" if step in step_peak_bytes else ""
        yield f"{step:<24}{seconds:>10.1f}{peak:>16}".rstrip()
    yield f"{'total':<24}{sum(step_seconds.values()):>10.1f}"
    yield ""
    yield f"{'table':<44}{'rows':>14}"
    for table in tables:
        yield f"{table['table_schema'] + '.' + table['table_name']:<44}{table['row_count']:>14,}"
    yield ""
    yield f"{'raw file':<20}{'read':>12}{'kept':>12}{'rejected':>12}"
    for source, *counts in accounts:
        yield f"{source:<20}" + "".join(f"{count:>12,}" for count in counts)
    yield ""
    yield "losses:" if losses else "no rows were rejected, and all cells could be read"
    for loss in losses:
        yield f"  {'warning: ' if loss.is_warning else ''}{loss.describe()}"
    if formats:
        yield ""
        yield "formats that differ from the original data set's:"
    for source, column, cell_format, count, example in formats:
        yield f"  {source}: `{column}`: {count:,} cells read as {cell_format}, for example {quote_cell(example)}"
    yield ""
    yield f"published {published_file} ({published_file.stat().st_size / 1e6:,.0f} MB, build {build_id})"
    yield ""
    yield "try next:"
    yield "  make serve"
    yield f"  curl http://localhost:{os.environ.get('PORT', '8000')}/score-titulo/Toy%20Story"
    yield '  make sql Q="from dim_movies select title, release_year order by tmdb_vote_count desc limit 5"'
