"""Films, as /v1 answers them. Unknown is null; money is US dollars of the day."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

MovieId = Annotated[int, Meta(description="TMDB id of the film.", examples=[862])]
Title = Annotated[str | None, Meta(description="Title, in English where TMDB has one.", examples=["Toy Story"])]


class Movie(msgspec.Struct, frozen=True, kw_only=True):
    """A film, as lists show it."""

    movie_id: MovieId
    imdb_id: Annotated[str | None, Meta(description="IMDb id.", examples=["tt0114709"])]
    title: Title
    original_title: Annotated[str | None, Meta(description="Title in the original language.", examples=["Toy Story"])]
    original_language_code: Annotated[
        str | None, Meta(description="ISO 639-1 code of the original language.", examples=["en"])
    ]
    overview: Annotated[str | None, Meta(description="What the film is about.", examples=["Woody lives happily in…"])]
    tagline: Annotated[str | None, Meta(description="Slogan.", examples=["Roll the dice"])]
    homepage_url: Annotated[str | None, Meta(description="Its own page.", examples=["http://toystory.disney.com"])]
    poster_path: Annotated[str | None, Meta(description="TMDB's path of its poster.", examples=["/rhIRbc.jpg"])]
    status: Annotated[str | None, Meta(description="Status of its release, as TMDB writes it.", examples=["Released"])]
    is_adult: Annotated[bool | None, Meta(description="Whether it is for adults only.")]
    is_video: Annotated[bool | None, Meta(description="Whether TMDB calls it a video rather than a film.")]
    release_date: Annotated[date, Meta(description="Date of release.", examples=[date(1995, 10, 30)])]
    release_year: Annotated[int, Meta(description="Year of release.", examples=[1995])]
    is_placeholder_date: Annotated[
        bool, Meta(description="Whether the date is 1 January, the way TMDB writes that only the year is known.")
    ]
    runtime_minutes: Annotated[float | None, Meta(description="Length in minutes.", examples=[81.0])]
    budget_usd: Annotated[int | None, Meta(description="Budget in US dollars.", examples=[30_000_000])]
    revenue_usd: Annotated[int | None, Meta(description="Revenue in US dollars.", examples=[373_554_033])]
    profit_usd: Annotated[int | None, Meta(description="Revenue less budget, in US dollars.", examples=[343_554_033])]
    return_ratio: Annotated[float | None, Meta(description="Revenue / budget.", examples=[12.4518])]
    has_suspicious_budget: Annotated[
        bool, Meta(description="Whether the budget is below 1,000 USD, typed in millions or as 1.")
    ]
    tmdb_popularity: Annotated[float | None, Meta(description="TMDB's measure of attention.", examples=[21.95])]
    tmdb_vote_count: Annotated[int | None, Meta(description="How many TMDB users voted.", examples=[5415])]
    tmdb_vote_mean: Annotated[float | None, Meta(description="Mean of the TMDB votes, 0 to 10.", examples=[7.7])]
    collection_id: Annotated[int | None, Meta(description="Id of its collection.", examples=[10194])]
    collection_name: Annotated[str | None, Meta(description="Collection.", examples=["Toy Story Collection"])]


class FacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value that films can be filtered by, and how many films it would leave."""

    value: Annotated[str, Meta(description="What to filter by.", examples=["18"])]
    label: Annotated[str | None, Meta(description="What to call it.", examples=["Drama"])]
    movie_count: Annotated[int, Meta(description="Films with it under the filters in force.", examples=[20_265])]
    is_selected: Annotated[bool, Meta(description="Whether the facet's own filter holds it already.")]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one facet, those with most films first."""

    facet: Annotated[str, Meta(description="The facet, named like its filter.", examples=["genre"])]
    values: list[FacetValue]


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """Counts by facet, under the filters in force."""

    facets: list[Facet]


class CreditedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a film's cast or crew."""

    person_id: Annotated[int | None, Meta(description="TMDB id; negative if TMDB gave none.", examples=[31])]
    person_name: Annotated[str | None, Meta(description="Name.", examples=["Tom Hanks"])]


class CastCredit(CreditedPerson, frozen=True, kw_only=True):
    """A role in a film."""

    character_name: Annotated[str | None, Meta(description="The role.", examples=["Woody (voice)"])]
    billing_order: Annotated[int | None, Meta(description="Place in the billing, from 0.", examples=[0])]


class CrewCredit(CreditedPerson, frozen=True, kw_only=True):
    """A job behind the camera."""

    department: Annotated[str | None, Meta(description="Department.", examples=["Directing"])]
    job: Annotated[str | None, Meta(description="Job.", examples=["Director"])]


class Credits(msgspec.Struct, frozen=True, kw_only=True):
    """Who made a film."""

    movie_id: MovieId
    cast: Annotated[list[CastCredit], Meta(description="The cast, in its order.")]
    crew: Annotated[list[CrewCredit], Meta(description="The crew, in its order.")]
