"""Numbers over many films, as /v1 answers them. Unknown is null; a return is revenue / budget."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

PeriodKind = Literal["month", "weekday", "year", "decade"]
DirectorPolicy = Literal["excluded", "included"]


class Releases(msgspec.Struct, frozen=True, kw_only=True):
    """How many films came out in a period."""

    release_period: Annotated[
        int,
        Meta(description="Month 1 to 12, weekday 1 (Monday) to 7, year, or first year of the decade.", examples=[5]),
    ]
    period_name_en: Annotated[
        str | None, Meta(description="Name in English; null of years and decades.", examples=["friday"])
    ]
    period_name_es: Annotated[
        str | None, Meta(description="Name in Spanish; null of years and decades.", examples=["viernes"])
    ]
    movie_count: Annotated[int, Meta(description="Films, placeholder dates counted.", examples=[14_035])]
    non_placeholder_movie_count: Annotated[
        int, Meta(description="Films whose date is no placeholder (1 January).", examples=[13_501])
    ]


class DirectorReturns(msgspec.Struct, frozen=True, kw_only=True):
    """What the films of a director returned."""

    person_id: Annotated[int, Meta(description="TMDB id; negative if TMDB gave none.", examples=[1032])]
    person_name: Annotated[str | None, Meta(description="Name.", examples=["Martin Scorsese"])]
    movie_count: Annotated[int, Meta(description="Films that count.", examples=[39])]
    known_return_movie_count: Annotated[
        int, Meta(description="How many of them have a known return, and so count for the ratios.", examples=[20])
    ]
    total_return_ratio: Annotated[
        float, Meta(description="Sum of the known returns; 0 if none is known.", examples=[55.5])
    ]
    mean_return_ratio: Annotated[
        float | None, Meta(description="Sum of the known returns / all films; null without films.", examples=[1.42])
    ]
    known_mean_return_ratio: Annotated[
        float | None, Meta(description="Mean of the known returns; null if none is known.", examples=[2.78])
    ]
    known_median_return_ratio: Annotated[
        float | None, Meta(description="Median of the known returns; null if none is known.", examples=[2.21])
    ]
    pooled_return_ratio: Annotated[
        float | None,
        Meta(
            description="Sum of revenues / sum of budgets of the films with a known return; null if there is none.",
            examples=[2.23],
        ),
    ]


class ActorReturns(DirectorReturns, frozen=True, kw_only=True):
    """What the films of an actor returned."""

    director_policy: Annotated[
        DirectorPolicy, Meta(description="Whether films that the actor also directed count.", examples=["excluded"])
    ]
    excluded_directed_movie_count: Annotated[
        int, Meta(description="Films left out because the actor directed them.", examples=[1])
    ]


class MovieRatings(msgspec.Struct, frozen=True, kw_only=True):
    """How MovieLens users rate a film."""

    movie_id: Annotated[int, Meta(description="TMDB id of the film.", examples=[862])]
    title: Annotated[str | None, Meta(description="Title.", examples=["Toy Story"])]
    release_year: Annotated[int, Meta(description="Year of release.", examples=[1995])]
    movielens_rating_count: Annotated[int, Meta(description="Ratings by MovieLens users.", examples=[247])]
    movielens_rating_mean: Annotated[float, Meta(description="Their mean, 0.5 to 5 stars.", examples=[3.872])]
    tmdb_vote_count: Annotated[int | None, Meta(description="Votes by TMDB users.", examples=[5415])]
    tmdb_vote_mean: Annotated[float | None, Meta(description="Their mean, 0 to 10.", examples=[7.7])]
