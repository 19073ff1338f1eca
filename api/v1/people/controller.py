"""People under /v1."""

from typing import Annotated, Any, Literal

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.db.queries import Queries
from api.http.openapi import operation_docs
from api.http.request_hooks import AnyRequest
from api.lists.routes import list_documentation, list_response, list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams
from api.v1.movies.filters import MovieFilters
from api.v1.movies.listing import MOVIES
from api.v1.movies.resolved_filters import Match, resolve_filters
from api.v1.path_parameters import PersonId
from api.v1.people import detail, schemas
from api.v1.people import filters as which
from api.v1.people.listing import PEOPLE

Role = Annotated[
    Literal[which.ROLES] | None,  # type: ignore[valid-type]
    QueryParameter(
        description="What the person was in the films; anything unless given.", examples=[Example(value="director")]
    ),
]

PersonMovieListParams = list_params(MOVIES, MovieFilters, ExplainParams, role=Role)


class PeopleController(Controller):
    """Find people; one with what they made and what it returned; their films."""

    path = "/people"
    tags = ("People",)

    list_people = list_route(
        PEOPLE,
        "/",
        "People by name, role and number of films",
        "People of the cast and the crew that meet every filter in force.",
        list_params(PEOPLE, which.PeopleFilters, ExplainParams),
    )

    @get(
        "/{person_id:int}",
        sync_to_thread=True,
        **operation_docs(
            "One person",
            schemas.PersonDetail,
            parameters=detail.PersonParams,
            raises=(404,),
        ),
    )
    def get_person(
        self, queries: NamedDependency[Queries], person_id: PersonId, params: NamedDependency[detail.PersonParams]
    ) -> schemas.PersonDetail:
        """A person with the films that they acted in, directed and worked on otherwise, and what these returned.

        All in one answer; `include` names the parts if fewer are wanted.
        """
        return detail.person(queries, person_id, params.include or detail.PARTS)

    @get(
        "/{person_id:int}/movies",
        **list_documentation(MOVIES, "The films of one person", PersonMovieListParams, raises=(404,)),
    )
    def list_person_movies(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        person_id: PersonId,
        params: NamedDependency[Any],
    ) -> Response[Any]:
        """The films in whose cast or crew a person is, or in which they had one role, under any filters besides.

        Each filter narrows them, `person`, `actor`, `director` and `crew` too. All that /v1/movies takes is taken here.
        """
        row = detail.find_person(queries, person_id)
        match = Match(person_id, person_id, row["person_name"])
        restricted = resolve_filters(queries, params.filters).restrict_to(params.role or "person", match)
        return list_response(request, queries, MOVIES, params.page, restricted.to_query_parameters())
