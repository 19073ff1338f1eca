"""Saved queries: the SQL of the API, to read and to run with own parameters."""
