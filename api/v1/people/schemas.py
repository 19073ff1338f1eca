"""People, as /v1 answers them. Unknown is null; a return is revenue / budget."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with a credit, as lists show them."""

    person_id: Annotated[int, Meta(description="TMDB id; negative, made from the name, if TMDB gave none.")]
    person_name: Annotated[str | None, Meta(description="Name.", examples=["Clint Eastwood"])]
    gender: Annotated[str | None, Meta(description="female, male or non-binary.", examples=["male"])]
    profile_path: Annotated[str | None, Meta(description="TMDB's path of a portrait.", examples=["/wJosJW9.jpg"])]
    is_tmdb_person: Annotated[bool, Meta(description="Whether TMDB knows them by that id.")]
    cast_movie_count: Annotated[int, Meta(description="Films that they acted in.", examples=[55])]
    crew_movie_count: Annotated[
        int, Meta(description="Films on which they worked behind the camera, directing included.", examples=[35])
    ]
    directed_movie_count: Annotated[int, Meta(description="Films that they directed.", examples=[35])]


class PersonMovie(msgspec.Struct, frozen=True, kw_only=True):
    """A film of a person's filmography."""

    movie_id: Annotated[int, Meta(description="TMDB id of the film.", examples=[33])]
    imdb_id: Annotated[str | None, Meta(description="IMDb id.", examples=["tt0105695"])]
    title: Annotated[str | None, Meta(description="Title.", examples=["Unforgiven"])]
    release_date: Annotated[date, Meta(description="Date of release.", examples=[date(1992, 8, 7)])]
    release_year: Annotated[int, Meta(description="Year of release.", examples=[1992])]
    tmdb_vote_count: Annotated[int | None, Meta(description="How many TMDB users voted.", examples=[1133])]
    tmdb_vote_mean: Annotated[float | None, Meta(description="Mean of the TMDB votes, 0 to 10.", examples=[7.7])]
    return_ratio: Annotated[float | None, Meta(description="Revenue / budget.", examples=[11.3684])]


class ActedMovie(PersonMovie, frozen=True, kw_only=True):
    """A film that a person acted in."""

    character_names: Annotated[
        list[str],
        Meta(description="The roles, as TMDB writes them; empty if it names none.", examples=[["Bill Munny"]]),
    ]
    billing_order: Annotated[int | None, Meta(description="Best place in the billing, from 0.", examples=[0])]


class DirectedMovie(PersonMovie, frozen=True, kw_only=True):
    """A film that a person directed."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Something done behind the camera."""

    department: Annotated[str | None, Meta(description="Department.", examples=["Sound"])]
    job: Annotated[str | None, Meta(description="Job.", examples=["Original Music Composer"])]


class CrewMovie(PersonMovie, frozen=True, kw_only=True):
    """A film on which a person did something behind the camera other than direct."""

    jobs: Annotated[list[Job], Meta(description="What they did, in the order of the film's crew.")]


class Returns(msgspec.Struct, frozen=True, kw_only=True):
    """What a group of films returned."""

    movie_count: Annotated[int, Meta(description="Films that count.", examples=[33])]
    known_return_movie_count: Annotated[int, Meta(description="How many have a known return.", examples=[14])]
    total_return_ratio: Annotated[float, Meta(description="Sum of the known returns.", examples=[160.1128])]
    mean_return_ratio: Annotated[
        float | None,
        Meta(description="Total / films that count, unknown returns as 0; null without films.", examples=[4.8519]),
    ]
    known_mean_return_ratio: Annotated[
        float | None, Meta(description="Mean over the known returns; null without any.", examples=[11.4366])
    ]
    known_median_return_ratio: Annotated[
        float | None, Meta(description="Median of the known returns; null without any.", examples=[5.0687])
    ]
    pooled_return_ratio: Annotated[
        float | None,
        Meta(description="Sum of revenues / sum of budgets where both are known; null without any.", examples=[4.2488]),
    ]


class ActorReturns(Returns, frozen=True, kw_only=True):
    """What the films that a person acted in returned, under a policy for those that they also directed."""

    director_policy: Annotated[
        Literal["excluded", "included"],
        Meta(description="Whether films that they also directed count.", examples=["excluded"]),
    ]
    excluded_directed_movie_count: Annotated[
        int, Meta(description="Films left out because they directed them.", examples=[22])
    ]


class PersonReturns(msgspec.Struct, frozen=True, kw_only=True):
    """What a person's films returned."""

    as_actor: Annotated[
        list[ActorReturns], Meta(description="Under the policy `excluded`, then `included`; empty for who never acted.")
    ]
    as_director: Annotated[Returns | None, Meta(description="Null for who never directed.")]


class PersonDetail(Person, frozen=True, kw_only=True):
    """A person with the parts that were asked for."""

    acted: Annotated[list[ActedMovie] | UnsetType, Meta(description="Films that they acted in, the newest first.")] = (
        UNSET
    )
    directed: Annotated[
        list[DirectedMovie] | UnsetType, Meta(description="Films that they directed, the newest first.")
    ] = UNSET
    crew: Annotated[
        list[CrewMovie] | UnsetType,
        Meta(description="Films with another job of theirs behind the camera, the newest first."),
    ] = UNSET
    returns: Annotated[PersonReturns | UnsetType, Meta(description="What their films returned.")] = UNSET
