{#
    How names are taken apart for the search, on both sides: what is typed, and what is found. A word is a run of
    letters and digits; a letter of a script that is written without spaces is a word of its own.
#}
{% macro create_search_functions() -%}
    create schema if not exists marts;

    {# The text key in plain letters, as they are typed without a foreign keyboard; unspaced scripts letter by letter. #}
    create or replace macro marts.search_key(value) as
    regexp_replace(
        replace(replace(replace(replace(replace(replace(replace(
            translate({{ text_key('value') }}, 'øłđðıħ', 'olddih'),
            'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'), '½', ' 1/2'), '²', ' 2'), '³', ' 3'
        ),
        '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]', ' \0 ', 'g'
    );

    {# Its words in their order; of a name without any (`$`), all of it. #}
    create or replace macro marts.search_words(value) as
    coalesce(
        nullif(regexp_extract_all(marts.search_key(value), '[^\p{P}\p{S}\p{Z}\p{C}]+'), []),
        [trim(marts.search_key(value))]
    );

    {# The words under which a name is found, each once: its own, and what a sign stands in run together (`Spider-Man`: spider, man, spiderman). #}
    create or replace macro marts.search_word_forms(value) as
    list_sort(list_distinct(list_filter(
        marts.search_words(value)
        || string_split(regexp_replace(marts.search_key(value), '[\p{P}\p{S}\p{C}]+', '', 'g'), ' '),
        lambda word: word != ''
    )));

    {# Which letters a word has, as bits: an edit of one letter changes at most two of them. #}
    create or replace macro marts.search_letter_bits(word) as
    cast(
        list_bit_or(list_transform(string_split(word, ''), lambda letter: 1::bigint << (unicode(letter) % 61))) as ubigint
    )
{%- endmacro %}
