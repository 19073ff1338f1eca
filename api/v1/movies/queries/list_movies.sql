-- Films that match the filters.
select
    -- columns/movie_columns.sql
    movie_columns,
    title_key
-- relations/matching_movies.sql
from matching_movies
