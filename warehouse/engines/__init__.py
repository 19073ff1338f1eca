"""Engines that compute the tables. DuckDB runs inside dbt and needs nothing here; this package runs dbt on Spark."""
