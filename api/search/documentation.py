"""How the search stands in the OpenAPI document: every answer, with an example."""

from http import HTTPStatus

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from api.problems import ENGLISH, PROBLEM_JSON, ProblemDetails
from api.search.schemas import Hit, Match, MatchedWord, SearchResults

EXAMPLE = SearchResults(
    data=[
        Hit(
            kind="movie",
            movie_id=245891,
            person_id=None,
            collection_id=None,
            name="John Wick",
            release_year=2014,
            movie_count=None,
            known_for_titles=[],
            score=0.33,
            matched=Match(
                field="title",
                name="John Wick",
                how="typos",
                words=[
                    MatchedWord(typed="jonh", found="john", how="typo"),
                    MatchedWord(typed="wick", found="wick", how="word"),
                ],
            ),
        )
    ]
)


def _problem(status: HTTPStatus, description: str) -> ResponseSpec:
    example = ProblemDetails(
        type=f"urn:filmoteca:problem:{status.phrase.lower().replace(' ', '-')}",
        title=status.phrase,
        status=status,
        detail=ENGLISH.details[status],
        instance="/v1/search",
    )
    return ResponseSpec(ProblemDetails, False, description, PROBLEM_JSON, [Example(value=msgspec.to_builtins(example))])


SEARCH_RESPONSES: dict[int, ResponseSpec] = {
    HTTPStatus.OK: ResponseSpec(
        SearchResults, False, "What was found.", examples=[Example(value=msgspec.to_builtins(EXAMPLE))]
    ),
    HTTPStatus.BAD_REQUEST: _problem(HTTPStatus.BAD_REQUEST, "The request cannot be understood."),
    HTTPStatus.UNPROCESSABLE_ENTITY: _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "A parameter is invalid."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something failed on our side."),
}
