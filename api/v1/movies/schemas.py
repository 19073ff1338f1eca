"""Films, as /v1 answers them. Unknown is null; money is US dollars of the day."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.v1.recommendations.schemas import Recommendation

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
    genre_names: Annotated[
        list[str], Meta(description="Its genres, in its own order.", examples=[["Animation", "Comedy", "Family"]])
    ]
    collection_id: Annotated[int | None, Meta(description="Id of its collection.", examples=[10194])]
    collection_name: Annotated[str | None, Meta(description="Collection.", examples=["Toy Story Collection"])]


class Genre(msgspec.Struct, frozen=True, kw_only=True):
    """A genre of a film."""

    genre_id: Annotated[int, Meta(description="TMDB id.", examples=[16])]
    genre_name: Annotated[str | None, Meta(description="Name.", examples=["Animation"])]


class Keyword(msgspec.Struct, frozen=True, kw_only=True):
    """A keyword of a film."""

    keyword_id: Annotated[int, Meta(description="TMDB id.", examples=[931])]
    keyword_name: Annotated[str | None, Meta(description="Keyword.", examples=["jealousy"])]


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """A production company of a film."""

    company_id: Annotated[int, Meta(description="TMDB id.", examples=[3])]
    company_name: Annotated[str | None, Meta(description="Name.", examples=["Pixar Animation Studios"])]


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """A production country of a film."""

    country_code: Annotated[str, Meta(description="ISO 3166-1 code.", examples=["US"])]
    country_name: Annotated[str | None, Meta(description="Name.", examples=["United States of America"])]


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """A language spoken in a film."""

    language_code: Annotated[str, Meta(description="ISO 639-1 code.", examples=["en"])]
    language_name: Annotated[str | None, Meta(description="Its name for itself.", examples=["English"])]


class CreditedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a film's cast or crew."""

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

    cast: Annotated[list[CastCredit], Meta(description="The cast, in its order.")]
    crew: Annotated[list[CrewCredit], Meta(description="The crew, in its order.")]


class Ratings(msgspec.Struct, frozen=True, kw_only=True):
    """What MovieLens users think of a film."""

    movielens_rating_count: Annotated[int, Meta(description="How many rated it.", examples=[247])]
    movielens_rating_mean: Annotated[float, Meta(description="Mean of their stars, 0.5 to 5.", examples=[3.87])]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """What another database calls a film."""

    movielens_movie_id: Annotated[int, Meta(description="MovieLens id.", examples=[1])]
    imdb_id: Annotated[str | None, Meta(description="IMDb id, according to MovieLens.", examples=["tt0114709"])]


class MovieDetail(Movie, frozen=True, kw_only=True):
    """A film with the parts that were asked for by `include`."""

    genres: Annotated[list[Genre] | UnsetType, Meta(description="Its genres.")] = UNSET
    keywords: Annotated[list[Keyword] | UnsetType, Meta(description="Its keywords.")] = UNSET
    companies: Annotated[list[Company] | UnsetType, Meta(description="Who produced it.")] = UNSET
    countries: Annotated[list[Country] | UnsetType, Meta(description="Where it was produced.")] = UNSET
    spoken_languages: Annotated[list[Language] | UnsetType, Meta(description="Languages spoken in it.")] = UNSET
    credits: Annotated[Credits | UnsetType, Meta(description="Who made it.")] = UNSET
    ratings: Annotated[
        Ratings | UnsetType | None, Meta(description="What MovieLens users think of it; null if none rated it.")
    ] = UNSET
    links: Annotated[list[Link] | UnsetType, Meta(description="What MovieLens calls it.")] = UNSET
    recommendations: Annotated[
        list[Recommendation] | UnsetType, Meta(description="The first ten films for whoever likes it.")
    ] = UNSET


class FacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value that films can be filtered by, and how many films it leaves."""

    value: Annotated[str, Meta(description="What to filter by.", examples=["18"])]
    label: Annotated[str | None, Meta(description="What to call it.", examples=["Drama"])]
    movie_count: Annotated[int, Meta(description="Films with it.", examples=[20_265])]
    is_selected: Annotated[bool, Meta(description="Whether the filter of this facet names it already.")]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one facet, those with most films first; years and decades from the latest on."""

    facet: Annotated[str, Meta(description="The facet, named like its filter.", examples=["genre"])]
    values: Annotated[list[FacetValue], Meta(description="Its values.")]


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """How many films each value leaves, under the filters in force but the facet's own."""

    facets: Annotated[list[Facet], Meta(description="The facets that were asked for, in that order.")]
