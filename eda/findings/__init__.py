"""Sentences that sum up the charts. Each function takes the rows of the query, at least one, and the language."""
