"""Engines that compute the tables. DuckDB runs inside dbt; this package runs dbt on Spark."""
