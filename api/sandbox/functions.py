"""The functions that a query can call: those in `functions.txt`. The others are rejected with a reason.

Every scalar function, aggregate and macro of DuckDB is in exactly one of the two lists (a test checks this), so a new
version of DuckDB cannot add a function unnoticed. A name in neither list does not exist.
"""

from difflib import get_close_matches
from pathlib import Path

ALLOWED_FUNCTIONS = frozenset(Path(__file__).with_name("functions.txt").read_text("utf-8").split())

TABLE_FUNCTIONS = ("generate_series", "json_each", "json_tree", "range", "repeat", "unnest")
"""The table functions that compute rows from their arguments; all others read files, settings or the catalog."""

_REJECTED = {
    "reads settings, variables or the environment": "current_setting getenv getvariable version",
    "reads secrets": "duckdb_secrets which_secret",
    "reads files": "glob parquet_scan read_blob read_csv read_json read_parquet read_text sniff_csv",
    "reads the catalog or the session": """
        col_description current_catalog current_connection_id current_database current_query current_query_id
        current_role current_schema current_schemas current_transaction_id current_user format_pg_type format_type
        get_block_size in_search_path map_to_pg_oid obj_description session_user shobj_description txid_current
        user""",
    "runs or parses text as SQL": """
        json_deserialize_sql json_execute_serialized_sql json_serialize_plan json_serialize_sql query query_table""",
    "waits": "sleep_ms",
    "changes the session": "currval nextval setseed write_log",
    "is internal to the engine": """
        combine create_sort_key finalize get_type make_type normalized_interval parse_duckdb_log_message remap_struct
        replace_type stats timetz_byte_comparable unpivot_list variant_bytes_to_variant variant_normalize
        variant_to_parquet_variant vector_type""",
}
_REJECTED_PREFIXES = {
    "__internal_": "is internal to the engine",
    "duckdb_": "reads the catalog or the session",
    "has_": "reads the catalog or the session",
    "icu_": "is internal to the engine",
    "inet_": "reads the catalog or the session",
    "pg_": "reads the catalog or the session",
    "pragma_": "reads the catalog or the session",
    "read_": "reads files",
}
_REASONS = {name: reason for reason, names in _REJECTED.items() for name in names.split()}


def rejection_reason(name: str) -> str | None:
    """Return what the function does that a query must not do, or None if it is not rejected."""
    by_prefix = (reason for prefix, reason in _REJECTED_PREFIXES.items() if name.startswith(prefix))
    return _REASONS.get(name) or next(by_prefix, None)


def similar_names(name: str, known: frozenset[str] | tuple[str, ...]) -> str:
    """Return a clause with the known names most similar to a name, or an empty string."""
    similar = get_close_matches(name, sorted(known), n=3)
    return f"; similar: {', '.join(similar)}" if similar else ""
