"""How people are listed."""

from api.lists.endpoint import ListEndpoint
from api.v1.people.schemas import Person

PEOPLE = ListEndpoint(
    query="list_people",
    item=Person,
    key="person_id",
    default_sort="-cast_movie_count",
    sorts=("person_id", "person_name", "cast_movie_count", "crew_movie_count", "directed_movie_count"),
    sort_columns={"person_name": "person_name_key"},
)
