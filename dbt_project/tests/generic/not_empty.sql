{# The table has at least one row. #}
{% test not_empty(model) %}
select row_count
from (select count(*) as row_count from {{ model }}) as counts
where row_count = 0
{% endtest %}
