-- How the stored model was trained.
select uses_ratings, config_json
from recommender.model
