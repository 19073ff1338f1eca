"""Builds, publishes and opens the warehouse: one DuckDB file made from raw CSVs by dbt."""
