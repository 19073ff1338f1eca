"""What is recommended, and why. Every score is a sum whose parts stand beside it."""

from typing import Annotated

import msgspec
from msgspec import Meta

Score = Annotated[
    float,
    Meta(description="The sum of its three parts, `content_score`, `year_score` and `prior_score`.", examples=[0.67]),
]
YearScore = Annotated[float, Meta(description="What the closeness of the years of release adds.", examples=[0.054])]
PriorScore = Annotated[
    float,
    Meta(
        description="What speaks for the film whoever asks: its votes, compared with those of its years, and their "
        "mean; less of it for the taste of whoever likes what few know.",
        examples=[0.238],
    ),
]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a film shares with what is liked, or with what is disliked."""

    field: Annotated[
        str,
        Meta(
            description="text, genre, keyword, cast, director, collection, language; or likes, users who like both.",
            examples=["director"],
        ),
    ]
    term_key: Annotated[
        str | None,
        Meta(
            description="What makes it itself in its field: a word, a name, the id of a person or collection; null "
            "for likes, which are added up.",
            examples=["7879"],
        ),
    ]
    term: Annotated[str, Meta(description="What it is; of likes, how many users.", examples=["John Lasseter"])]
    contribution: Annotated[
        float, Meta(description="What it adds to the score; below 0 if it is shared with something disliked.")
    ]


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """A recommended film, and why."""

    recommendation_rank: Annotated[int, Meta(description="Place among the recommended, from 1.", examples=[1])]
    movie_id: Annotated[int, Meta(description="TMDB id of the recommended film.", examples=[863])]
    title: Annotated[str | None, Meta(description="Title, in English where TMDB has one.", examples=["Toy Story 2"])]
    release_year: Annotated[int, Meta(description="Year of release.", examples=[1999])]
    tmdb_vote_count: Annotated[int | None, Meta(description="How many TMDB users voted.", examples=[3914])]
    tmdb_vote_mean: Annotated[float | None, Meta(description="Mean of the TMDB votes, 0 to 10.", examples=[7.3])]
    score: Score
    content_score: Annotated[
        float, Meta(description="What the shared terms add: `reasons` and `other_terms_score`.", examples=[0.374])
    ]
    year_score: YearScore
    prior_score: PriorScore
    reasons: Annotated[list[Reason], Meta(description="The shared terms that add most, greatest first.")]
    other_terms_score: Annotated[
        float, Meta(description="What the shared terms that are not among `reasons` add.", examples=[0.041])
    ]


class Similarity(msgspec.Struct, frozen=True, kw_only=True):
    """How well one film suits whoever likes another, and why."""

    movie_id: Annotated[int, Meta(description="TMDB id of the film that is liked.", examples=[862])]
    other_movie_id: Annotated[int, Meta(description="TMDB id of the film that is scored.", examples=[863])]
    neighbor_rank: Annotated[
        int | None,
        Meta(description="Its place in recommender.neighbors of the liked film, from 1; null if it has none."),
    ]
    score: Score
    content_score: Annotated[float, Meta(description="What the shared terms add: `reasons`.", examples=[0.374])]
    year_score: YearScore
    prior_score: PriorScore
    reasons: Annotated[list[Reason], Meta(description="All shared terms, greatest first.")]
