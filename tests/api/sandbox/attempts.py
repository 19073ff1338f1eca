"""Queries that try to get more from ad-hoc SQL than results, each with the reasons that it may be refused for."""

from dataclasses import dataclass

from api.sandbox.protocol import FailureReason


@dataclass(frozen=True, slots=True)
class Attempt:
    """A query that must fail, and the accepted reasons."""

    name: str
    query: str
    reasons: tuple[FailureReason, ...] = (FailureReason.REFUSED,)


def refused(**queries: str) -> list[Attempt]:
    return [Attempt(name, query) for name, query in queries.items()]


def unknown(**queries: str) -> list[Attempt]:
    return [Attempt(name, query, (FailureReason.UNKNOWN_NAME,)) for name, query in queries.items()]


def unparsable(**queries: str) -> list[Attempt]:
    return [Attempt(name, query, (FailureReason.SYNTAX,)) for name, query in queries.items()]


WRITING = refused(
    insert="insert into marts.dim_movies default values",
    insert_from_select="insert into dim_movies select * from dim_movies",
    update="update marts.dim_movies set title = 'x'",
    delete="delete from marts.dim_movies",
    truncate="truncate marts.dim_movies",
    merge="merge into dim_movies using dim_people on true when matched then delete",
    create_table="create table stolen as select * from marts.dim_movies",
    create_temp_table="create temp table scratch (a int)",
    create_view="create view v as select 1",
    create_schema="create schema mine",
    create_macro="create macro evil(x) as x + 1",
    create_temp_macro="create or replace temp macro text_key(x) as 'gone'",
    create_sequence="create temp sequence s",
    create_type="create type mood as enum ('a')",
    create_index="create index i on marts.dim_movies (title)",
    create_secret="create secret s (type s3, key_id 'a', secret 'b')",  # noqa: S106
    create_function_alias="create function f(x) as x",
    alter="alter table marts.dim_movies drop column title",
    rename="alter table marts.dim_movies rename to gone",
    drop="drop table marts.dim_movies",
    drop_schema="drop schema marts cascade",
    comment_on="comment on table marts.dim_movies is 'x'",
    checkpoint="checkpoint",
    vacuum="vacuum",
    analyze="analyze",
    begin="begin transaction",
    commit="commit",
    rollback="rollback",
)

FILES = [
    *refused(
        copy_table_to="copy marts.dim_movies to '/tmp/stolen.csv'",
        copy_query_to="COPY (select 1) TO '/tmp/stolen.csv'",
        copy_to_the_log="copy (select 1) to 'movies.duckdb.wal'",
        copy_from="copy marts.dim_movies from '/etc/passwd'",
        copy_to_stdout="copy (select 1) to '/dev/stdout'",
        export="export database '/tmp/stolen'",
        import_="import database '/tmp/stolen'",
        attach="attach '/tmp/other.duckdb'",
        attach_memory="attach ':memory:' as mine",
        detach="detach movies",
        use="use marts",
        read_csv="select * from read_csv('/etc/passwd')",
        read_csv_auto="from read_csv_auto('/etc/passwd')",
        read_text="select content from read_text('/etc/passwd')",
        read_blob="from read_blob('/proc/self/environ')",
        read_json="from read_json('/etc/passwd')",
        read_json_objects="from read_json_objects_auto('/etc/passwd')",
        read_ndjson="from read_ndjson('/etc/passwd')",
        read_parquet="from read_parquet('s3://bucket/key')",
        read_duckdb="from read_duckdb('/tmp/other.duckdb')",
        parquet_scan="from parquet_scan('x.parquet')",
        parquet_metadata="from parquet_metadata('x.parquet')",
        glob="from glob('/etc/*')",
        sniff_csv="from sniff_csv('/etc/passwd')",
        read_text_scalar="select read_text('/etc/passwd')",
        read_in_subquery="select (select content from read_text('/etc/passwd'))",
        read_in_lateral="from dim_movies, lateral (from read_text(title))",
        read_in_cte="with stolen as (from read_text('/etc/passwd')) from stolen",
        read_in_union="select 'a' union all select content from read_text('/etc/passwd')",
        read_in_exists="select exists (from read_text('/etc/passwd'))",
        read_in_order="select 1 order by (select content from read_text('/etc/passwd'))",
        read_in_limit="from dim_movies limit (select size from read_text('/etc/passwd'))",
        read_in_window="select sum(1) over (order by (select size from read_blob('/etc/passwd')))",
        read_in_pivot="pivot (from read_csv('/etc/passwd')) on a in ('b') using count(*)",
        read_under_a_commented_name="select * from /* dim_movies */ read_text('/etc/passwd')",
        described_file="describe from read_csv('/etc/passwd')",
        summarized_file="summarize from read_csv('/etc/passwd')",
    ),
    *unknown(
        a_file_as_table="from '/etc/passwd'",
        a_csv_as_table="select * from 'stolen.csv'",
        a_url_as_table="from 'https://example.org/data.parquet'",
        a_quoted_file='select * from "/proc/self/environ"',
        a_glob_as_table="from '/etc/*.csv'",
        a_table_of_a_file_by_describe="describe 'stolen.parquet'",
    ),
]

TEXT_AS_SQL = [
    *refused(
        query="from query('select 1')",
        query_of_a_file="select * from query('from read_text(''/etc/passwd'')')",
        query_table="from query_table('duckdb_settings')",
        query_table_list="from query_table(['dim_movies', 'pg_type'])",
        json_execute="from json_execute_serialized_sql('{}')",
        json_execute_pragma="pragma json_execute_serialized_sql('{}')",
        json_serialize="select json_serialize_sql('select 1')",
        json_plan="select json_serialize_plan('from duckdb_settings()')",
        json_deserialize="select json_deserialize_sql('{}')",
        histogram_macro="from histogram('duckdb_settings', name)",
        prepare="prepare p as select 1",
        execute="execute p",
        deallocate="deallocate p",
        call="call pragma_version()",
        explain="explain select 1",
        explain_analyze="explain analyze select 1",
        profile="explain (analyze, format json) from dim_movies",
        two_statements="select 1; select 2",
        a_write_after_a_read="select 1; drop table marts.dim_movies",
        a_write_after_a_comment="select 1 -- harmless\n; drop table marts.dim_movies",
        a_write_in_a_cte="select 1 /* ; */; /* */ delete from marts.dim_movies",
        a_set_after_a_read="select 1;;;set threads = 4;",
        pivot_that_makes_a_type="pivot dim_movies on release_year using count(*)",
        nothing="",
        only_a_comment="-- nothing",
        only_semicolons=";;;",
    ),
    *unparsable(
        delete_in_a_cte="with gone as (delete from marts.dim_movies returning *) from gone",
        select_into="select * into stolen from dim_movies",
        a_nul="select 1\0; drop table marts.dim_movies",
        an_open_comment="select 1 /* and on",
        an_open_quote="select 'and on",
        cli_shell=".shell ls",
        cli_open=".open /tmp/other.duckdb",
        templates="select {{ 7 * 7 }} from {% x %}",
        no_sql="Which film is best?",
    ),
]
