with

movies as (

    select * from {{ ref('dim_movies') }}

),

stop_words as (

    select * from {{ ref('stop_words') }}

),

written as (

    {% for text_source in ['title', 'overview'] -%}
        select
            '{{ text_source }}' as text_source,
            movie_id,
            {{ unnest_list(plain_words(text_source)) }} as written_word
        from movies
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- An English genitive counts as the word without it.
words as (

    select
        text_source,
        movie_id,
        case
            when written_word like '%''s' then left(written_word, length(written_word) - 2)
            else written_word
        end as word
    from written

),

counted as (

    select
        text_source,
        word,
        count(distinct movie_id) as movie_count,
        count(*) as occurrence_count
    from words
    where length(word) > 1
    group by text_source, word

),

ranked as (

    select
        *,
        row_number() over (partition by text_source order by movie_count desc, word) as word_rank
    from counted
    where word not in (select stop_words.word from stop_words)

)

select
    text_source,
    word,
    word_rank,
    movie_count,
    occurrence_count
from ranked
where word_rank <= 500
order by text_source, word_rank
