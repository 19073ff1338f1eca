{# Days and months may have one digit; a time after the date is ignored. #}
{% macro date_pattern(order) -%}
    {%- set part = {'year': '([0-9]{4})', 'other': '([0-9]{1,2})'} -%}
    {%- set parts = ['other', 'other', 'year'] if order == 'year_last' else ['year', 'other', 'other'] -%}
    {%- set time = '([T ] ?[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)? ?([AaPp][.]?[Mm][.]?)?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?' -%}
    {{ return(part[parts[0]] ~ '[-/.]' ~ part[parts[1]] ~ '[-/.]' ~ part[parts[2]] ~ time) }}
{%- endmacro %}

{# A date from the groups of a pattern that hold its year, month and day. #}
{% macro date_of_groups(cell, order, year, month, day) -%}
    {%- set pattern = "'" ~ date_pattern(order) ~ "'" -%}
    {%- set texts = [] -%}
    {%- for group, width in ((year, 4), (month, 2), (day, 2)) -%}
        {%- do texts.append('lpad(regexp_extract(' ~ cell ~ ', ' ~ pattern ~ ', ' ~ group ~ '), ' ~ width ~ ", '0')") -%}
    {%- endfor -%}
    try_cast({{ texts | join(" || '-' || ") }} as date)
{%- endmacro %}

{# A date with its year first, or in the order that `reading` names. Year 0 is not one. #}
{% macro read_date(cell, reading='null') -%}
    {{ return(adapter.dispatch('read_date')(cell, reading)) }}
{%- endmacro %}

{% macro default__read_date(cell, reading) -%}
    {%- set text = trim_spaces(cell) -%}
    case
        when {{ cell }} like '0000%' then null
        when {{ matches(cell, '[0-9]{4}-[0-9]{2}-[0-9]{2}') }} then try_cast({{ cell }} as date)
        when {{ matches(text, date_pattern('year_first')) }} then {{ date_of_groups(cell, 'year_first', 1, 2, 3) }}
        when {{ matches(text, date_pattern('year_last')) }} then
            case {{ reading }}
                when 'day_month_year' then {{ date_of_groups(cell, 'year_last', 3, 2, 1) }}
                when 'month_day_year' then {{ date_of_groups(cell, 'year_last', 3, 1, 2) }}
            end
    end
{%- endmacro %}

{#
    The whole column decides whether the day or the month comes first: in most cells the year must be last, and a first or
    second number above 12 can only be a day. As most days are above 12, such numbers in less than a tenth of the cells are
    typing errors.
#}
{% macro date_formats(cell) -%}
    {%- set year_last = matches(trim_spaces(cell), date_pattern('year_last')) -%}
    {%- set numbers = [] -%}
    {%- for group in (1, 2) -%}
        {%- do numbers.append(
            'try_cast(regexp_extract(' ~ cell ~ ", '" ~ date_pattern('year_last') ~ "', " ~ group ~ ') as integer)'
        ) -%}
    {%- endfor -%}
    {%- set count = 'count(*) filter (where ' ~ year_last ~ ')' -%}
    {%- set is_usual = count ~ ' * 2 > count(' ~ known_cell(cell) ~ ')' -%}
    {%- set day_first = 'count(*) filter (where ' ~ year_last ~ ' and ' ~ numbers[0] ~ ' > 12 and ' ~ numbers[1] ~ ' <= 12)' -%}
    {%- set day_second = 'count(*) filter (where ' ~ year_last ~ ' and ' ~ numbers[1] ~ ' > 12 and ' ~ numbers[0] ~ ' <= 12)' -%}
    {%- set is_timed = 'not ' ~ matches(cell, '[0-9]{4}-[0-9]{2}-[0-9]{2}') ~ ' and ' ~ read_date(cell) ~ ' is not null' -%}
    {{ return({
        'date_with_time': (is_timed, none),
        'day_month_year': (year_last, is_usual ~ ' and ' ~ day_first ~ ' > 100 * ' ~ day_second ~ ' and ' ~ day_first ~ ' * 10 > ' ~ count),
        'month_day_year': (year_last, is_usual ~ ' and ' ~ day_second ~ ' > 100 * ' ~ day_first ~ ' and ' ~ day_second ~ ' * 10 > ' ~ count),
    }) }}
{%- endmacro %}
