-- The ids of the films that match the filters.
select movie_id
from matching_movies
order by movie_id
