"""Access to the published DuckDB file: snapshots, query files, cursors and time limits."""
