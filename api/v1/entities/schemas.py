"""What films list, as /v1 answers it. Unknown is null; money is US dollars of the day."""

from typing import Annotated

import msgspec
from msgspec import Meta

GenreId = Annotated[int, Meta(description="TMDB id; negative if TMDB gave none.", examples=[18])]
CompanyId = Annotated[int, Meta(description="TMDB id; negative if TMDB gave none.", examples=[3])]
CountryCode = Annotated[str, Meta(description="ISO 3166-1 alpha-2 code, upper case.", examples=["AR"])]
LanguageCode = Annotated[
    str, Meta(description="ISO 639-1 code, lower case; xx stands for no language.", examples=["es"])
]
CollectionId = Annotated[int, Meta(description="TMDB id; negative if TMDB gave none.", examples=[10194])]
KeywordId = Annotated[int, Meta(description="TMDB id; negative if TMDB gave none.", examples=[10051])]

MovieCount = Annotated[int, Meta(description="Films that list it.", examples=[20_234])]
KnownRevenueMovieCount = Annotated[int, Meta(description="How many of them have a known revenue.", examples=[3675])]
TotalRevenueUsd = Annotated[
    int | None,
    Meta(description="Sum of the known revenues; null when none is known.", examples=[160_803_769_337]),
]


class GenreTotals(msgspec.Struct, frozen=True, kw_only=True):
    """A genre, with the films and the money that it counts."""

    genre_id: GenreId
    genre_name: Annotated[str | None, Meta(description="Name, in English.", examples=["Drama"])]
    movie_count: MovieCount
    known_revenue_movie_count: KnownRevenueMovieCount
    total_revenue_usd: TotalRevenueUsd


class CompanyTotals(msgspec.Struct, frozen=True, kw_only=True):
    """A production company, with the films and the money that it counts."""

    company_id: CompanyId
    company_name: Annotated[
        str | None, Meta(description="Name that most of its films give it.", examples=["Pixar Animation Studios"])
    ]
    movie_count: MovieCount
    known_revenue_movie_count: KnownRevenueMovieCount
    total_revenue_usd: TotalRevenueUsd


class CountryTotals(msgspec.Struct, frozen=True, kw_only=True):
    """A production country, with the films and the money that it counts."""

    country_code: CountryCode
    country_name: Annotated[str | None, Meta(description="Name, in English.", examples=["Argentina"])]
    movie_count: MovieCount
    known_revenue_movie_count: KnownRevenueMovieCount
    total_revenue_usd: TotalRevenueUsd


class LanguageTotals(msgspec.Struct, frozen=True, kw_only=True):
    """A language, with the films made in it and their money, and the films that speak it."""

    language_code: LanguageCode
    language_name: Annotated[str | None, Meta(description="Name, in the language itself.", examples=["Español"])]
    movie_count: Annotated[int, Meta(description="Films whose original language it is.", examples=[992])]
    spoken_movie_count: Annotated[int, Meta(description="Films in which it is spoken.", examples=[2412])]
    known_revenue_movie_count: Annotated[
        int, Meta(description="How many of the films made in it have a known revenue.", examples=[95])
    ]
    total_revenue_usd: Annotated[
        int | None,
        Meta(description="Sum of the known revenues of the films made in it; null when none is known."),
    ]


class CollectionTotals(msgspec.Struct, frozen=True, kw_only=True):
    """A collection of films (a saga), with the films and the money that it counts."""

    collection_id: CollectionId
    collection_name: Annotated[str | None, Meta(description="Name.", examples=["Toy Story Collection"])]
    movie_count: MovieCount
    known_revenue_movie_count: KnownRevenueMovieCount
    total_revenue_usd: TotalRevenueUsd


class KeywordTotals(msgspec.Struct, frozen=True, kw_only=True):
    """A keyword, with the films and the money that it counts."""

    keyword_id: KeywordId
    keyword_name: Annotated[str | None, Meta(description="The keyword, in lower case English.", examples=["heist"])]
    movie_count: MovieCount
    known_revenue_movie_count: KnownRevenueMovieCount
    total_revenue_usd: TotalRevenueUsd
