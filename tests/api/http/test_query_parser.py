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


class RequiredParams(msgspec.Struct, frozen=True):
    q: Annotated[str, Meta(min_length=1, max_length=20)]


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


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("limit=5000", "`limit` must be a whole number between 1 and 1000; got 5000."),
        ("limit=x", "`limit` must be a whole number between 1 and 1000; got 'x'."),
        ("limit=", "`limit` must be a whole number between 1 and 1000; got ''."),
        ("limit=null", "`limit` must be a whole number between 1 and 1000; got 'null'."),
        ("limit=1&limit=2", "`limit` must be given only once."),
        ("q=", "`q` must be text of 1 to 20 characters; got ''."),
        ("q=" + "a" * 100, "`q` must be text of 1 to 20 characters; got 100 characters."),
        ("total=maybe", "`total` must be true or false; got 'maybe'."),
        ("sort=yaer", "`sort` must be one of title, -title, year; got 'yaer'. Did you mean `year`?"),
        ("sort=title.desc", "`sort` must be one of title, -title, year; got 'title.desc'. Did you mean `-title`?"),
        ("year_from=99999999999999999999", "`year_from` must be a whole number; got 99999999999999999999."),
        ("share_from=NaN", "`share_from` must be a number; got 'NaN'."),
        ("share_from=1e400", "`share_from` must be a number; got '1e400'."),
        ("day=2001-02-30", "`day` must be a date like 1994-12-31; got '2001-02-30'."),
        ("genre=a,b,c", "`genre` takes at most 2 values; got 3."),
        ("genre=a,", "`genre` must be text of 1 to 9 characters; got ''."),
        ("genre=", "`genre` must be one line of values separated by commas; got ''."),
        ("genre=a%0Ab", "`genre` must be one line of values separated by commas; got 'a\\nb'."),
        ("has=cast", "`has` must be one of budget, votes; got 'cast'."),
        ("genres=a", "Unknown parameter `genres`. Did you mean `genre`?"),
        ("search=a", "Unknown parameter `search`. Did you mean `q`?"),
        ("year.gte=1", "Unknown parameter `year.gte`. Did you mean `year_from`?"),
        ("%ff=1", "The query string must be URL-encoded UTF-8."),
        ("q=a%00", "The query string must not contain NUL characters."),
    ],
)
def test_invalid_query_names_parameter_value_and_what_is_accepted(query: str, detail: str) -> None:
    with pytest.raises(ProblemError) as raised:
        parse(query)
    assert raised.value.status_code == 422
    assert raised.value.detail.startswith(detail)


def test_accepted_values_are_an_extension_of_the_problem() -> None:
    with pytest.raises(ProblemError) as raised:
        parse("sort=x")
    assert list(raised.value.extensions["accepted_values"]) == ["title", "-title", "year"]  # type: ignore[call-overload]


def test_missing_parameter_is_named() -> None:
    with pytest.raises(ProblemError, match="`q` is required: text of 1 to 20 characters"):
        query_parser(RequiredParams).parse(b"")


def test_operation_without_parameters_refuses_any() -> None:
    assert query_parser(NoParameters).parse(b"") == NoParameters()
    with pytest.raises(ProblemError, match="This operation has no parameters"):
        query_parser(NoParameters).parse(b"a=1")


def test_lenient_parser_ignores_unknown_and_empty_parameters() -> None:
    params = query_parser(Params).parse(b"limit=&genre=&nonsense=1&q=a", is_lenient=True)
    assert (params.limit, params.q) == (None, "a")
