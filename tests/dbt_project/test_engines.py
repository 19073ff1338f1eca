"""The models run on DuckDB and on Spark: what the engines write differently is in dispatched macros."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.settings import REPOSITORY_ROOT

PROJECT = REPOSITORY_ROOT / "dbt_project"
ENGINES = ("duckdb", "spark")
MACRO_FILES = {path: path.read_text("utf-8") for path in sorted((PROJECT / "macros").rglob("*.sql"))}
MACROS = {
    name: (path, parameters)
    for path, code in MACRO_FILES.items()
    for name, parameters in re.findall(r"{%-? macro (\w+)\((.*?)\)", code)
}
QUERIES = [*sorted((PROJECT / "models").rglob("*.sql")), *sorted((PROJECT / "tests" / "identities").glob("*.sql"))]

DISPATCHED = {name for code in MACRO_FILES.values() for name in re.findall(r"adapter\.dispatch\('(\w+)'\)", code)}
JINJA_FUNCTIONS = {"config", "ref", "source"}
PORTABLE_FUNCTIONS = set(
    re.findall(
        r"\w+",
        "abs array_distinct ascii avg cast coalesce corr count day exp floor greatest if least left length ln log10 "
        "log2 max max_by median min min_by month nullif percentile_cont pi pow rank regexp_replace replace right "
        "round row_number split sqrt stddev_samp sum upper year",
    )
)
"""Functions that give the same result on both engines."""
REPLACED_FUNCTIONS = {
    "arg_max": "max_by",
    "arg_min": "min_by",
    "array_agg": "ordered_list()",
    "array_to_string": "join_list()",
    "ends_with": "like",
    "first": "min_by, or row_number with qualify",
    "generate_subscripts": "unnest_entries()",
    "isfinite": "is_finite()",
    "isodow": "iso_weekday()",
    "len": "list_length()",
    "lgamma": "log_gamma()",
    "list": "ordered_list()",
    "list_filter": "list_without_nulls()",
    "lower": "lower_text()",
    "quantile_cont": "percentile_cont(…) within group (order by …)",
    "range": "unnest_range()",
    "skewness": "sample_skewness()",
    "string_split": "split",
    "strip_accents": "text_key()",
    "struct_pack": "struct_of()",
    "to_json": "record_as_json()",
    "trim": "trim_spaces()",
    "unicode": "ascii",
    "unnest": "unnest_list(), unnest_range() or unnest_entries()",
}
"""Functions of one engine, with the portable form: a function, or a macro (with parentheses) in macros/engines."""
REPLACED_SYNTAX = {
    r"\bvarchar\b": ("varchar", "string"),
    r"::": ("::", "cast"),
    r"//": ("//", "floor"),
    r"\[": ("[…]", "empty_list(), list_without_nulls() or ordered_list()"),
    r"\{": ("{…}", "struct_of()"),
    r'"': ("a quoted identifier", "the name without quotes, after a table: source.cast"),
    r"\bexclude \(": ("exclude", "columns_except()"),
    r"\bby name\b": ("by name", "the same columns in every select"),
    r"\b(group|order) by all\b": ("by all", "the names of the columns"),
    r"\brow_number\(\) over \(\)": ("row_number() over ()", "record_number(), or an order"),
    r"\blambda\b": ("lambda", "a macro with both forms"),
}


def find_unportable(code: str) -> Iterator[str]:
    """Yield a sentence for each construct that only one of the engines has."""
    code = re.sub(r"{#.*?#}|--[^\n]*", "", code, flags=re.S)
    for function in sorted(set(re.findall(r"(?<![.\w])(?<!\| )([a-z_]\w*)\(", code))):
        if function in REPLACED_FUNCTIONS:
            yield f"`{function}` is not portable: use {REPLACED_FUNCTIONS[function]}"
        elif function not in PORTABLE_FUNCTIONS | JINJA_FUNCTIONS | MACROS.keys():
            yield (
                f"`{function}` may not exist on both engines: if it gives the same result on both, add it to "
                "PORTABLE_FUNCTIONS in this test; otherwise write a macro with both forms in macros/engines"
            )
    if re.search(r"\btarget\.", code):
        yield "a query must not branch on `target`: write a macro with both forms in macros/engines"
    sql = re.sub(r"{%.*?%}|{{.*?}}", "", code, flags=re.S)
    for pattern, (construct, portable) in REPLACED_SYNTAX.items():
        if re.search(pattern, sql):
            yield f"`{construct}` is not portable: use {portable}"


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_uses_only_what_both_engines_have(path: Path) -> None:
    assert list(find_unportable(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("name", sorted(DISPATCHED))
def test_dispatched_macro_has_a_form_for_each_engine(name: str) -> None:
    path, parameters = MACROS[name]
    engines = ("default",) if f"default__{name}" in MACROS else ENGINES
    forms = {engine: MACROS.get(f"{engine}__{name}") for engine in engines}
    without_defaults = re.sub(r"=[^,]+", "", parameters)
    assert forms == dict.fromkeys(engines, (path, without_defaults)), f"put both forms of {name} into {path.name}"


def test_forms_of_one_engine_belong_to_a_dispatched_macro_or_override_dbt() -> None:
    forms = {name.partition("__")[2] for name in MACROS if name.startswith(("default__", "duckdb__", "spark__"))}
    overridden = {
        "create_table_as", "get_assert_columns_equivalent", "get_select_subquery", "get_table_columns_and_constraints",
        "load_csv_rows", "persist_constraints",
    }  # fmt: skip
    assert forms == DISPATCHED | overridden


@pytest.mark.parametrize(
    ("code", "portable"),
    [
        ("select len(names) from movies", "list_length()"),
        ("select cast(a as varchar) from b", "string"),
        ("select {{ ordered_list('first(name)', 'position') }} from b", "min_by"),
        ("select names[1] from b", "empty_list()"),
        ("select * exclude (a) from b", "columns_except()"),
        ("{% if target.type == 'spark' %} select a from b {% endif %}", "macro with both forms"),
        ("select damerau_levenshtein(a, c) from b", "PORTABLE_FUNCTIONS"),
    ],
)
def test_unportable_construct_is_reported_with_its_portable_form(code: str, portable: str) -> None:
    [problem] = find_unportable(code)
    assert portable in problem


def test_portable_query_has_no_problem() -> None:
    assert not list(find_unportable("select count(*), {{ list_length('names') }} from {{ ref('movies') }} -- len(x)"))
