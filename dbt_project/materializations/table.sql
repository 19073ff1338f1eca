{#
    A table with its comments in one transaction. dbt's own materialization needs a dozen statements: it builds each table
    under another name, lists its columns, renames it and drops the table before.
#}
{% materialization table, adapter='duckdb' -%}
    {%- set relation = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {{ drop_relation_if_exists(load_cached_relation(this)) }}
    {%- call statement('main') -%}
        {{ create_table_as(false, relation, compiled_code) }}
        {%- if config.persist_relation_docs() and model['description'] %}
            {{ alter_relation_comment(relation, model['description']) }}
        {%- endif %}
        {%- for column in model['columns'].values() if config.persist_column_docs() %}
            comment on column {{ relation }}.{{ column['name'] }} is {{ duckdb_escape_comment(column['description']) }};
        {%- endfor %}
    {%- endcall %}
    {%- do create_indexes(relation) %}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() %}
    {{ return({'relations': [relation]}) }}
{%- endmaterialization %}
