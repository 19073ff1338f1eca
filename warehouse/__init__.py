"""From raw files to one published DuckDB file, and the read-only door to it."""
