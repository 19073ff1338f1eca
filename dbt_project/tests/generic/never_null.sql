{# Columns that every row fills: all of them in one scan. #}
{% test never_null(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
where {% for column in columns %} {{ "or" if not loop.first }} {{ column }} is null {% endfor %}
{% endtest %}
