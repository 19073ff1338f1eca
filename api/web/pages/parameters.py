"""The query parameters of the pages."""

from typing import Annotated

import msgspec
from msgspec import Meta

from api.http.query_parser import NoParameters
from api.lists.schemas import list_params
from api.v1.movies.filters import MovieFilters
from api.v1.movies.schemas import MOVIES

Text = Annotated[str, Meta(max_length=200)]
Share = Annotated[float, Meta(ge=0, le=1)]
FilmId = Annotated[int, Meta(ge=1, le=2**31 - 1)]
FilmIds = Annotated[list[int], Meta(max_length=50)] | None


BrowsePageParams = list_params(MOVIES, MovieFilters, NoParameters)


class SearchPageParams(msgspec.Struct, frozen=True, kw_only=True):
    """The query of the search page."""

    q: Text = ""


class FilmPageParams(msgspec.Struct, frozen=True, kw_only=True):
    """How similar and how well known recommended films are."""

    diversity: Share = 0.0
    novelty: Share = 0.0


class ComparePageParams(msgspec.Struct, frozen=True, kw_only=True):
    """The films to compare, and a title to search for the second one."""

    a: FilmId
    b: FilmId | None = None
    find: Text = ""


class TastePageParams(FilmPageParams, frozen=True, kw_only=True):
    """A taste, and a title to search for more films."""

    like: FilmIds = None
    dislike: FilmIds = None
    q: Text = ""
    find: Text = ""
