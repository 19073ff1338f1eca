"""The whole transform in pandas, with `ast.literal_eval`: an oracle for dbt's tables, and a peer in the benchmarks.

It is written from the documentation of the tables and shares no code with the dbt project.
"""
