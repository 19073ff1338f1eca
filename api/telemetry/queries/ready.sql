-- Which build of the warehouse answers, and the number of its films.
select
    build_id,
    strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as built_at,
    (select count(*) from marts.dim_movies) as movie_count
from quality.build_info
