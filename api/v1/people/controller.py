"""People under /v1."""

from typing import Annotated, Any, Literal

from litestar import Controller, Response
from litestar.di import NamedDependency

from api.db.queries import Queries
from api.http.parameters import parameter_docs
from api.http.request_hooks import AnyRequest
from api.lists.routes import list_get, list_response, list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams, explainable_get
from api.v1.movies.filters import MovieFilters
from api.v1.movies.listing import MOVIES
from api.v1.movies.resolved_filters import FilterMatch, resolve_filters
from api.v1.path_parameters import PersonId
from api.v1.people import detail, schemas
from api.v1.people.filters import ROLES, PeopleFilters
from api.v1.people.listing import PEOPLE

Role = Annotated[
    Literal[ROLES] | None,  # type: ignore[valid-type]
    parameter_docs("The person's role in the films; any role by default.", "director"),
]

PersonMovieListParams = list_params(MOVIES, MovieFilters, ExplainParams, role=Role)


class PeopleController(Controller):
    """Lists people, describes one person and lists their films."""

    path = "/people"
    tags = ("People",)

    list_people = list_route(
        PEOPLE,
        "/",
        "People by name, role and number of films",
        "List the people of the cast and crew that match every filter.",
        list_params(PEOPLE, PeopleFilters, ExplainParams),
    )

    @explainable_get(
        "/{person_id:int}", "One person", schemas.PersonDetail, parameters=detail.PersonParams, raises=(404,)
    )
    def get_person(
        self, queries: NamedDependency[Queries], person_id: PersonId, params: NamedDependency[detail.PersonParams]
    ) -> schemas.PersonDetail:
        """Get a person with their filmography as actor, director and crew, and the returns of their films.

        Use `include` to get only some of the parts.
        """
        return detail.get_person(queries, person_id, params.include or detail.PARTS)

    @list_get("/{person_id:int}/movies", MOVIES, "The films of one person", PersonMovieListParams, raises=(404,))
    def list_person_movies(
        self, request: AnyRequest, queries: NamedDependency[Queries], person_id: PersonId, params: NamedDependency[Any]
    ) -> Response[Any]:
        """List the films with a person in the cast or crew, or in one role.

        Takes all parameters of /v1/movies; each filter narrows the list, `person`, `actor`, `director` and `crew` too.
        """
        row = detail.find_person(queries, person_id)
        match = FilterMatch(person_id, person_id, row["person_name"])
        restricted = resolve_filters(queries, params.filters).restrict_to(params.role or "person", match)
        return list_response(request, queries, MOVIES, params.page, restricted.to_query_parameters())
