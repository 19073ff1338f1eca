"""Responses with statistics. Unknown values are null; a return is revenue / budget."""

from typing import Annotated, Literal, get_type_hints

import msgspec

from api.http.examples import described
from api.v1.people import schemas as people

PeriodKind = Literal["month", "weekday", "year", "decade"]


class Releases(msgspec.Struct, frozen=True, kw_only=True):
    release_period: Annotated[int, described("Month, weekday (Monday is 1), year, or first year of the decade.", 5)]
    period_name_en: Annotated[str | None, described("English name; null for years and decades.", "friday")]
    period_name_es: Annotated[str | None, described("Spanish name; null for years and decades.", "viernes")]
    movie_count: Annotated[int, described("Films, including those with a placeholder date.", 13_908)]
    non_placeholder_movie_count: Annotated[int, described("Films without a placeholder date (1 January).", 13_372)]


def _returns_by(person: str, returns: type[people.Returns]) -> type[msgspec.Struct]:
    """Return the struct of a person and the returns of their films."""
    fields = get_type_hints(people.PersonName, include_extras=True) | get_type_hints(returns, include_extras=True)
    documentation = {"__doc__": f"The returns of {person}'s films."}
    name = f"{person.rsplit(maxsplit=1)[-1].capitalize()}Returns"
    return msgspec.defstruct(name, list(fields.items()), frozen=True, kw_only=True, namespace=documentation)


DirectorReturns = _returns_by("a director", people.Returns)
ActorReturns = _returns_by("an actor", people.ActorReturns)


class MovieRatings(msgspec.Struct, frozen=True, kw_only=True):
    """The MovieLens ratings of a film beside its TMDB votes."""

    movie_id: Annotated[int, described("TMDB id of the film.", 862)]
    title: Annotated[str | None, described("Title.", "Toy Story")]
    release_year: Annotated[int, described("Release year.", 1995)]
    movielens_rating_count: Annotated[int, described("Number of MovieLens ratings.", 247)]
    movielens_rating_mean: Annotated[float, described("Mean of the ratings, 0.5 to 5 stars.", 3.872)]
    tmdb_vote_count: Annotated[int | None, described("Number of TMDB votes.", 5415)]
    tmdb_vote_mean: Annotated[float | None, described("Mean of the TMDB votes, 0 to 10.", 7.7)]
