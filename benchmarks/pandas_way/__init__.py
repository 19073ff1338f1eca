"""The usual way: the whole transform in pandas with `ast.literal_eval`, written from the tables' contract.

It shares no code with the dbt project, so that it also is the second opinion that the tests hold dbt's tables against.
"""
