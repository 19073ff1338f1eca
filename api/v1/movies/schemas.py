"""Responses about films. Unknown values are null; money is in US dollars of the day."""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.http.examples import described
from api.lists.endpoint import ListEndpoint
from api.v1.entity_kinds import KINDS_BY_NAME, EntityKind
from api.v1.recommended_movies import Recommendation


class Movie(msgspec.Struct, frozen=True, kw_only=True):
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
    weighted_rating: Annotated[
        float | None, described("Mean of the TMDB votes and, because few votes say little, of prior votes.", 7.5)
    ]
    genre_names: Annotated[list[str], described("Genres, in the film's order.", ["Animation", "Comedy", "Family"])]
    collection_id: Annotated[int | None, described("Id of the collection.", 10194)]
    collection_name: Annotated[str | None, described("Name of the collection.", "Toy Story Collection")]


MOVIES = ListEndpoint(
    query="list_movies",
    item=Movie,
    key="movie_id",
    selects_keys_first=True,
    default_sort="-tmdb_vote_count",
    sorts=(
        "movie_id", "title", "release_date", "release_year", "runtime_minutes", "budget_usd", "revenue_usd",
        "profit_usd", "return_ratio", "tmdb_popularity", "tmdb_vote_count", "tmdb_vote_mean", "weighted_rating",
        "original_language_code",
    ),
    sort_columns={"title": "title_key"},
    surrogate_keys=frozenset({"entity_keys", "grouped_entity_keys", "excluded_entity_keys", "title_matches"}),
)  # fmt: skip


class CreditedPerson(msgspec.Struct, frozen=True, kw_only=True):
    person_id: Annotated[int | None, described("TMDB id; negative if TMDB gave none.", 31)]
    person_name: Annotated[str | None, described("Name.", "Tom Hanks")]


class CastCredit(CreditedPerson, frozen=True, kw_only=True):
    character_name: Annotated[str | None, described("The role.", "Woody (voice)")]
    billing_order: Annotated[int | None, described("Position in the billing, from 0.", 0)]


class CrewCredit(CreditedPerson, frozen=True, kw_only=True):
    department: Annotated[str | None, described("Department.", "Directing")]
    job: Annotated[str | None, described("Job.", "Director")]


class Credits(msgspec.Struct, frozen=True, kw_only=True):
    cast: Annotated[list[CastCredit], Meta(description="The cast, in billing order.")]
    crew: Annotated[list[CrewCredit], Meta(description="The crew, in the order of the film's list.")]


class Ratings(msgspec.Struct, frozen=True, kw_only=True):
    movielens_rating_count: Annotated[int, described("Number of ratings.", 247)]
    movielens_rating_mean: Annotated[float, described("Mean of the stars, 0.5 to 5.", 3.87)]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """The ids of a film in other databases."""

    movielens_movie_id: Annotated[int, described("MovieLens id.", 1)]
    imdb_id: Annotated[str | None, described("IMDb id, according to MovieLens.", "tt0114709")]


ENTITY_PARTS = {
    "genres": KINDS_BY_NAME["genre"],
    "keywords": KINDS_BY_NAME["keyword"],
    "companies": KINDS_BY_NAME["company"],
    "countries": KINDS_BY_NAME["country"],
    "spoken_languages": KINDS_BY_NAME["language"],
}
"""Parts of a film that are lists of entities, and their kinds."""


def _entities(part: str, kind: EntityKind) -> Any:
    item = msgspec.defstruct(kind.name.capitalize(), kind.fields, frozen=True, kw_only=True)
    return Annotated[list[item] | UnsetType, Meta(description=f"{part.replace('_', ' ').capitalize()}.")]  # type: ignore[valid-type]


_MovieEntities: Any = msgspec.defstruct(
    "MovieEntities",
    [(part, _entities(part, kind), UNSET) for part, kind in ENTITY_PARTS.items()],
    bases=(Movie,),
    frozen=True,
    kw_only=True,
)


class MovieDetail(_MovieEntities, frozen=True, kw_only=True):  # type: ignore[misc, call-arg]
    """A film with the parts of `include`."""

    credits: Annotated[Credits | UnsetType, Meta(description="Cast and crew.")] = UNSET
    ratings: Annotated[Ratings | UnsetType | None, Meta(description="MovieLens ratings, if any.")] = UNSET
    links: Annotated[list[Link] | UnsetType, Meta(description="Ids in other databases.")] = UNSET
    recommendations: Annotated[list[Recommendation] | UnsetType, Meta(description="The ten best.")] = UNSET


class FacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a facet, and how many of the matching films have it."""

    value: Annotated[str, described("The value to filter by.", "18")]
    label: Annotated[str | None, described("The value as text for people.", "Drama")]
    movie_count: Annotated[int, described("Films with the value.", 20_265)]
    is_selected: Annotated[bool, described("Whether the request filters by the value.", False)]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """The values of a facet, by number of films; years and decades start with the latest."""

    facet: Annotated[str, described("The facet; its filter has the same name.", "genre")]
    values: Annotated[list[FacetValue], Meta(description="The values.")]


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """The number of matching films by value. Each facet ignores its own filter."""

    facets: Annotated[list[Facet], Meta(description="The requested facets, in that order.")]
