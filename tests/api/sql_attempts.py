"""What somebody might try who wants more from ad-hoc SQL than answers: each by name, with why it gets none."""

from dataclasses import dataclass

from api.sandbox.protocol import Reason


@dataclass(frozen=True, slots=True)
class Attempt:
    """A query that must not be answered, and the reasons that may be given."""

    name: str
    query: str
    reasons: tuple[Reason, ...] = (Reason.REFUSED,)


def _refused(**queries: str) -> list[Attempt]:
    return [Attempt(name, query) for name, query in queries.items()]


def _unknown(**queries: str) -> list[Attempt]:
    return [Attempt(name, query, (Reason.UNKNOWN_NAME,)) for name, query in queries.items()]


def _unreadable(**queries: str) -> list[Attempt]:
    return [Attempt(name, query, (Reason.SYNTAX,)) for name, query in queries.items()]


WRITING = _refused(
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
    *_refused(
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
    *_unknown(
        a_file_as_table="from '/etc/passwd'",
        a_csv_as_table="select * from 'stolen.csv'",
        a_url_as_table="from 'https://example.org/data.parquet'",
        a_quoted_file='select * from "/proc/self/environ"',
        a_glob_as_table="from '/etc/*.csv'",
        a_table_of_a_file_by_describe="describe 'stolen.parquet'",
    ),
]

SETTINGS = _refused(
    set_="set memory_limit = '100GB'",
    set_global="set global threads = 64",
    set_session="set session search_path = 'main'",
    set_variable="set variable a = 1",
    reset="reset lock_configuration",
    pragma="pragma memory_limit = '100GB'",
    pragma_call="pragma database_list",
    pragma_version="pragma version",
    pragma_profiling="pragma enable_profiling",
    install="install httpfs",
    install_from="install spatial from community",
    force_install="force install httpfs",
    load="load httpfs",
    load_path="load '/tmp/evil.duckdb_extension'",
    update_extensions="update extensions",
    getenv="select getenv('HOME')",
    getenv_in_capitals="SELECT GETENV('HOME')",
    getenv_in_quotes="""select "getenv"('HOME')""",
    getenv_of_main="select main.getenv('HOME')",
    getenv_of_system="select system.main.getenv('HOME')",
    getenv_after_a_dot="select title.getenv() from dim_movies",
    current_setting="select current_setting('memory_limit')",
    current_setting_in_quotes="""select "Current_Setting"('memory_limit')""",
    current_setting_in_a_lambda="select list_transform(['threads'], lambda name: current_setting(name))",
    current_setting_in_an_old_lambda="select list_transform(['threads'], name -> current_setting(name))",
    current_setting_in_a_filter="select count(*) filter (where current_setting('threads') = '1') from dim_movies",
    current_setting_in_qualify="from dim_movies qualify row_number() over (order by current_setting('threads')) = 1",
    current_setting_in_group_by="select 1 from dim_movies group by current_setting('threads')",
    current_setting_in_having="select 1 having current_setting('threads') = '1'",
    current_setting_in_values="values (current_setting('threads'))",
    current_setting_in_an_argument="from range(current_setting('threads')::int)",
    current_setting_in_replace="select * replace (current_setting('threads') as title) from dim_movies",
    current_setting_in_a_join="from dim_movies a join dim_movies b on current_setting('threads') = '1'",
    current_setting_in_columns="select columns(c -> c = current_setting('threads')) from dim_movies",
    current_setting_in_a_cte="with a as materialized (select current_setting('threads')) from a",
    current_setting_in_a_frame="select sum(1) over (rows current_setting('threads')::int preceding)",
    current_setting_in_order_of_a_list="select list(title order by current_setting('threads')) from dim_movies",
    getvariable="select getvariable('a')",
    duckdb_settings="from duckdb_settings()",
    duckdb_secrets="from duckdb_secrets()",
    which_secret="from which_secret('s3://x', 's3')",  # noqa: S106
    duckdb_variables="from duckdb_variables()",
    duckdb_extensions="from duckdb_extensions()",
    setseed="select setseed(0.5)",
    write_log="select write_log('x')",
    enable_logging="from enable_logging()",
    call_logging="call enable_logging()",
    nextval="select nextval('s')",
    version="select version()",
)

CATALOG = [
    *_refused(
        information_schema="from information_schema.tables",
        pg_catalog="from pg_catalog.pg_tables",
        schema_main="from main.duckdb_tables",
        schema_temp="from temp.main.x",
        a_database="from system.information_schema.tables",
        own_database="from movies.marts.dim_movies",
        private_schema="from staging.stg_tmdb__movies",
        quoted_private_schema='from "main_intermediate"."int_movies_kept"',
        duckdb_tables="from duckdb_tables()",
        duckdb_functions="from duckdb_functions()",
        duckdb_databases="from duckdb_databases()",
        duckdb_logs="from duckdb_logs()",
        duckdb_memory="from duckdb_memory()",
        duckdb_temporary_files="from duckdb_temporary_files()",
        pragma_table_info="from pragma_table_info('marts.dim_movies')",
        pragma_storage_info="from pragma_storage_info('marts.dim_movies')",
        pragma_database_size="from pragma_database_size()",
        show_tables="show tables",
        show_all_tables="show all tables",
        show_databases="from (show databases)",
        describe_everything="describe",
        current_database="select current_database()",
        current_schemas="select current_schemas(true)",
        current_catalog="select current_catalog",
        current_user="select current_user",
        user="select user",
        pg_get_viewdef="select pg_get_viewdef(1)",
        has_table_privilege="select has_table_privilege('a', 'b')",
        txid="select txid_current()",
        seq_scan="from seq_scan('a')",
        pandas_scan="from pandas_scan(140737488355328, 1, 1)",
        arrow_scan="from arrow_scan(1, 2, 3)",
        python_map_function="from python_map_function(1, 2)",
        test_all_types="from test_all_types()",
        internal_function="select __internal_decompress_string(1)",
        aggregate_state="select finalize('x'::blob)",
    ),
    *_unknown(
        sqlite_master="from sqlite_master",
        duckdb_tables_view="from duckdb_tables",
        pg_tables="from pg_tables",
        a_variable_of_python="from self",
        a_local_of_python="from question",
        a_name_that_only_another_query_has="select * from (with pg_type as (select 1) from pg_type), pg_type",
        a_name_that_comes_later="with a as (from pg_type), pg_type as (select 1) from a",
        a_name_that_is_not_itself_yet="with pg_type as (from pg_type) from pg_type",
        the_first_part_of_a_recursion="with recursive pg_type as (from pg_type union all from pg_type) from pg_type",
        a_function_that_is_not_there="select no_such_function(1)",
    ),
]

TEXT_AS_SQL = [
    *_refused(
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
    *_unreadable(
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

_TIME = (Reason.TIME_LIMIT,)
_MEMORY = (Reason.MEMORY_LIMIT, Reason.TIME_LIMIT)
_READING = (Reason.SYNTAX, Reason.REFUSED, Reason.FAILED)

BOMBS = [
    Attempt(
        "endless_recursion",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n",
        _TIME,
    ),
    Attempt("cross_joins", "select count(*) from range(10000) a, range(10000) b, range(10000) c", _TIME),
    Attempt("long_range", "select sum(sqrt(range)) from range(1000000000000)", _TIME),
    Attempt("huge_repeat", "select repeat('x', 2000000000)", _MEMORY),
    Attempt("nested_repeat", "select length(repeat(repeat('x', 1000000), 4000))", _MEMORY),
    Attempt("huge_padding", "select lpad('x', 2000000000, 'y')", _MEMORY),
    Attempt("huge_printf", "select printf('%2000000000d', 1)", _MEMORY),
    Attempt("list_bomb", "select range(1000000000)", _MEMORY),
    Attempt("list_of_lists", "select list_transform(range(1000000), lambda x: range(x))", _MEMORY),
    Attempt("list_sort", "select list_sort(range(20000000)).list_reverse()", _MEMORY),
    Attempt("sort_bomb", "select md5(range::varchar) as key from range(1000000000000) order by key", _MEMORY),
    Attempt("string_agg_bomb", "select string_agg(repeat('x', 1000), '') from range(100000000)", _MEMORY),
    Attempt("distinct_bomb", "select count(distinct range) from range(10000000000)", _MEMORY),
    Attempt("window_bomb", "select sum(range) over (order by -range) from range(10000000000)", _MEMORY),
    Attempt("deep_brackets", f"select {'[' * 3000}1{']' * 3000}", _READING),
    Attempt("deep_sum", f"select {'1+' * 4000}1", _READING),
    Attempt("deep_not", f"select {'not ' * 2000}true", _READING),
    Attempt("deep_subqueries", f"{'select (' * 800}select 1{')' * 800}", _READING),
    Attempt("deep_case", f"select {'case when true then ' * 400}1{' end' * 400}", _READING),
    Attempt("long_query", f"select '{'x' * 10_000}'", _READING),
    Attempt("huge_number", f"select {'9' * 9000}::hugeint", (Reason.FAILED, Reason.SYNTAX)),
    Attempt("error", "select error('Path: /etc')", (Reason.FAILED,)),
]
"""Queries that want too much; ended by a limit."""

REFUSALS = [*WRITING, *FILES, *SETTINGS, *CATALOG, *TEXT_AS_SQL]
"""Queries that want what no query may have; refused before they run."""
