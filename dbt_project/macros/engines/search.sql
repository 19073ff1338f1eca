{#
    The functions that split names into words, for the search terms as well as for the searchable names. A word is a run
    of letters and digits. In scripts without spaces, every letter is a word.
#}

{# Creates a function of one text in the schema marts, for `where title_key = marts.text_key('Amélie')`. #}
{% macro create_function(name, parameter, body) -%}
    {{ return(adapter.dispatch('create_function')(name, parameter, body)) }}
{%- endmacro %}

{% macro duckdb__create_function(name, parameter, body) -%}
    create or replace macro marts.{{ name }}({{ parameter }}) as {{ body }}
{%- endmacro %}

{% macro spark__create_function(name, parameter, body) -%}
    create or replace function marts.{{ name }}({{ parameter }} string) return {{ body }}
{%- endmacro %}

{# The characters between words. As ranges, because a class such as \p{P} takes a millisecond to compile. #}
{% macro word_separators() -%}
    \x00-\x1f!-/:-@\[-`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf×÷،؛؟\x{2000}-\x{206f}\x{20a0}-\x{20cf}\x{2100}-\x{214f}\x{2190}-\x{2bff}\x{2e00}-\x{2e7f}\x{3000}-\x{3004}\x{3008}-\x{3020}\x{30fb}\x{ff00}-\x{ff0f}\x{ff1a}-\x{ff20}\x{ff3b}-\x{ff40}\x{ff5b}-\x{ff65}
{%- endmacro %}

{# The text key in letters of a plain keyboard, with spaces around the letters of scripts without spaces. #}
{% macro search_key(text) -%}
    {{ return(adapter.dispatch('search_key')(text)) }}
{%- endmacro %}

{% macro duckdb__search_key(text) -%}
    regexp_replace(
        {{ plain_letters(text_key(text)) }},
        '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]', ' \0 ', 'g'
    )
{%- endmacro %}

{% macro spark__search_key(text) -%}
    regexp_replace(
        {{ plain_letters(text_key(text)) }},
        r'[\p{IsHan}\p{IsHiragana}\p{IsKatakana}\p{IsThai}\p{IsLao}\p{IsKhmer}\p{IsMyanmar}]', ' $0 '
    )
{%- endmacro %}

{% macro plain_letters(key) -%}
    replace(replace(replace(replace(replace(replace(replace(
        translate({{ key }}, 'øłđðıħ', 'olddih'),
        'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'), '½', ' 1/2'), '²', ' 2'), '³', ' 3'
    )
{%- endmacro %}

{# The words of a key in order; the whole key if it has none (`$`). #}
{% macro search_words(search_key) -%}
    {{ return(adapter.dispatch('search_words')(search_key)) }}
{%- endmacro %}

{% macro duckdb__search_words(search_key) -%}
    coalesce(nullif(regexp_extract_all({{ search_key }}, '[^ {{ word_separators() }}]+'), []), [trim({{ search_key }})])
{%- endmacro %}

{% macro spark__search_words(search_key) -%}
    case
        when {{ search_key }} rlike r'[^ {{ word_separators() }}]'
            then regexp_extract_all({{ search_key }}, r'[^ {{ word_separators() }}]+', 0)
        else array(trim({{ search_key }}))
    end
{%- endmacro %}

{#
    The distinct words by which a name is found: its own, and those that are joined by signs, without the signs
    (`Spider-Man`: man, spider, spiderman).
#}
{% macro search_word_forms(search_key) -%}
    {{ return(adapter.dispatch('search_word_forms')(search_key)) }}
{%- endmacro %}

{% macro duckdb__search_word_forms(search_key) -%}
    list_sort(list_distinct(list_filter(
        marts.search_words({{ search_key }})
        || string_split(regexp_replace({{ search_key }}, '[{{ word_separators() }}]+', '', 'g'), ' '),
        lambda word: word != ''
    )))
{%- endmacro %}

{% macro spark__search_word_forms(search_key) -%}
    array_sort(array_distinct(filter(
        marts.search_words({{ search_key }})
        || split(regexp_replace({{ search_key }}, r'[{{ word_separators() }}]+', ''), ' '),
        word -> word != ''
    )))
{%- endmacro %}

{# One bit per letter of a word. An edit of one letter changes at most two bits. #}
{% macro search_letter_bits(word) -%}
    {{ return(adapter.dispatch('search_letter_bits')(word)) }}
{%- endmacro %}

{% macro duckdb__search_letter_bits(word) -%}
    cast(
        list_bit_or(list_transform(string_split({{ word }}, ''), lambda letter: 1::bigint << (unicode(letter) % 61)))
        as ubigint
    )
{%- endmacro %}

{% macro spark__search_letter_bits(word) -%}
    aggregate(
        regexp_extract_all({{ word }}, r'(?s).', 0),
        cast(0 as bigint),
        (bits, letter) -> bits | shiftleft(cast(1 as bigint), ascii(letter) % 61)
    )
{%- endmacro %}
