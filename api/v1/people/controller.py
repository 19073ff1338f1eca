"""People under /v1."""

from typing import Annotated, Any, Literal

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.db.queries import Queries
from api.http.openapi import documented
from api.http.parameters import AnyRequest
from api.lists.page_params import PageParams
from api.lists.routes import list_documentation, list_response, list_route
from api.lists.schemas import provide_page_params
from api.v1.movies import examples as movie_examples
from api.v1.movies.filters import provide_filters as provide_movie_filters
from api.v1.movies.listing import MOVIES
from api.v1.movies.resolved_filters import Match, resolve_filters
from api.v1.path_parameters import PersonId
from api.v1.people import detail, examples, schemas
from api.v1.people import filters as which
from api.v1.people.listing import PEOPLE

Role = Annotated[
    Literal[which.ROLES] | None,  # type: ignore[valid-type]
    QueryParameter(
        description="What the person was in the films; anything unless given.", examples=[Example(value="director")]
    ),
]


class PeopleController(Controller):
    """Find people; one with what they made and what it returned; their films."""

    path = "/people"
    tags = ("People",)

    list_people = list_route(
        PEOPLE,
        "/",
        "People by name, role and number of films",
        "People of the cast and the crew that meet every filter in force.",
        examples.PERSON,
        which.provide_filters,
    )

    @get(
        "/{person_id:int}",
        sync_to_thread=True,
        **documented("One person", schemas.PersonDetail, example=examples.PERSON_DETAIL, raises=(404,)),
    )
    def get_person(
        self, queries: NamedDependency[Queries], person_id: PersonId, include: detail.Include = None
    ) -> schemas.PersonDetail:
        """A person with the films that they acted in, directed and worked on otherwise, and what these returned.

        All in one answer; `include` names the parts if fewer are wanted.
        """
        return detail.person(queries, person_id, include or detail.PARTS)

    @get(
        "/{person_id:int}/movies",
        dependencies={"filters": provide_movie_filters, "page": provide_page_params(MOVIES)},
        **list_documentation(MOVIES, "The films of one person", movie_examples.MOVIE, raises=(404,)),
    )
    def list_person_movies(  # noqa: PLR0913, PLR0917 - what a request is made of
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        person_id: PersonId,
        filters: NamedDependency[Any],
        page: NamedDependency[PageParams],
        role: Role = None,
    ) -> Response[Any]:
        """The films in whose cast or crew a person is, or in which they had one role, under any filters besides.

        Each filter narrows them, `person`, `actor`, `director` and `crew` too. All that /v1/movies takes is taken here.
        """
        row = detail.find_person(queries, person_id)
        match = Match(person_id, person_id, row["person_name"])
        restricted = resolve_filters(queries, filters).restrict_to(role or "person", match)
        return list_response(request, queries, MOVIES, page, restricted.to_query_parameters())
