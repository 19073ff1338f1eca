"""Responses about people. Unknown values are null; a return is revenue / budget."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.http.examples import described

DirectorPolicy = Literal["excluded", "included"]


class PersonName(msgspec.Struct, frozen=True, kw_only=True):
    person_id: Annotated[int, described("TMDB id; negative, derived from the name, if TMDB gave none.", 190)]
    person_name: Annotated[str | None, described("Name.", "Clint Eastwood")]


class Person(PersonName, frozen=True, kw_only=True):
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


class Job(msgspec.Struct, frozen=True, kw_only=True):
    department: Annotated[str | None, described("Department.", "Sound")]
    job: Annotated[str | None, described("Job.", "Original Music Composer")]


class CrewMovie(PersonMovie, frozen=True, kw_only=True):
    """A film on which a person had a job other than director."""

    jobs: Annotated[list[Job], Meta(description="The person's jobs, in the order of the film's crew.")]


class Returns(msgspec.Struct, frozen=True, kw_only=True):
    """The returns of a group of films."""

    movie_count: Annotated[int, described("Films that count.", 33)]
    known_return_movie_count: Annotated[int, described("Films with a known return.", 14)]
    total_return_ratio: Annotated[float, described("Sum of the known returns; 0 if none is known.", 160.1128)]
    mean_return_ratio: Annotated[float | None, described("Sum of the known returns / all films.", 4.8519)]
    known_mean_return_ratio: Annotated[float | None, described("Mean of the known returns, if any.", 11.4366)]
    known_median_return_ratio: Annotated[float | None, described("Median of the known returns, if any.", 5.0687)]
    pooled_return_ratio: Annotated[float | None, described("Revenues / budgets where both are known.", 4.2488)]


class ActorReturns(Returns, frozen=True, kw_only=True):
    """The returns of the films that a person acted in, under a policy for films that they also directed."""

    director_policy: Annotated[DirectorPolicy, described("Whether films also directed count.", "excluded")]
    excluded_directed_movie_count: Annotated[int, described("Films excluded because the person directed them.", 22)]


class PersonReturns(msgspec.Struct, frozen=True, kw_only=True):
    as_actor: Annotated[list[ActorReturns], Meta(description="By policy: excluded, included; empty without roles.")]
    as_director: Annotated[Returns | None, Meta(description="Null if the person never directed.")]


class PersonDetail(Person, frozen=True, kw_only=True):
    """A person with the parts of `include`."""

    acted: Annotated[list[ActedMovie] | UnsetType, Meta(description="Films acted in, newest first.")] = UNSET
    directed: Annotated[list[PersonMovie] | UnsetType, Meta(description="Films directed, newest first.")] = UNSET
    crew: Annotated[list[CrewMovie] | UnsetType, Meta(description="Films with another job, newest first.")] = UNSET
    returns: Annotated[PersonReturns | UnsetType, Meta(description="Returns of the person's films.")] = UNSET
