"""People under /v1."""

from typing import Any

from litestar import Controller, Response
from litestar.di import NamedDependency

from api.http.context import RequestContext
from api.http.parameters import filters_of, list_of, one_of, query_parameter, range_parameters, words_parameter
from api.http.request_hooks import AnyRequest
from api.lists.endpoint import ListEndpoint
from api.lists.routes import list_get, list_response, list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams, explainable_get
from api.v1.movies.filters import MovieFilters
from api.v1.movies.resolved_filters import FilterMatch, resolve_filters
from api.v1.movies.schemas import MOVIES
from api.v1.path_parameters import PersonId
from api.v1.people import detail, schemas

PEOPLE = ListEndpoint(
    query="list_people",
    item=schemas.Person,
    key="person_id",
    default_sort="-cast_movie_count",
    sorts=("person_id", "person_name", "cast_movie_count", "crew_movie_count", "directed_movie_count"),
    sort_columns={"person_name": "person_name_key"},
)

ROLES = ("actor", "director", "crew")
"""The roles of a person in a film. Each is a filter of /v1/movies, too; directors belong to the crew."""
GENDERS = ("female", "male", "non-binary")
MEASURES = {
    "cast_movie_count": (int, "number of films acted in", 20),
    "crew_movie_count": (int, "number of films as crew, directing included,", 20),
    "directed_movie_count": (int, "number of films directed", 10),
}
_FILTERS = {
    "q": words_parameter("People whose name", "clint eastw"),
    "role": query_parameter(list_of(ROLES), "People with any of these roles in any film.", ["director"]),
    "role_all": query_parameter(list_of(ROLES), "People with all of these roles.", ["actor", "director"]),
    "gender": query_parameter(list_of(GENDERS), "People whose gender is known and one of these.", ["female"]),
    **range_parameters("People", MEASURES),
}
PeopleListParams = list_params(PEOPLE, filters_of("PeopleFilters", _FILTERS), ExplainParams)

Role = query_parameter(one_of(ROLES), "The person's role in the films; any role by default.", "director")
PersonMovieListParams = list_params(MOVIES, MovieFilters, ExplainParams, role=Role)

Parts = query_parameter(list_of(detail.PARTS), "Parts to return with the person; all by default.", ["directed"])


class PersonParams(ExplainParams, frozen=True, kw_only=True):
    include: Parts = None  # type: ignore[valid-type]


class PeopleController(Controller):
    path = "/people"
    tags = ("People",)

    list_people = list_route(
        PEOPLE,
        "/",
        "People by name, role and number of films",
        "List the people of the cast and crew that match every filter.",
        PeopleListParams,
    )

    @explainable_get("/{person_id:int}", "One person", schemas.PersonDetail, PersonParams, raises=(404,))
    def get_person(self, context: NamedDependency[RequestContext], person_id: PersonId) -> schemas.PersonDetail:
        """Get a person with their filmography as actor, director and crew, and the returns of their films.

        Use `include` to get only some of the parts.
        """
        return detail.get_person(context.snapshot.queries, person_id, context.parameters.include or detail.PARTS)

    @list_get("/{person_id:int}/movies", MOVIES, "The films of one person", PersonMovieListParams, raises=(404,))
    def list_person_movies(
        self, request: AnyRequest, context: NamedDependency[RequestContext], person_id: PersonId
    ) -> Response[Any]:
        """List the films with a person in the cast or crew, or in one role.

        Takes all parameters of /v1/movies; each filter narrows the list, `person`, `actor`, `director` and `crew` too.
        """
        queries, params = context.snapshot.queries, context.parameters
        row = detail.find_person(queries, person_id)
        match = FilterMatch(person_id, person_id, row["person_name"])
        restricted = resolve_filters(queries, params.filters).restrict_to(params.role or "person", match)
        return list_response(request, queries, MOVIES, params.page, restricted.to_query_parameters())
