-- The size of the warehouse, and its build.
select
    build_info.build_id,
    build_info.built_at,
    (select count(*) from marts.dim_movies) as movie_count,
    (select count(*) from marts.dim_people) as person_count,
    (select count(*) from marts.fct_ratings) as rating_count,
    (select min(release_year) from marts.dim_movies) as first_release_year,
    (select max(release_year) from marts.dim_movies) as last_release_year
from quality.build_info
