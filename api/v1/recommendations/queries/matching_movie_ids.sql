-- The ids of the films under any filters.
select movie_id
from matching_movies
order by movie_id
