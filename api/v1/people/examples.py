"""An example of every answer about people, for the OpenAPI document."""

from datetime import date
from typing import Any

import msgspec

from api.v1.people import schemas

PERSON = schemas.Person(
    person_id=190,
    person_name="Clint Eastwood",
    gender="male",
    profile_path="/wJosJW9DNWHOA8h63bQr2HgHC48.jpg",
    is_tmdb_person=True,
    cast_movie_count=55,
    crew_movie_count=35,
    directed_movie_count=35,
)
_UNFORGIVEN: dict[str, Any] = {
    "movie_id": 33,
    "imdb_id": "tt0105695",
    "title": "Unforgiven",
    "release_date": date(1992, 8, 7),
    "release_year": 1992,
    "tmdb_vote_count": 1133,
    "tmdb_vote_mean": 7.7,
    "return_ratio": 11.3684,
}
PERSON_DETAIL = schemas.PersonDetail(
    **msgspec.structs.asdict(PERSON),
    acted=[schemas.ActedMovie(**_UNFORGIVEN, character_names=["Bill Munny"], billing_order=0)],
    directed=[schemas.DirectedMovie(**_UNFORGIVEN)],
    crew=[],
    returns=schemas.PersonReturns(
        as_actor=[
            schemas.ActorReturns(
                director_policy="excluded",
                movie_count=33,
                excluded_directed_movie_count=22,
                known_return_movie_count=14,
                total_return_ratio=160.1128,
                mean_return_ratio=4.8519,
                known_mean_return_ratio=11.4366,
                known_median_return_ratio=5.0687,
                pooled_return_ratio=4.2488,
            )
        ],
        as_director=schemas.Returns(
            movie_count=35,
            known_return_movie_count=27,
            total_return_ratio=120.0882,
            mean_return_ratio=3.4311,
            known_mean_return_ratio=4.4477,
            known_median_return_ratio=3.0747,
            pooled_return_ratio=3.3676,
        ),
    ),
)
