"""Responses about people. Unknown values are null; a return is revenue / budget."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.http.examples import described

DirectorPolicy = Literal["excluded", "included"]

ReturnSum = Annotated[float, described("Sum of the known returns; 0 if none is known.", 160.1128)]
ReturnMean = Annotated[float | None, described("Sum of the known returns / all films; null without films.", 4.8519)]
KnownReturnMean = Annotated[float | None, described("Mean of the known returns; null if none is known.", 11.4366)]
KnownReturnMedian = Annotated[float | None, described("Median of the known returns; null if none is known.", 5.0687)]
PooledReturn = Annotated[float | None, described("Revenues / budgets of all films with a known return.", 4.2488)]
CountedMovies = Annotated[int, described("Films that count.", 33)]
KnownReturnMovies = Annotated[int, described("Films with a known return.", 14)]
Policy = Annotated[DirectorPolicy, described("Whether films that the person also directed count.", "excluded")]
ExcludedMovies = Annotated[int, described("Films excluded because the person directed them.", 22)]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A credited person in a list."""

    person_id: Annotated[int, described("TMDB id; negative, derived from the name, if TMDB gave none.", 190)]
    person_name: Annotated[str | None, described("Name.", "Clint Eastwood")]
    gender: Annotated[str | None, described("female, male or non-binary.", "male")]
    profile_path: Annotated[str | None, described("Path of a portrait at TMDB.", "/wJosJW9.jpg")]
    is_tmdb_person: Annotated[bool, described("Whether the id is TMDB's.", True)]
    cast_movie_count: Annotated[int, described("Films acted in.", 55)]
    crew_movie_count: Annotated[int, described("Films worked on in the crew, directing included.", 35)]
    directed_movie_count: Annotated[int, described("Films directed.", 35)]


class PersonMovie(msgspec.Struct, frozen=True, kw_only=True):
    """A film in a filmography."""

    movie_id: Annotated[int, described("TMDB id of the film.", 33)]
    imdb_id: Annotated[str | None, described("IMDb id.", "tt0105695")]
    title: Annotated[str | None, described("Title.", "Unforgiven")]
    release_date: Annotated[date, described("Release date.", date(1992, 8, 7))]
    release_year: Annotated[int, described("Release year.", 1992)]
    tmdb_vote_count: Annotated[int | None, described("Number of TMDB votes.", 1133)]
    tmdb_vote_mean: Annotated[float | None, described("Mean of the TMDB votes, 0 to 10.", 7.7)]
    return_ratio: Annotated[float | None, described("Revenue / budget.", 11.3684)]


class ActedMovie(PersonMovie, frozen=True, kw_only=True):
    """A film that a person acted in."""

    character_names: Annotated[list[str], described("The roles; empty if unknown.", ["Bill Munny"])]
    billing_order: Annotated[int | None, described("Best position in the billing, from 0.", 0)]


class DirectedMovie(PersonMovie, frozen=True, kw_only=True):
    """A film that a person directed."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A job in the crew of a film."""

    department: Annotated[str | None, described("Department.", "Sound")]
    job: Annotated[str | None, described("Job.", "Original Music Composer")]


class CrewMovie(PersonMovie, frozen=True, kw_only=True):
    """A film on which a person had a job other than director."""

    jobs: Annotated[list[Job], Meta(description="The person's jobs, in the order of the film's crew.")]


class Returns(msgspec.Struct, frozen=True, kw_only=True):
    """The returns of a group of films."""

    movie_count: CountedMovies
    known_return_movie_count: KnownReturnMovies
    total_return_ratio: ReturnSum
    mean_return_ratio: ReturnMean
    known_mean_return_ratio: KnownReturnMean
    known_median_return_ratio: KnownReturnMedian
    pooled_return_ratio: PooledReturn


class ActorReturns(Returns, frozen=True, kw_only=True):
    """The returns of the films that a person acted in, under a policy for films that they also directed."""

    director_policy: Policy
    excluded_directed_movie_count: ExcludedMovies


class PersonReturns(msgspec.Struct, frozen=True, kw_only=True):
    """The returns of a person's films."""

    as_actor: Annotated[
        list[ActorReturns], Meta(description="Policy `excluded`, then `included`; empty without roles.")
    ]
    as_director: Annotated[Returns | None, Meta(description="Null if the person never directed.")]


class PersonDetail(Person, frozen=True, kw_only=True):
    """A person with the parts of `include`."""

    acted: Annotated[list[ActedMovie] | UnsetType, Meta(description="Films acted in, newest first.")] = UNSET
    directed: Annotated[list[DirectedMovie] | UnsetType, Meta(description="Films directed, newest first.")] = UNSET
    crew: Annotated[list[CrewMovie] | UnsetType, Meta(description="Films with another job, newest first.")] = UNSET
    returns: Annotated[PersonReturns | UnsetType, Meta(description="Returns of the person's films.")] = UNSET
