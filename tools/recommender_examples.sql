-- Films chosen by rank of votes within their original language, so that nobody picks flattering examples.
with ranked as (
    select
        movie_id,
        original_language_code,
        genre_names,
        row_number() over (
            partition by original_language_code
            order by tmdb_vote_count desc nulls last, movie_id
        ) as vote_rank
    from marts.dim_movies
    where original_language_code is not null and title is not null
),

languages as (
    select
        original_language_code,
        row_number() over (order by count(*) desc, original_language_code) as language_rank
    from ranked
    group by original_language_code
)

select
    ranked.movie_id,
    ranked.vote_rank,
    ranked.original_language_code,
    ranked.genre_names
from ranked
inner join languages on ranked.original_language_code = languages.original_language_code
where
    (languages.language_rank = 1 and list_contains($ranks, ranked.vote_rank))
    or (
        languages.language_rank between 2 and $other_languages + 1
        and ranked.vote_rank = $other_ranks[languages.language_rank % len($other_ranks) + 1]
    )
order by languages.language_rank, ranked.vote_rank
