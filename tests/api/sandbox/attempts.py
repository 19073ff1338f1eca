"""Queries that must fail: forbidden ones from forbidden_queries.toml, and queries that exceed a limit."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from api.sandbox.protocol import FailureReason


@dataclass(frozen=True, slots=True)
class Attempt:
    """A query that must fail, and the accepted reasons."""

    name: str
    query: str
    reasons: tuple[FailureReason, ...]


FORBIDDEN_ATTEMPTS = [
    Attempt(name, query, (FailureReason(group["reason"]),))
    for group in tomllib.loads(Path(__file__).with_name("forbidden_queries.toml").read_text("utf-8"))["groups"]
    for name, query in group["queries"].items()
]

_TIME = (FailureReason.TIME_LIMIT,)
_MEMORY = (FailureReason.MEMORY_LIMIT, FailureReason.TIME_LIMIT)
_UNPARSABLE = (FailureReason.SYNTAX, FailureReason.REFUSED, FailureReason.FAILED)

LIMIT_ATTEMPTS = [
    Attempt(
        "endless_recursion",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n",
        _TIME,
    ),
    Attempt("cross_joins", "select count(*) from range(10000) a, range(10000) b, range(10000) c", _TIME),
    Attempt("long_range", "select sum(sqrt(range)) from range(1000000000000)", _TIME),
    Attempt("huge_repeat", "select repeat('x', 2000000000)", _MEMORY),
    Attempt("nested_repeat", "select length(repeat(repeat('x', 1000000), 4000))", _MEMORY),
    Attempt("huge_padding", "select lpad('x', 2000000000, 'y')", _MEMORY),
    Attempt("huge_printf", "select printf('%2000000000d', 1)", _MEMORY),
    Attempt("list_bomb", "select range(1000000000)", _MEMORY),
    Attempt("list_of_lists", "select list_transform(range(1000000), lambda x: range(x))", _MEMORY),
    Attempt("list_sort", "select list_sort(range(20000000)).list_reverse()", _MEMORY),
    Attempt("sort_bomb", "select md5(range::varchar) as key from range(1000000000000) order by key", _MEMORY),
    Attempt("string_agg_bomb", "select string_agg(repeat('x', 1000), '') from range(100000000)", _MEMORY),
    Attempt("distinct_bomb", "select count(distinct range) from range(10000000000)", _MEMORY),
    Attempt("window_bomb", "select sum(range) over (order by -range) from range(10000000000)", _MEMORY),
    Attempt("deep_brackets", f"select {'[' * 3000}1{']' * 3000}", _UNPARSABLE),
    Attempt("deep_sum", f"select {'1+' * 4000}1", _UNPARSABLE),
    Attempt("deep_not", f"select {'not ' * 2000}true", _UNPARSABLE),
    Attempt("deep_subqueries", f"{'select (' * 800}select 1{')' * 800}", _UNPARSABLE),
    Attempt("deep_case", f"select {'case when true then ' * 400}1{' end' * 400}", _UNPARSABLE),
    Attempt("long_query", f"select '{'x' * 10_000}'", _UNPARSABLE),
    Attempt("huge_number", f"select {'9' * 9000}::hugeint", (FailureReason.FAILED, FailureReason.SYNTAX)),
    Attempt("error", "select error('Path: /etc')", (FailureReason.FAILED,)),
]
