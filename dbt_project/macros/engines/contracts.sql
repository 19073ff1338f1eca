{#
    The column definitions of a table with a contract. `meta: {compression: …}` in a model sets the compression of every
    column: uncompressed for tables whose rows are read one by one through an index, because DuckDB decodes a whole block
    of a compressed column for each row.
#}
{% macro duckdb__get_table_columns_and_constraints() %}
    {%- set compression = config.get('meta', {}).get('compression') -%}
    {%- set columns = adapter.render_raw_columns_constraints(raw_columns=model['columns']) -%}
    {%- set constraints = adapter.render_raw_model_constraints(raw_constraints=model['constraints']) -%}
    (
    {%- for column in columns %}
        {{ column }}{{ ' using compression ' ~ compression if compression }}{{ ',' if constraints or not loop.last }}
    {%- endfor %}
    {%- for constraint in constraints %}
        {{ constraint }}{{ ',' if not loop.last }}
    {%- endfor %}
    )
{% endmacro %}

{#
    The contract of a public table is DuckDB's, and it is enforced when the table is imported into the published file. On
    Spark, the columns are only cast to the types of the contract.
#}
{% macro spark__get_assert_columns_equivalent(sql) -%}
{%- endmacro %}

{% macro spark__persist_constraints(relation, model) -%}
{%- endmacro %}

{% macro spark__get_select_subquery(sql) -%}
    {%- set types = {
        'varchar': 'string', 'varchar[]': 'array<string>', 'bigint[]': 'array<bigint>', 'ubigint': 'bigint',
        'timestamp': 'timestamp_ntz'
    } -%}
    select {{ cast_columns(types) }}
    from ({{ sql }}) as contracted
{%- endmacro %}

{# The columns of the contract, each cast to its type, which `types` may translate. #}
{% macro cast_columns(types={}) -%}
    {%- set columns = [] -%}
    {%- for column in model['columns'].values() -%}
        {%- set type = types.get(column['data_type'], column['data_type']) -%}
        {%- do columns.append('cast(' ~ column['name'] ~ ' as ' ~ type ~ ') as ' ~ column['name']) -%}
    {%- endfor -%}
    {{ columns | join(', ') }}
{%- endmacro %}

{#
    Takes the rows of a table from the files that a build on Spark wrote, if FILMOTECA_SPARK_OUTPUT is their folder. The
    names of the files are in the order of the rows.
#}
{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {%- set folder = env_var('FILMOTECA_SPARK_OUTPUT', '') -%}
    {%- if folder -%}
        {%- set pattern = folder | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') | replace("'", "''") -%}
        {%- set files = pattern ~ '/' ~ this.schema ~ '.db/' ~ this.identifier ~ '/*.parquet' -%}
        {%- set compiled_code = "select " ~ cast_columns() ~ " from read_parquet('" ~ files ~ "')" -%}
        {{ dbt.duckdb__create_table_as(temporary, relation, compiled_code, language, **kwargs) }}
    {%- else -%}
        {{ dbt.duckdb__create_table_as(temporary, relation, compiled_code, language, **kwargs) }}
    {%- endif -%}
{%- endmacro %}
