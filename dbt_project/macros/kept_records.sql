{# The staged records that their classification keeps. #}
{% macro kept_records(staged, classified) -%}
select staged.*
from {{ staged }} as staged
inner join {{ classified }} as classified on staged.row_number = classified.row_number
where classified.rejection_reason is null
{%- endmacro %}
