"""Which functions a query may call: `functions.txt` lists them; here stands what is refused, and why.

Every scalar function, aggregate and macro of DuckDB is in exactly one of the two lists (a test sees to it), so a
new version of DuckDB brings no function in unseen. A name that is in neither does not exist.
"""

from difflib import get_close_matches
from pathlib import Path

ALLOWED = frozenset(Path(__file__).with_name("functions.txt").read_text("utf-8").split())

TABLE_FUNCTIONS = ("generate_series", "json_each", "json_tree", "range", "repeat", "unnest")
"""The table functions that make rows from their arguments; all others read files, settings or the catalog."""

_REFUSED = {
    "reads settings, variables or the environment": "current_setting getenv getvariable version",
    "reads secrets": "duckdb_secrets which_secret",
    "reads files": "glob parquet_scan read_blob read_csv read_json read_parquet read_text sniff_csv",
    "reads the catalog or the session": """
        col_description current_catalog current_connection_id current_database current_query current_query_id
        current_role current_schema current_schemas current_transaction_id current_user format_pg_type format_type
        get_block_size in_search_path map_to_pg_oid obj_description session_user shobj_description txid_current
        user""",
    "runs or reads text as SQL": """
        json_deserialize_sql json_execute_serialized_sql json_serialize_plan json_serialize_sql query query_table""",
    "waits": "sleep_ms",
    "changes the session": "currval nextval setseed write_log",
    "belongs to the engine's insides": """
        combine create_sort_key finalize get_type make_type normalized_interval parse_duckdb_log_message remap_struct
        replace_type stats timetz_byte_comparable unpivot_list variant_bytes_to_variant variant_normalize
        variant_to_parquet_variant vector_type""",
}
_REFUSED_PREFIXES = {
    "__internal_": "belongs to the engine's insides",
    "duckdb_": "reads the catalog or the session",
    "has_": "reads the catalog or the session",
    "icu_": "belongs to the engine's insides",
    "inet_": "reads the catalog or the session",
    "pg_": "reads the catalog or the session",
    "pragma_": "reads the catalog or the session",
    "read_": "reads files",
}
_WHY = {name: why for why, names in _REFUSED.items() for name in names.split()}


def refusal_of(name: str) -> str | None:
    """What the function does that no query may do; None if it is not refused."""
    by_prefix = (why for prefix, why in _REFUSED_PREFIXES.items() if name.startswith(prefix))
    return _WHY.get(name) or next(by_prefix, None)


def nearest(name: str, known: frozenset[str] | tuple[str, ...]) -> str:
    """A clause that names the known names nearest to a name; empty if none is near."""
    near = get_close_matches(name, sorted(known), n=3)
    return f"; the nearest: {', '.join(near)}" if near else ""
