"""Recommendations under /v1."""

from typing import Annotated, Any

from litestar import Controller, Response
from litestar.di import NamedDependency
from msgspec import Meta

from api.db.queries import Queries
from api.db.snapshots import Snapshot
from api.http.content_negotiation import JSON, current_format
from api.http.request_hooks import AnyRequest
from api.lists.page_params import PageParams
from api.lists.routes import list_get, list_response
from api.v1.explain import explainable_get
from api.v1.movies.detail import find_movie
from api.v1.path_parameters import MovieId, OtherMovieId
from api.v1.recommendations import recommend
from api.v1.recommendations.parameters import recommendation_params
from api.v1.recommendations.understood import Understood
from api.v1.recommended_movies import MAX_RECOMMENDATIONS, RECOMMENDATIONS, Similarity, to_query_parameters
from recommender.index import RecommenderIndex
from recommender.taste import RankingOptions

Params = NamedDependency[Any]
Note = Annotated[str | None, Meta(description="What part of the request was ignored or has no result; otherwise null.")]
UnderstoodWords = Annotated[list[Understood], Meta(description="What the words of `q` were taken for.")]
EXTRAS = {"note": Note, "understood": UnderstoodWords}


class RecommendationsController(Controller):
    tags = ("Recommendations",)

    @list_get(
        "/recommendations",
        RECOMMENDATIONS,
        "Films for any taste",
        recommendation_params("q"),
        prefilled=("q",),
        extras=EXTRAS,
    )
    def recommend_movies(
        self, request: AnyRequest, snapshot: NamedDependency[Snapshot], params: Params
    ) -> Response[Any]:
        """Recommend films for what is liked and disliked, best first, each with its reasons and partial scores.

        Requires at least one of `like`, `q`, `like_person` and `like_genre`. Takes all filters of /v1/movies but `q`;
        only matching films are recommended, and never the liked or disliked ones.
        """
        resolved = recommend.resolve_taste(snapshot, params.taste)
        return _recommendations_response(request, snapshot, resolved, params)

    @list_get(
        "/movies/{movie_id:int}/recommendations",
        RECOMMENDATIONS,
        "Films for people who like a film",
        recommendation_params("q", "movie_id"),
        raises=(404,),
        extras=EXTRAS,
    )
    def list_recommendations(
        self, request: AnyRequest, snapshot: NamedDependency[Snapshot], movie_id: MovieId, params: Params
    ) -> Response[Any]:
        """Recommend films for people who like a film, best first, each with its reasons and partial scores.

        Without parameters, the first 50 are those of recommender.neighbors. Takes all parameters of
        /v1/recommendations but the filter `movie_id`.
        """
        find_movie(snapshot.queries, movie_id)
        resolved = recommend.resolve_taste(snapshot, params.taste, movie_id)
        return _recommendations_response(request, snapshot, resolved, params)

    @explainable_get(
        "/movies/{movie_id:int}/similarity/{other_movie_id:int}", "What two films share", Similarity, raises=(404,)
    )
    def get_similarity(
        self, queries: NamedDependency[Queries], movie_id: MovieId, other_movie_id: OtherMovieId
    ) -> Similarity:
        """Get the score of another film for people who like a film, with every shared term.

        Any two films can be compared. Shared terms and release years count the same in both directions; the prior
        score is the other film's, so the scores differ.
        """
        return recommend.get_similarity(queries, movie_id, other_movie_id)


def _recommendations_response(
    request: AnyRequest, snapshot: Snapshot, resolved: recommend.ResolvedTaste, params: Any
) -> Response[Any]:
    """Return all recommendations on one page, in JSON with a note and what was understood."""
    queries, recommender = snapshot.queries, snapshot.resource(RecommenderIndex)
    ranking = params.ranking
    options = RankingOptions(ranking.limit, ranking.diversity, ranking.novelty, ranking.one_per_collection)
    movies = recommend.select_movies(queries, recommender, resolved, params.filters, options)
    parameters = to_query_parameters(recommender, resolved.taste, movies, ranking.reasons)
    page = PageParams(limit=MAX_RECOMMENDATIONS, sort=ranking.sort, fields=ranking.fields)
    extras = {"note": recommend.build_note(resolved, is_empty=not movies), "understood": resolved.understood}
    return list_response(
        request, queries, RECOMMENDATIONS, page, parameters, **(extras if current_format() == JSON else {})
    )
