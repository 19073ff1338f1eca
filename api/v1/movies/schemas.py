"""Responses about films. Unknown values are null; money is in US dollars of the day."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from api.http.examples import described
from api.v1.recommended_movies import Recommendation


class Movie(msgspec.Struct, frozen=True, kw_only=True):
    """A film in a list."""

    movie_id: Annotated[int, described("TMDB id.", 862)]
    imdb_id: Annotated[str | None, described("IMDb id.", "tt0114709")]
    title: Annotated[str | None, described("Title, in English if TMDB has one.", "Toy Story")]
    original_title: Annotated[str | None, described("Title in the original language.", "Toy Story")]
    original_language_code: Annotated[str | None, described("ISO 639-1 code of the original language.", "en")]
    overview: Annotated[str | None, described("Summary of the plot.", "Woody lives happily in…")]
    tagline: Annotated[str | None, described("Slogan.", "Roll the dice")]
    homepage_url: Annotated[str | None, described("Official page.", "http://toystory.disney.com")]
    poster_path: Annotated[str | None, described("Path of the poster at TMDB.", "/rhIRbc.jpg")]
    status: Annotated[str | None, described("Release status.", "Released")]
    is_adult: Annotated[bool | None, described("Whether it is for adults only.", False)]
    is_video: Annotated[bool | None, described("Whether TMDB lists it as a video.", False)]
    release_date: Annotated[date, described("Release date.", date(1995, 10, 30))]
    release_year: Annotated[int, described("Release year.", 1995)]
    is_placeholder_date: Annotated[bool, described("Whether the date is 1 January: only the year is known.", False)]
    runtime_minutes: Annotated[float | None, described("Length in minutes.", 81.0)]
    budget_usd: Annotated[int | None, described("Budget in US dollars.", 30_000_000)]
    revenue_usd: Annotated[int | None, described("Revenue in US dollars.", 373_554_033)]
    profit_usd: Annotated[int | None, described("Revenue less budget, in US dollars.", 343_554_033)]
    return_ratio: Annotated[float | None, described("Revenue / budget.", 12.4518)]
    has_suspicious_budget: Annotated[bool, described("Whether the budget is below 1,000 USD.", False)]
    tmdb_popularity: Annotated[float | None, described("TMDB's measure of attention.", 21.95)]
    tmdb_vote_count: Annotated[int | None, described("Number of TMDB votes.", 5415)]
    tmdb_vote_mean: Annotated[float | None, described("Mean of the TMDB votes, 0 to 10.", 7.7)]
    genre_names: Annotated[list[str], described("Genres, in the film's order.", ["Animation", "Comedy", "Family"])]
    collection_id: Annotated[int | None, described("Id of the collection.", 10194)]
    collection_name: Annotated[str | None, described("Name of the collection.", "Toy Story Collection")]


class Genre(msgspec.Struct, frozen=True, kw_only=True):
    """A genre of a film."""

    genre_id: Annotated[int, described("TMDB id.", 16)]
    genre_name: Annotated[str | None, described("Name.", "Animation")]


class Keyword(msgspec.Struct, frozen=True, kw_only=True):
    """A keyword of a film."""

    keyword_id: Annotated[int, described("TMDB id.", 931)]
    keyword_name: Annotated[str | None, described("Keyword.", "jealousy")]


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """A production company of a film."""

    company_id: Annotated[int, described("TMDB id.", 3)]
    company_name: Annotated[str | None, described("Name.", "Pixar Animation Studios")]


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """A production country of a film."""

    country_code: Annotated[str, described("ISO 3166-1 code.", "US")]
    country_name: Annotated[str | None, described("Name.", "United States of America")]


class SpokenLanguage(msgspec.Struct, frozen=True, kw_only=True):
    """A language spoken in a film."""

    language_code: Annotated[str, described("ISO 639-1 code.", "en")]
    language_name: Annotated[str | None, described("Name, in the language itself.", "English")]


class CreditedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the cast or crew of a film."""

    person_id: Annotated[int | None, described("TMDB id; negative if TMDB gave none.", 31)]
    person_name: Annotated[str | None, described("Name.", "Tom Hanks")]


class CastCredit(CreditedPerson, frozen=True, kw_only=True):
    """A role in a film."""

    character_name: Annotated[str | None, described("The role.", "Woody (voice)")]
    billing_order: Annotated[int | None, described("Position in the billing, from 0.", 0)]


class CrewCredit(CreditedPerson, frozen=True, kw_only=True):
    """A job in the crew of a film."""

    department: Annotated[str | None, described("Department.", "Directing")]
    job: Annotated[str | None, described("Job.", "Director")]


class Credits(msgspec.Struct, frozen=True, kw_only=True):
    """The cast and crew of a film."""

    cast: Annotated[list[CastCredit], msgspec.Meta(description="The cast, in billing order.")]
    crew: Annotated[list[CrewCredit], msgspec.Meta(description="The crew, in the order of the film's list.")]


class Ratings(msgspec.Struct, frozen=True, kw_only=True):
    """The MovieLens ratings of a film."""

    movielens_rating_count: Annotated[int, described("Number of ratings.", 247)]
    movielens_rating_mean: Annotated[float, described("Mean of the stars, 0.5 to 5.", 3.87)]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """The ids of a film in other databases."""

    movielens_movie_id: Annotated[int, described("MovieLens id.", 1)]
    imdb_id: Annotated[str | None, described("IMDb id, according to MovieLens.", "tt0114709")]


class MovieDetail(Movie, frozen=True, kw_only=True):
    """A film with the parts of `include`."""

    genres: Annotated[list[Genre] | UnsetType, msgspec.Meta(description="Genres.")] = UNSET
    keywords: Annotated[list[Keyword] | UnsetType, msgspec.Meta(description="Keywords.")] = UNSET
    companies: Annotated[list[Company] | UnsetType, msgspec.Meta(description="Production companies.")] = UNSET
    countries: Annotated[list[Country] | UnsetType, msgspec.Meta(description="Production countries.")] = UNSET
    spoken_languages: Annotated[list[SpokenLanguage] | UnsetType, msgspec.Meta(description="Spoken languages.")] = UNSET
    credits: Annotated[Credits | UnsetType, msgspec.Meta(description="Cast and crew.")] = UNSET
    ratings: Annotated[Ratings | UnsetType | None, msgspec.Meta(description="MovieLens ratings, if any.")] = UNSET
    links: Annotated[list[Link] | UnsetType, msgspec.Meta(description="Ids in other databases.")] = UNSET
    recommendations: Annotated[
        list[Recommendation] | UnsetType, msgspec.Meta(description="The ten best recommendations.")
    ] = UNSET


class FacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a facet, and how many of the matching films have it."""

    value: Annotated[str, described("The value to filter by.", "18")]
    label: Annotated[str | None, described("The value as text for people.", "Drama")]
    movie_count: Annotated[int, described("Films with the value.", 20_265)]
    is_selected: Annotated[bool, described("Whether the request filters by the value.", False)]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """The values of a facet, by number of films; years and decades start with the latest."""

    facet: Annotated[str, described("The facet; its filter has the same name.", "genre")]
    values: Annotated[list[FacetValue], msgspec.Meta(description="The values.")]


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """The number of matching films by value. Each facet ignores its own filter."""

    facets: Annotated[list[Facet], msgspec.Meta(description="The requested facets, in that order.")]
