"""Is the built file whole? Asked of the file itself, just before it is published."""

from collections.abc import Iterable, Sequence

import duckdb

from warehouse.errors import FilmotecaError
from warehouse.raw_files import SOURCES, RawFile

_PUBLIC_TABLE_NAMES = {
    "marts": """
        dim_movies dim_people dim_genres dim_companies dim_collections dim_keywords dim_countries
        dim_languages fct_movie_genres fct_movie_companies fct_movie_countries fct_movie_spoken_languages
        fct_movie_keywords fct_movie_actors fct_movie_directors fct_cast_credits fct_crew_credits
        fct_movie_links fct_ratings fct_ratings_by_movie fct_releases_by_month fct_releases_by_weekday
        fct_releases_by_year fct_releases_by_decade fct_returns_by_actor fct_returns_by_director mart_recommender_movies
        mart_entities mart_movie_entities mart_movie_percentiles
        mart_search_names mart_search_words mart_search_name_words
        mart_eda_measures mart_eda_histograms mart_eda_joint_histograms mart_eda_outliers mart_eda_correlations
        mart_eda_completeness mart_eda_groups_by_year mart_eda_returns mart_eda_weighted_ratings
        mart_eda_person_pairs mart_eda_word_counts
    """,
    "quality": "rejected_rows unreadable_cells row_accounting",
    "recommender": "terms movie_terms movies neighbors model",
}
PUBLIC_TABLES = {schema: names.split() for schema, names in _PUBLIC_TABLE_NAMES.items()}
"""The tables that readers rely on, by schema. quality.build_info comes last, with the publication."""

NEVER_EMPTY = (
    "marts.dim_movies",
    "marts.mart_recommender_movies",
    "marts.fct_releases_by_month",
    "marts.fct_releases_by_weekday",
    "recommender.model",
)


class UnsoundBuildError(FilmotecaError):
    """The built file breaks a promise to its readers, so it is not published."""


def check_built(connection: duckdb.DuckDBPyConnection, files: Sequence[RawFile]) -> None:
    """Raises UnsoundBuildError with every broken promise, a sentence each. Drops schemas that are empty."""
    _drop_empty_schemas(connection)
    problems = missing_tables(connection) or [
        *_empty_tables(connection),
        *_private_leftovers(connection),
        *_lost_rows(connection, {file.source_name: file.record_count for file in files}),
    ]
    if problems:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        raise UnsoundBuildError(f"the built warehouse is not sound and was not published:\n{lines}")


def _drop_empty_schemas(connection: duckdb.DuckDBPyConnection) -> None:
    empty = connection.execute(
        """
        select schema_name from duckdb_schemas()
        where database_name = current_database() and not internal
        except
        select schema_name from (
            select schema_name, database_name from duckdb_tables()
            union all select schema_name, database_name from duckdb_views()
            union all select schema_name, database_name from duckdb_functions()
        )
        where database_name = current_database()
        order by schema_name
        """
    ).fetchall()
    for (schema,) in empty:
        connection.execute(f'drop schema "{schema}"')


def missing_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Returns a sentence for each table of PUBLIC_TABLES that the file lacks."""
    present = set(
        connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
        ).fetchall()
    )
    return [
        f"the table {schema}.{table} is missing"
        for schema, tables in PUBLIC_TABLES.items()
        for table in tables
        if (schema, table) not in present
    ]


def _empty_tables(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    for table in NEVER_EMPTY:
        if not len(connection.table(table)):
            yield f"the table {table} has no rows"


def _private_leftovers(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        """
        select 'view', schema_name, view_name from duckdb_views()
        where database_name = current_database() and not internal
        union all
        select 'table', schema_name, table_name from duckdb_tables()
        where database_name = current_database() and not list_contains(?, schema_name)
        order by all
        """,
        [list(PUBLIC_TABLES)],
    ).fetchall()
    return [f"the {kind} {schema}.{name} is private and must not be shipped" for kind, schema, name in found]


def _lost_rows(connection: duckdb.DuckDBPyConnection, counted: dict[str, int]) -> Iterable[str]:
    """Records counted in the file = rows read = kept + rejected, and rejected = listed in quality."""
    accounts = connection.execute(
        """
        select source_name, rows_read, rows_kept, rows_rejected, coalesce(listed_count, 0)
        from quality.row_accounting
        left join (
            select source_name, count(*) as listed_count from quality.rejected_rows group by source_name
        ) as listed using (source_name)
        order by source_name
        """
    ).fetchall()
    for source, read, kept, rejected, listed in accounts:
        if read != counted.get(source, 0):
            yield f"{source}: the file has {counted.get(source, 0):,} records but {read:,} were read"
        if read != kept + rejected:
            yield f"{source}: {read:,} rows read are not {kept:,} kept + {rejected:,} rejected"
        if rejected != listed:
            yield f"{source}: {rejected:,} rows were rejected but quality.rejected_rows lists {listed:,}"
    names = [account[0] for account in accounts]
    if sorted(names) != sorted(source.name for source in SOURCES):
        yield f"quality.row_accounting has the sources {', '.join(names)}, not each of the five once"
