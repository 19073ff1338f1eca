-- The prime distributes the most rated films over the file.
with users as (
    select
        range as user_id,
        list_distinct(list_transform(
            draw_ranks(range, 'rated_movies', least(draw_length(range, 'ratings', 1), getvariable('films'))),
            lambda number: number * 7919 % getvariable('films')
        )) as films
    from range(1, getvariable('users') + 1)
),

rated as (
    select
        user_id,
        unnest(films) as film
    from users
)

select
    user_id as userId,
    film + 1 as movieId,
    0.5 + floor(chance(user_id, film, 'rating') * 10) / 2 as rating,
    800000000 + cast(chance(user_id, film, 'moment') * 690000000 as bigint) as timestamp
from rated
order by user_id, film
