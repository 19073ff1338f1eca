"""The search index: built from a mart, stored in the warehouse, searched in memory by the API."""
