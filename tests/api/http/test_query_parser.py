import re
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta

from api.http.parameters import filters_of, list_of, query_parameter, range_parameters
from api.http.problems import ProblemError
from api.http.query_parser import NoParameters, query_parser

Genres = list[Annotated[str, Meta(min_length=1, max_length=9)]]
Filters = filters_of(
    "Filters",
    {
        "genre": query_parameter(Genres, "Genres.", ["Drama"], max_length=2),
        **range_parameters("Films", {"year": (int, "year", 1994), "share": (float, "share", 0.5)}),
        "day": query_parameter(date, "A day.", date(1994, 12, 31)),
        "has": query_parameter(list_of(("budget", "votes")), "Facts.", ["budget"]),
    },
)


class Params(msgspec.Struct, frozen=True, kw_only=True):
    filters: Filters  # type: ignore[valid-type]
    limit: Annotated[int, Meta(ge=1, le=1000)] | None = None
    q: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    sort: Literal["title", "-title", "year"] = "title"
    total: bool = False


def parse(query: str) -> Any:
    return query_parser(Params).parse(query.encode())


def parse_filters(query: str) -> dict[str, object]:
    found = msgspec.structs.asdict(parse(query).filters)
    return {name: value for name, value in found.items() if value is not None}


def test_parameters_have_their_types() -> None:
    params = parse("limit=50&q=a%20b&sort=-title&total=true")
    assert (params.limit, params.q, params.sort, params.total) == (50, "a b", "-title", True)
    assert parse_filters("year_from=-1&share_to=1e-3&day=2001-02-03") == {
        "year_from": -1,
        "share_to": 0.001,
        "day": date(2001, 2, 3),
    }


def test_defaults_apply_to_an_empty_query() -> None:
    assert (parse("").sort, parse_filters("")) == ("title", {})
    assert query_parser(Params).defaults == parse("")


@pytest.mark.parametrize(
    ("query", "genres"),
    [
        ("genre=Drama", ["Drama"]),
        ("genre=Drama,War", ["Drama", "War"]),
        ("genre=Drama,%20War", ["Drama", "War"]),
        ("genre=Drama&genre=War", ["Drama", "War"]),
        ("genre=%22a,b%22,c", ["a,b", "c"]),
    ],
)
def test_list_is_split_at_commas_outside_of_quotes(query: str, genres: list[str]) -> None:
    assert parse_filters(query) == {"genre": genres}


def test_too_many_values_of_a_list_are_rejected() -> None:
    with pytest.raises(ProblemError, match=re.escape("`genre` takes at most 2 values; got 3.")):
        parse("genre=a,b,c")


def test_problem_lists_the_accepted_values() -> None:
    with pytest.raises(ProblemError, match="Did you mean `-title`") as raised:
        parse("sort=title.desc")
    assert list(raised.value.extensions["accepted_values"]) == ["title", "-title", "year"]  # type: ignore[call-overload]


def test_operation_without_parameters_refuses_any() -> None:
    assert query_parser(NoParameters).parse(b"") == NoParameters()
    with pytest.raises(ProblemError, match="This operation has no parameters"):
        query_parser(NoParameters).parse(b"a=1")


def test_lenient_parser_ignores_unknown_and_empty_parameters() -> None:
    params = query_parser(Params).parse(b"limit=&genre=&nonsense=1&q=a", is_lenient=True)
    assert (params.limit, params.q) == (None, "a")
