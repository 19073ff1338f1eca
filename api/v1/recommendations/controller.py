"""Recommendations under /v1."""

from typing import Annotated, Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from msgspec import Meta

from api.db.queries import Queries
from api.http.content_negotiation import JSON, current_format
from api.http.openapi import operation_docs
from api.http.request_hooks import AnyRequest
from api.lists.page_params import PageParams
from api.lists.routes import list_documentation, list_response
from api.v1.explain import ExplainParams
from api.v1.movies.detail import find_movie
from api.v1.path_parameters import MovieId, OtherMovieId
from api.v1.recommendations import answers, schemas
from api.v1.recommendations.listing import RECOMMENDED
from api.v1.recommendations.parameters import MOST_RECOMMENDED, Choice, recommendation_params
from api.v1.recommendations.similarity import similarity
from api.v1.recommendations.tastes import ResolvedTaste, resolve_taste
from recommender.index import RecommenderIndex

Note = Annotated[
    str | None, Meta(description="What could not be done as it was asked, and why; null if everything could.")
]


class RecommendationsController(Controller):
    """Films for a taste, and why; what any two films share."""

    tags = ("Recommendations",)

    @get(
        "/recommendations",
        **list_documentation(
            RECOMMENDED,
            "Films for any taste",
            recommendation_params("q"),
            prefilled=("q",),
            note=Note,
        ),
    )
    def recommend_movies(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        recommender: NamedDependency[RecommenderIndex],
        params: NamedDependency[Any],
    ) -> Response[Any]:
        """Films for whoever likes and dislikes what is given, best first, each with the reasons and parts of its score.

        At least one of `like`, `q`, `like_person` and `like_genre` is given. All filters of /v1/movies but `q` are
        taken: only films that meet them are recommended. What is liked or disliked is not.
        """
        return _answer(request, queries, recommender, resolve_taste(queries, recommender, params.taste), params)

    @get(
        "/movies/{movie_id:int}/recommendations",
        **list_documentation(
            RECOMMENDED,
            "Films for whoever likes a film",
            recommendation_params("q", "movie_id"),
            raises=(404,),
            note=Note,
        ),
    )
    def list_recommendations(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        recommender: NamedDependency[RecommenderIndex],
        movie_id: MovieId,
        params: NamedDependency[Any],
    ) -> Response[Any]:
        """Films for whoever likes a film, best first, each with the reasons and parts of its score.

        Nothing else need be given: then they are those of recommender.neighbors, in that order, with those scores, and
        beyond its 50 the next ones. All that /v1/recommendations takes is taken here, too, but the filter `movie_id`.
        """
        find_movie(queries, movie_id)
        resolved = resolve_taste(queries, recommender, params.taste, movie_id)
        return _answer(request, queries, recommender, resolved, params)

    @get(
        "/movies/{movie_id:int}/similarity/{other_movie_id:int}",
        sync_to_thread=True,
        **operation_docs(
            "What two films share",
            schemas.Similarity,
            parameters=ExplainParams,
            raises=(404,),
        ),
    )
    def get_similarity(
        self, queries: NamedDependency[Queries], movie_id: MovieId, other_movie_id: OtherMovieId
    ) -> schemas.Similarity:
        """How well another film suits whoever likes a film, and every term that both share.

        Any two films can be compared, also those that are not recommended for one another. The shared terms and the
        years add the same in both directions; the rest speaks for the other film, so that the scores differ.
        """
        return similarity(queries, movie_id, other_movie_id)


def _answer(
    request: AnyRequest, queries: Queries, recommender: RecommenderIndex, resolved: ResolvedTaste, params: Any
) -> Response[Any]:
    """The films, all on one page; beside them in JSON, where a file has no place for it, a note."""
    choice: Choice = params.choice
    films = answers.chosen(queries, recommender, resolved, params.filters, choice)
    parameters = answers.bound(recommender, resolved.taste, films, choice.reasons)
    page = PageParams(limit=MOST_RECOMMENDED, sort=choice.sort, fields=choice.fields)
    is_json = current_format() == JSON
    beside = {"note": answers.note(resolved, is_empty=not films)} if is_json else {}
    return list_response(request, queries, RECOMMENDED, page, parameters, **beside)
