"""Recommendations and their reasons. Each score is a sum, and the response contains its parts."""

from typing import Annotated

import msgspec
from msgspec import Meta

from api.http.examples import described

# The scores of the examples add up: 0.04 + 0.333979 = 0.373979; 0.373979 + 0.053626 + 0.237919 = 0.665524.
Score = Annotated[float, described("Sum of `content_score`, `year_score` and `prior_score`.", 0.665524)]
YearScore = Annotated[float, described("Contribution of the closeness of the release years.", 0.053626)]
PriorScore = Annotated[
    float,
    described(
        "Contribution of the film's votes: their number, compared with films of the same years, and their mean. It is "
        "lower for a taste in little-known films.",
        0.237919,
    ),
]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A term that a film shares with liked or disliked films."""

    field: Annotated[
        str,
        described(
            "text, genre, keyword, cast, director, collection or language; or likes: users who like both.", "director"
        ),
    ]
    term_key: Annotated[
        str | None,
        described(
            "Key of the term in its field: a word, a name, or the id of a person or collection; null for likes, which "
            "are summed.",
            "7879",
        ),
    ]
    term: Annotated[str, described("The term; for likes, the number of users.", "John Lasseter")]
    contribution: Annotated[
        float, described("Contribution to the score; negative if shared with a disliked film.", 0.04)
    ]


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """A recommended film with its reasons."""

    recommendation_rank: Annotated[int, described("Position among the recommendations, from 1.", 1)]
    movie_id: Annotated[int, described("TMDB id of the recommended film.", 863)]
    title: Annotated[str | None, described("Title, in English if TMDB has one.", "Toy Story 2")]
    release_year: Annotated[int, described("Release year.", 1999)]
    tmdb_vote_count: Annotated[int | None, described("Number of TMDB votes.", 3914)]
    tmdb_vote_mean: Annotated[float | None, described("Mean of the TMDB votes, 0 to 10.", 7.3)]
    score: Score
    content_score: Annotated[
        float, described("Contribution of the shared terms: `reasons` and `other_terms_score`.", 0.373979)
    ]
    year_score: YearScore
    prior_score: PriorScore
    reasons: Annotated[list[Reason], Meta(description="The shared terms that contribute most, largest first.")]
    other_terms_score: Annotated[float, described("Contribution of the other shared terms.", 0.333979)]


class Similarity(msgspec.Struct, frozen=True, kw_only=True):
    """The score of a film for people who like another film, with all reasons."""

    movie_id: Annotated[int, described("TMDB id of the liked film.", 862)]
    other_movie_id: Annotated[int, described("TMDB id of the scored film.", 863)]
    neighbor_rank: Annotated[
        int | None, described("Position among the liked film's recommender.neighbors, from 1; null if not there.", 1)
    ]
    score: Score
    content_score: Annotated[float, described("Contribution of the shared terms: the sum of `reasons`.", 0.373979)]
    year_score: YearScore
    prior_score: PriorScore
    reasons: Annotated[list[Reason], Meta(description="All shared terms, largest contribution first.")]
