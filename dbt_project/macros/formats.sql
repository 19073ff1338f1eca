{# The columns of a raw file of TMDB, each with the kind of its cells. #}
{% macro raw_columns(source_name) -%}
    {{ return({
        'movies': {
            'id': 'id', 'imdb_id': 'text', 'title': 'text', 'original_title': 'text', 'original_language': 'text',
            'overview': 'text', 'tagline': 'text', 'homepage': 'text', 'poster_path': 'text', 'status': 'text',
            'adult': 'flag', 'video': 'flag', 'release_date': 'date', 'runtime': 'number', 'budget': 'number',
            'revenue': 'number', 'popularity': 'number', 'vote_count': 'number', 'vote_average': 'number',
            'belongs_to_collection': 'list', 'genres': 'list', 'production_companies': 'list',
            'production_countries': 'list', 'spoken_languages': 'list',
        },
        'credits': {'id': 'id', 'cast': 'list', 'crew': 'list'},
        'keywords': {'id': 'id', 'keywords': 'list'},
    }[source_name]) }}
{%- endmacro %}

{# Aggregates over a raw file, one per column: how to read its cells, and which unusual formats they have. #}
{% macro column_formats(source_name) -%}
    {%- for column, kind in raw_columns(source_name).items() %}
        {{ column_format('source.' ~ column, cell_formats('source.' ~ column, kind)) }} as {{ column }}_format,
    {%- endfor %}
    {{ used_null_words(raw_columns(source_name)) }} as null_words
{%- endmacro %}

{#
    `formats` has, by name of a format, a condition on a cell, and for a format that the whole column decides a condition
    on its aggregates.
#}
{% macro column_format(cell, formats) -%}
    {%- set reading = ["case when false then ''"] -%}
    {%- set found = [] -%}
    {%- for name, (is_found, is_read) in formats.items() -%}
        {%- set cells = '(where ' ~ is_found ~ ')' -%}
        {%- do found.append(
            'case when ' ~ (is_read or 'count(*) filter ' ~ cells ~ ' > 0') ~ ' then ' ~ struct_of({
                'cell_format': "'" ~ name ~ "'",
                'cell_count': 'count(*) filter ' ~ cells,
                'example_cell': 'min(' ~ cell ~ ') filter ' ~ cells,
            }) ~ ' end'
        ) -%}
        {%- if is_read -%} {%- do reading.append('when ' ~ is_read ~ " then '" ~ name ~ "'") -%} {%- endif -%}
    {%- endfor -%}
    {{ struct_of({'reading': reading | join(' ') ~ ' end', 'found': list_without_nulls(found)}) }}
{%- endmacro %}

{% macro cell_formats(cell, kind) -%}
    {%- set formats = {'null_word': (cell ~ ' in (' ~ null_words() ~ ')', none)} -%}
    {%- if kind == 'id' -%}
        {%- do formats.update({'decimal_id': (matches(trim_spaces(cell), decimal_id_pattern()), none)}) -%}
    {%- elif kind == 'flag' -%}
        {%- do formats.update({'flag': (cell ~ " not in ('True', 'False') and " ~ read_flag(cell) ~ ' is not null', none)}) -%}
    {%- elif kind == 'number' -%}
        {%- do formats.update(number_formats(cell)) -%}
    {%- elif kind == 'date' -%}
        {%- do formats.update(date_formats(cell)) -%}
    {%- elif kind == 'list' -%}
        {%- do formats.update(list_formats(cell)) -%}
    {%- endif -%}
    {{ return(formats) }}
{%- endmacro %}

{# What tools write into an empty cell. #}
{% macro null_words() -%}
    'nan', 'NaN', 'NaT', 'NULL', 'null', 'None', chr(92) || 'N', '<NA>', 'NA', 'N/A', '#N/A'
{%- endmacro %}

{# An aggregate: the words for an empty cell that a file has in columns that cannot hold them as a text. #}
{% macro used_null_words(columns) -%}
    {%- set cells = [] -%}
    {%- for column in columns if column not in ('title', 'original_title') -%}
        {%- do cells.append('source.' ~ column) -%}
    {%- endfor -%}
    {%- set used = [] -%}
    {%- for word in null_words().split(', ') -%}
        {%- do used.append('max(case when ' ~ word ~ ' in (' ~ cells | join(', ') ~ ') then ' ~ word ~ ' end)') -%}
    {%- endfor -%}
    {{ list_without_nulls(used) }}
{%- endmacro %}

{# The cell, or null if it is empty or holds a word for an empty cell. #}
{% macro known_cell(cell) -%}
    case when {{ cell }} not in ({{ null_words() }}) then {{ known_text(cell) }} end
{%- endmacro %}

{# The text of a cell, or null if it is empty or holds a word that the file uses for empty cells. #}
{% macro text_cell(column) -%}
    case when not array_contains(formats.null_words, {{ column }}) then {{ known_text(column) }} end
{%- endmacro %}

{# Decimal commas are read if no number of the column has a point, and not all of them could separate thousands. #}
{% macro number_formats(cell) -%}
    {%- set is_clear = matches(trim_spaces(cell), '[+-]?[0-9]+,([0-9]{1,2}|[0-9]{4,})') -%}
    {{ return({'decimal_comma': (
        cell ~ " like '%,%'",
        'count(*) filter (where ' ~ is_clear ~ ') > 0 and count(*) filter (where ' ~ cell ~ " like '%.%') = 0"
    )}) }}
{%- endmacro %}

{# The number in a cell of the film file. #}
{% macro read_number(column) -%}
    {{ read_decimal(
        "case when formats." ~ column ~ "_format.reading = 'decimal_comma' then replace(" ~ column ~ ", ',', '.') else "
        ~ column ~ " end"
    ) }}
{%- endmacro %}

{# Whether a cell starts as a list of names does, without brackets; the start is enough and faster. #}
{% macro is_bare_names(cell) -%}
    {{ cell }} not like 'array(%' and {{ matches('left(' ~ cell ~ ', 20)', '\\s*(\\p{L}|[^\\s\\[{(][\\s\\S]*\\p{L})[\\s\\S]*') }}
{%- endmacro %}

{% macro is_json_list(cell) -%}
    {{ matches('left(' ~ cell ~ ', 20)', '\\s*\\[?\\s*\\{\\s*"[\\s\\S]*') }}
{%- endmacro %}

{# Whether a cell of a list column holds names without brackets, and the column is read so. #}
{% macro is_names(column) -%}
    formats.{{ column }}_format.reading = 'comma_separated_names' and {{ is_bare_names('numbered.' ~ column) }}
{%- endmacro %}

{# Names without brackets are read if most cells of the column are such. #}
{% macro list_formats(cell) -%}
    {%- set is_listed = matches('left(' ~ cell ~ ', 20)', '\\s*(array\\()?[\\[(]\\s*["\\x27][\\s\\S]*') -%}
    {%- set is_spaced = cell ~ " like 'array(%' or contains(" ~ cell ~ ", '} {') or contains(" ~ cell ~ ", '}' || chr(10)) or "
        ~ is_listed ~ ' and ' ~ matches(cell, '[\\s\\S]*["\\x27]\\s+["\\x27][\\s\\S]*') -%}
    {%- set is_bare = cell ~ ' not in (' ~ null_words() ~ ') and ' ~ is_bare_names(cell) -%}
    {{ return({
        'json': (is_json_list(cell), none),
        'numpy_list': ('(' ~ is_spaced ~ ') and not ' ~ is_json_list(cell), none),
        'list_of_names': (is_listed ~ ' and not (' ~ is_spaced ~ ')', none),
        'comma_separated_names': (
            is_bare, 'count(*) filter (where ' ~ is_bare ~ ') * 2 > count(' ~ known_cell(cell) ~ ')'
        ),
    }) }}
{%- endmacro %}
